package io.baozi.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baozi.net.Served;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client that docs/protocol.md shows, in a language without an SDK. */
@Timeout(60)
final class PythonClientTest {
  private static final Path SCRIPT = Path.of("src/test/python/baozi_client.py");

  @Test
  void script_server_putsTakesAndAcknowledges() throws Exception {
    assumeTrue(hasPython(), "python3 is not installed: its client was not run");
    try (Served served = Served.start(Transport.NIO, "")) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  "python3", SCRIPT.toString(), "127.0.0.1", "" + served.port(), "steamer")
              .redirectErrorStream(true);
      builder.environment().put("PYTHONIOENCODING", "utf-8");
      Process process = builder.start();
      try {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
            .containsExactly(
                "put: {'id': 1, 'ok': True, 'msg': 1, 'durable': 'memory'}",
                "took: 包子",
                "acked: 1");
      } finally {
        process.destroy();
      }
    }
  }

  @Test
  void script_length_isWhatOnePageShows() throws IOException {
    assertThat(Files.readAllLines(SCRIPT)).hasSizeLessThanOrEqualTo(30);
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
