package io.baozi.cli;

import io.baozi.client.ClientOptions;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of commands that talk to a server over TCP. */
final class ConnectionOptions {
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

  @Option(
      names = "--host",
      order = 100,
      paramLabel = "HOST",
      description = "The server's host (default: BAOZI_SERVER_HOST, else 127.0.0.1).")
  private String host;

  @Option(
      names = "--port",
      order = 101,
      paramLabel = "PORT",
      description = "The server's TCP port (default: BAOZI_SERVER_PORT, else 7654).")
  private Integer port;

  @Option(
      names = "--byte-order",
      order = 102,
      paramLabel = "big|little",
      description = "The server's byte order (default: BAOZI_SERVER_BYTE_ORDER, else big).")
  private String byteOrder;

  @Option(
      names = "--timeout",
      order = 103,
      paramLabel = "TIME",
      description = "For the connection, and for an answer past its wait (default: 10s).")
  private Duration timeout = Duration.ofSeconds(10);

  /** The client's options; refuses what is wrong in them. */
  ClientOptions in(Map<String, String> environment) {
    Target target = Target.of(host, port, "SERVER", environment);
    Bounds.require("--timeout", timeout, Bounds.LEAST, LONGEST_TIMEOUT, "1ms to 1d");
    ClientOptions defaults = ClientOptions.defaults();
    return new ClientOptions(
        target.host(),
        target.port(),
        timeout,
        ClientOptions.FOREVER,
        timeout,
        defaults.maxInFlight(),
        defaults.maxWaiting(),
        defaults.grace(),
        defaults.heartbeat(),
        byteOrder == null
            ? new Variables(environment)
                .find("SERVER", "BYTE", "ORDER")
                .map(variable -> byteOrder(variable.name(), variable.value()))
                .orElse(ByteOrder.BIG_ENDIAN)
            : byteOrder("--byte-order", byteOrder));
  }

  private static ByteOrder byteOrder(String name, String word) {
    return switch (word) {
      case "big" -> ByteOrder.BIG_ENDIAN;
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      default -> throw Failure.usage(name + " is '" + word + "', allowed are big and little");
    };
  }
}
