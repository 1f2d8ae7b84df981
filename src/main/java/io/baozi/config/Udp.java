package io.baozi.config;

/**
 * How the UDP server listens (each datagram goes back whole); {@code queue} is null where datagrams
 * are put into no queue.
 */
public record Udp(
    @Key(value = "true", doc = "Whether datagrams are received at all.") boolean enabled,
    @Key(value = "127.0.0.1", doc = "The address to listen on.") String host,
    @Key(
            value = "7654",
            min = "0",
            max = "65535",
            doc = "The UDP port to listen on; 0 is any free one.")
        int port,
    @Key(name = true, doc = "The queue that datagrams are also put into.") String queue) {

  /** Refuses what is out of range. */
  public Udp {
    Row.check(Udp.class, enabled, host, port, queue);
  }
}
