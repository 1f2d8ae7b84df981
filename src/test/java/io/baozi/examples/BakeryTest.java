package io.baozi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BakeryTest {
  @Test
  void main_run_eatsAllThatWasBakedInOrderAndEnds() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Bakery.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.lines())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 10).mapToObj(n -> "ate baozi " + n).toList());
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroy();
    }
  }
}
