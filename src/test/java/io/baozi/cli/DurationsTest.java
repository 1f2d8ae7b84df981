package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.client.ClientOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "500ms, PT0.5S",
    "0.5ms, PT0.0005S",
    "1.5s, PT1.5S",
    "2m, PT2M",
    "1h, PT1H",
    "365d, PT8760H"
  })
  void parse_duration_isRead(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @Test
  void parse_forever_isTheClients() {
    assertThat(Durations.parse("forever")).isSameAs(ClientOptions.FOREVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "-1s", "1S", "1.s", ".5s", "1e3s", "366d", "999999999d"})
  void parse_otherText_isRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("'" + text + "' is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.5ms", "1500ms", "90s", "2m", "1h", "7d", "forever"})
  void spelt_duration_isReadAgain(String text) {
    assertThat(Durations.spelt(Durations.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"PT0.25S, 250 ms", "PT1S, 1 s", "PT1.5S, 1.5 s", "PT10S, 10 s", "PT2M, 120 s"})
  void text_duration_isShort(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
  }
}
