package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MillisTest {
  @ParameterizedTest
  @CsvSource({
    "0ms, 0",
    "500ms, 500",
    "1s, 1000",
    "2m, 120000",
    "1h, 3600000",
    "7d, 604800000",
    "9999999999d, 863999999913600000"
  })
  void text_withAUnit_isItsMilliseconds(String text, long millis) {
    assertThat(Millis.of(text)).hasValue(millis);
  }

  @Test
  void integer_isMilliseconds() {
    assertThat(Millis.of(5)).hasValue(5);
    assertThat(Millis.of(-5L)).hasValue(-5);
  }

  @Test
  void other_isNone() {
    Stream.of("", "5", "1 s", "s", "-1s", "1.5s", "1S", "10000000000d", 1.5, true)
        .forEach(other -> assertThat(Millis.of(other)).as("%s", other).isEmpty());
  }
}
