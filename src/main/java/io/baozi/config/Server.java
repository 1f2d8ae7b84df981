package io.baozi.config;

import java.time.Duration;

/** How the TCP server listens, and what it grants a connection. Sizes are in bytes. */
public record Server(
    @Key(value = "127.0.0.1", doc = "The address to listen on.") String host,
    @Key(
            value = "7654",
            min = "0",
            max = "65535",
            doc = "The TCP port to listen on; 0 is any free one.")
        int port,
    @Key(value = "1", min = "1", max = "256", doc = "Event loops that carry connections.")
        int loops,
    @Key(
            value = "auto",
            doc = "What carries the bytes; auto is epoll where it can be loaded, else nio.")
        Transport transport,
    @Key(value = "big", doc = "The byte order of the header length before each frame.")
        ByteOrder byteOrder,
    @Key(
            value = "64KiB",
            min = "2",
            max = "16MiB",
            bytes = true,
            doc = "The longest header of a frame.")
        int maxHeader,
    @Key(
            value = "1MiB",
            min = "0",
            max = "1GiB",
            bytes = true,
            doc = "The largest body of a request that is not streamed.")
        long maxMessage,
    @Key(value = "16384", min = "1", max = "1000000", doc = "Connections at one time.")
        int maxConnections,
    @Key(
            value = "16384",
            min = "1",
            max = "1000000",
            doc = "Unanswered requests of one connection before it is no longer read.")
        int maxInFlight,
    @Key(
            value = "16MiB",
            min = "64KiB",
            bytes = true,
            doc =
                "Body bytes of unanswered requests of one connection before it is no longer read;"
                    + " at least maxMessage.")
        long maxInFlightBytes,
    @Key(
            value = "0",
            min = "0",
            bytes = true,
            doc =
                "Bytes that bodies, messages and waiters may take in the broker; 0 is half of the"
                    + " heap without its first 32 MiB, and an eighth of it at least.")
        long memory,
    @Key(
            value = "10s",
            min = "10ms",
            max = "365d",
            doc = "From the first byte of a frame to the end of its header.")
        Duration headerTimeout,
    @Key(value = "30s", min = "10ms", max = "365d", doc = "Without progress in a body.")
        Duration bodyTimeout,
    @Key(
            value = "0",
            min = "0",
            max = "365d",
            doc = "Without a byte in either direction; 0 is off.")
        Duration idleTimeout,
    @Key(
            value = "30s",
            min = "10ms",
            max = "365d",
            doc = "Without progress in writing to a peer that does not read.")
        Duration writeTimeout,
    @Key(
            value = "10s",
            min = "0",
            max = "1h",
            doc = "How long a stop waits for the requests in hand.")
        Duration drainTime) {

  /** Refuses what is out of range, and a connection that could never carry its largest message. */
  public Server {
    Row.check(
        Server.class,
        host,
        port,
        loops,
        transport,
        byteOrder,
        maxHeader,
        maxMessage,
        maxConnections,
        maxInFlight,
        maxInFlightBytes,
        memory,
        headerTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        drainTime);
    if (maxInFlightBytes < maxMessage) {
      throw new Refused(
          "maxInFlightBytes (%s) is below maxMessage (%s); allowed is maxMessage or more"
              .formatted(Scale.BYTES.text(maxInFlightBytes), Scale.BYTES.text(maxMessage)),
          "maxInFlightBytes",
          "maxMessage");
    }
  }
}
