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
 * @param connectTimeout until the connection stands, 1 ms to 24 days
 * @param waitFor how long a put waits for room and a take for a message unless the call says
 *     otherwise; {@link #FOREVER} for as long as the session lives
 * @param timeout how much longer than its own wait a call may take before it fails with {@code
 *     timeout}
 * @param maxInFlight requests sent and not answered, 1 to 65536; further ones wait in line, but for
 *     acknowledgements and their like, which wait for nothing and pass
 * @param maxWaiting calls in that line, 0 or more; one more fails with {@code busy}
 * @param grace how long the session outlives its connection, 0 to 365 days. With 0, none, a lost
 *     connection fails all that is open. Otherwise the client connects again within this time,
 *     resumes the session and sends again what was not answered, which is not done twice; calls
 *     made meanwhile wait in the line of {@code maxWaiting}
 * @param heartbeat after which either end breaks its own silence; twice as long without a byte and
 *     the connection is taken for lost. 100 ms to 365 days; 0 for none
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
    Duration grace,
    Duration heartbeat,
    ByteOrder byteOrder) {
  /** No limit to a wait but the session's end. */
  public static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

  /** The port of a server that is configured nowhere. */
  public static final int DEFAULT_PORT = 7654;

  /** The longest that the sockets can count, in milliseconds, rounded to days. */
  private static final Duration LONGEST_CONNECT = Duration.ofDays(24);

  /** The shortest heartbeat that a server takes. */
  private static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(100);

  private static final Duration YEAR = Duration.ofDays(365);

  public ClientOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(byteOrder, "byteOrder");
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    Objects.requireNonNull(waitFor, "waitFor");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(grace, "grace");
    Objects.requireNonNull(heartbeat, "heartbeat");
    Ranges.require("port", port, 1, 65535);
    Ranges.require("connectTimeout", connectTimeout, Duration.ofMillis(1), LONGEST_CONNECT);
    Ranges.requirePositive("timeout", timeout);
    Ranges.requireWait("waitFor", waitFor);
    Ranges.require("maxInFlight", maxInFlight, 1, 65536);
    Ranges.require("maxWaiting", maxWaiting, 0, Integer.MAX_VALUE);
    requireOrZero("grace", grace, Duration.ofMillis(1));
    requireOrZero("heartbeat", heartbeat, SHORTEST_HEARTBEAT);
  }

  private static void requireOrZero(String name, Duration duration, Duration least) {
    if (!duration.isZero()) {
      Ranges.require(name, duration, least, YEAR);
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
        Duration.ZERO,
        Duration.ZERO,
        ByteOrder.BIG_ENDIAN);
  }

  /** The same with another server. */
  public ClientOptions at(String host, int port) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The same with another wait. */
  public ClientOptions withWait(Duration waitFor) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The same with another timeout. */
  public ClientOptions withTimeout(Duration timeout) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The same with another bound to the requests in flight. */
  public ClientOptions withMaxInFlight(int maxInFlight) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The same with another bound to the calls that wait to be sent. */
  public ClientOptions withMaxWaiting(int maxWaiting) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The same with another grace. */
  public ClientOptions withGrace(Duration grace) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The same with another heartbeat. */
  public ClientOptions withHeartbeat(Duration heartbeat) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The same with another byte order. */
  public ClientOptions withByteOrder(ByteOrder byteOrder) {
    return new ClientOptions(
        host,
        port,
        connectTimeout,
        waitFor,
        timeout,
        maxInFlight,
        maxWaiting,
        grace,
        heartbeat,
        byteOrder);
  }

  /** The wait of a call that leaves it to these options, if it does. */
  Duration waitOr(Duration wait) {
    return wait == null ? waitFor : wait;
  }

  /** Milliseconds that the answer to a call of this wait may take. */
  long patience(Duration wait) {
    return wait.equals(FOREVER) ? Long.MAX_VALUE : wait.toMillis() + timeout.toMillis();
  }

  /** What a frame from the server may announce; ampler than any server sends by default. */
  FrameLimits frameLimits() {
    return new FrameLimits(FrameLimits.HEADER_CEILING, 1 << 30, byteOrder);
  }
}
