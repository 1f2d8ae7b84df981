package io.baozi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CanteenTest {
  @Test
  void main_run_servesEveryOrderAndTheBurntOneAgain() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Canteen.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.lines())
          .containsExactlyInAnyOrder(
              "served order 1",
              "served order 2",
              "burnt order 3",
              "served order 3",
              "served order 4",
              "served order 5",
              "served order 6");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroy();
    }
  }
}
