package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
  @ParameterizedTest
  @CsvSource({
    "TIME, 500ms, 500",
    "TIME, 30s, 30000",
    "TIME, 2m, 120000",
    "TIME, 1h, 3600000",
    "TIME, 7d, 604800000",
    "TIME, 42, 42",
    "TIME, -5ms, -5",
    "BYTES, 64KiB, 65536",
    "BYTES, 1MiB, 1048576",
    "BYTES, 2GiB, 2147483648",
    "BYTES, 0, 0",
    "BYTES, 99999999999GiB, 107374182398926258176",
    "COUNT, 12, 12"
  })
  void parse_amount_isInTheSmallestUnit(Scale scale, String text, String amount) {
    assertThat(scale.parse(text, true)).contains(new BigInteger(amount));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " 1s", "1 s", "1S", "s", "1.5s", "1e3", "0x1", "1w", "1KiBs", "--1", "1us", "\u0661s"
      })
  void parse_notAnAmount_isNone(String text) {
    assertThat(Scale.TIME.parse(text, true)).isEmpty();
    assertThat(Scale.BYTES.parse(text, true)).isEmpty();
    assertThat(Scale.COUNT.parse(text, true)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void parse_noUnitWhereOneIsNeeded_isNone(Scale scale) {
    assertThat(scale.parse("5", false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TIME, 0, 0",
    "TIME, 1500, 1500ms",
    "TIME, 60000, 1m",
    "TIME, 90000, 90s",
    "TIME, 86400000, 1d",
    "BYTES, 1000, 1000",
    "BYTES, 1536, 1536",
    "BYTES, 3072, 3KiB",
    "BYTES, 16777216, 16MiB",
    "COUNT, 60000, 60000"
  })
  void text_amount_isInTheLargestUnitThatHoldsItWhole(Scale scale, long amount, String text) {
    assertThat(scale.text(amount)).isEqualTo(text);
  }
}
