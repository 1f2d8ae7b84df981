package io.baozi.net;

import java.util.Objects;

/**
 * Where a {@link UdpServer} listens, and whether it answers.
 *
 * @param host the name or address to bind; {@code 0.0.0.0} and {@code ::} take every address of the
 *     machine
 * @param port 0 to 65535; 0 takes any free port
 * @param echo whether each datagram goes back to its sender; without, the server only receives
 */
public record UdpOptions(String host, int port, boolean echo) {
  public UdpOptions {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is blank");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + ", not within 0 to 65535");
    }
  }

  /** An echo on {@code host} and {@code port}. */
  public UdpOptions(String host, int port) {
    this(host, port, true);
  }
}
