package io.baozi.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baozi.net.Served;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client that docs/protocol.md shows, in a language without an SDK. */
@Timeout(60)
final class PythonClientTest {
  private static final Path SCRIPT = Path.of("src/test/python/baozi_client.py");

  /** Runs the file as it is, but for the port, which on the page is the default. */
  private static final String RUN =
      """
      import runpy, socket, sys
      connect = socket.create_connection
      socket.create_connection = lambda address: connect((address[0], int(sys.argv[1])))
      runpy.run_path(sys.argv[2], run_name="__main__")
      """;

  @Test
  void script_server_putsTakesAndAcknowledges() throws Exception {
    assumeTrue(hasPython(), "python3 is not installed: its client was not run");
    try (Served served = Served.start(Transport.NIO, "")) {
      ProcessBuilder builder =
          new ProcessBuilder("python3", "-c", RUN, "" + served.port(), SCRIPT.toString())
              .redirectErrorStream(true);
      Process process = builder.start();
      try {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("two with pork" + System.lineSeparator());
      } finally {
        process.destroy();
      }
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
