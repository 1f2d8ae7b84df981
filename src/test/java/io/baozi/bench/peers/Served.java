package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A peer that runs, under the load of producers that connect anew for each run. */
final class Served implements Contender {
  private final Peer peer;
  private final int port;
  private final int producers;
  private final byte[] body;
  private final Closeable process;

  private Served(Peer peer, int port, int producers, byte[] body, Closeable process) {
    this.peer = peer;
    this.port = port;
    this.producers = producers;
    this.body = body;
    this.process = process;
  }

  /** Starts a peer. */
  static Served start(Peer peer, Path directory, int producers, byte[] body)
      throws IOException, InterruptedException {
    int port = Spawned.freePort();
    return new Served(peer, port, producers, body, peer.start(directory, port));
  }

  @Override
  public String name() {
    return peer.name();
  }

  @Override
  public Sample run(Duration time) throws IOException {
    try (Load load = Load.connect(peer, port, producers, body)) {
      return load.run(time);
    }
  }

  @Override
  public boolean isForced() throws IOException {
    return peer.reservation().isEmpty();
  }

  @Override
  public String remark() throws IOException {
    return isForced() ? peer.version() : peer.version() + ", NOT COMPARABLE: " + peer.reservation();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
