package io.baozi.bench.peers;

/**
 * How producers reach a peer.
 *
 * @param connections that they have
 * @param each producers that share one of them, each with one put in flight
 */
record Shape(int connections, int each) {
  /** What is behind the name of a peer that is reached like this. */
  String label() {
    return connections == 1 ? ", one connection" : "";
  }
}
