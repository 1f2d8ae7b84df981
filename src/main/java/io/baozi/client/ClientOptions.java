package io.baozi.client;

import io.baozi.frame.FrameLimits;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link Client} reaches its server and how much it asks of it.
 *
 * @param host of the server
 * @param port of the server, 1 to 65535
 * @param connectTimeout until the connection stands
 * @param waitFor how long a put waits for room and a take for a message unless the call says
 *     otherwise; {@link #FOREVER} for as long as the session lives
 * @param timeout how much longer than its own wait a call may take before it fails with {@code
 *     timeout}
 * @param maxInFlight requests sent and not answered, 1 to 65536; further ones wait in line
 * @param maxWaiting calls in that line, 0 or more; one more fails with {@code busy}
 * @param byteOrder as the server has it
 */
public record ClientOptions(
    String host,
    int port,
    Duration connectTimeout,
    Duration waitFor,
    Duration timeout,
    int maxInFlight,
    int maxWaiting,
    ByteOrder byteOrder) {
  /** No limit to a wait but the session's end. */
  public static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

  /** The port of a server that is configured nowhere. */
  public static final int DEFAULT_PORT = 7654;

  public ClientOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(byteOrder, "byteOrder");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + ", allowed are 1 to 65535");
    }
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("timeout", timeout);
    if (waitFor.isNegative()) {
      throw new IllegalArgumentException("waitFor is " + waitFor + ", it cannot be negative");
    }
    if (maxInFlight < 1 || maxInFlight > 65536) {
      throw new IllegalArgumentException(
          "maxInFlight is " + maxInFlight + ", allowed are 1 to 65536");
    }
    if (maxWaiting < 0) {
      throw new IllegalArgumentException("maxWaiting is " + maxWaiting + ", allowed is 0 or more");
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " is " + duration + ", it must be positive");
    }
  }

  /** A server on this machine at the default port. */
  public static ClientOptions defaults() {
    return new ClientOptions(
        "127.0.0.1",
        DEFAULT_PORT,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        1024,
        65536,
        ByteOrder.BIG_ENDIAN);
  }

  /** The same with another server. */
  public ClientOptions at(String host, int port) {
    return new ClientOptions(
        host, port, connectTimeout, waitFor, timeout, maxInFlight, maxWaiting, byteOrder);
  }

  /** The same with another wait. */
  public ClientOptions withWait(Duration waitFor) {
    return new ClientOptions(
        host, port, connectTimeout, waitFor, timeout, maxInFlight, maxWaiting, byteOrder);
  }

  /** The same with another timeout. */
  public ClientOptions withTimeout(Duration timeout) {
    return new ClientOptions(
        host, port, connectTimeout, waitFor, timeout, maxInFlight, maxWaiting, byteOrder);
  }

  /** The same with another bound to the requests in flight. */
  public ClientOptions withMaxInFlight(int maxInFlight) {
    return new ClientOptions(
        host, port, connectTimeout, waitFor, timeout, maxInFlight, maxWaiting, byteOrder);
  }

  /** The same with another bound to the calls that wait to be sent. */
  public ClientOptions withMaxWaiting(int maxWaiting) {
    return new ClientOptions(
        host, port, connectTimeout, waitFor, timeout, maxInFlight, maxWaiting, byteOrder);
  }

  /** The same with another byte order. */
  public ClientOptions withByteOrder(ByteOrder byteOrder) {
    return new ClientOptions(
        host, port, connectTimeout, waitFor, timeout, maxInFlight, maxWaiting, byteOrder);
  }

  /** What a frame from the server may announce; ampler than any server sends by default. */
  FrameLimits frameLimits() {
    return new FrameLimits(FrameLimits.HEADER_CEILING, 1 << 30, byteOrder);
  }
}
