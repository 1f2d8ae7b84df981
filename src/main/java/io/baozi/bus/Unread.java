package io.baozi.bus;

/**
 * Bytes that have left the bridge and no peer has taken yet, over all connections. Event loop only.
 */
final class Unread {
  private final long limit;
  private long bytes;

  Unread(long limit) {
    this.limit = limit;
  }

  boolean hasRoom(long more) {
    return bytes + more <= limit;
  }

  void add(long more) {
    bytes += more;
  }

  void remove(long fewer) {
    bytes -= fewer;
  }
}
