package io.baozi.net;

import io.baozi.frame.FrameLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a {@link TcpServer} listens and what it grants each connection.
 *
 * @param host address or name to bind to
 * @param port up to 65535; 0 for any that is free; below 0 likewise, but the same for all instances
 *     in one Vert.x that name the same number
 * @param limits of frames
 * @param maxConnections open at once, 1 or more; one more is told {@code busy} and closed
 * @param maxInFlight unanswered requests of a connection, 1 or more, past which it is not read
 * @param maxInFlightBytes bytes of their bodies, 1 or more, past which it is not read
 * @param memory bytes that bodies may take on their way in and answers on their way out, over all
 *     connections; past it a request of more than 1 KiB is told {@code busy}
 * @param headerTimeout from the first byte of a frame to the end of its header
 * @param bodyTimeout without a byte of a body that was announced
 * @param idleTimeout without a byte and without a request to answer; zero for no limit
 * @param writeTimeout without a byte taken by a peer that has answers to read
 */
public record TcpServerOptions(
    String host,
    int port,
    FrameLimits limits,
    int maxConnections,
    int maxInFlight,
    long maxInFlightBytes,
    long memory,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    Duration writeTimeout) {
  public TcpServerOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(limits, "limits");
    if (port > 65535) {
      throw new IllegalArgumentException("port is " + port + ", allowed are 65535 and less");
    }
    requirePositive("maxConnections", maxConnections);
    requirePositive("maxInFlight", maxInFlight);
    requirePositive("maxInFlightBytes", maxInFlightBytes);
    requirePositive("memory", memory);
    requirePositive("headerTimeout", headerTimeout.toNanos());
    requirePositive("bodyTimeout", bodyTimeout.toNanos());
    requirePositive("writeTimeout", writeTimeout.toNanos());
    if (idleTimeout.isNegative()) {
      throw new IllegalArgumentException("idleTimeout is " + idleTimeout + ", it is negative");
    }
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be positive");
    }
  }

  /** An address and the defaults of the configuration for everything else. */
  public static TcpServerOptions at(String host, int port) {
    return new TcpServerOptions(
        host,
        port,
        FrameLimits.DEFAULT,
        16_384,
        16_384,
        16L * 1024 * 1024,
        Runtime.getRuntime().maxMemory() / 4,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ZERO,
        Duration.ofSeconds(30));
  }

  /** The same on another port. */
  public TcpServerOptions withPort(int port) {
    return new TcpServerOptions(
        host,
        port,
        limits,
        maxConnections,
        maxInFlight,
        maxInFlightBytes,
        memory,
        headerTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout);
  }
}
