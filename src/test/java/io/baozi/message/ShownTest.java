package io.baozi.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void value_ofEveryKind_isShort() {
    assertThat(Shown.value("x")).isEqualTo("\"x\"");
    assertThat(Shown.value(7L)).isEqualTo("7");
    assertThat(Shown.value(true)).isEqualTo("true");
    assertThat(Shown.value(new long[2])).isEqualTo("an array of 2 integers");
    assertThat(Shown.value(Json.of(Map.of("a", 1)))).isEqualTo("an object");
    assertThat(Shown.value(Json.of(List.of("a")))).isEqualTo("an array");
    assertThat(Shown.value(Json.of(1.5))).isEqualTo("1.5");
  }

  @Test
  void text_longerThan64CodePoints_isCutBetweenThem() {
    assertThat(Shown.text("🥟".repeat(64))).isEqualTo("🥟".repeat(64));
    assertThat(Shown.text("🥟".repeat(65))).isEqualTo("🥟".repeat(64) + "...");
  }

  @Test
  void text_thatCannotBePrinted_isReplaced() {
    assertThat(Shown.text("a\n\0\u007f\u009f\ud83eb"))
        .isEqualTo("a\ufffd\ufffd\ufffd\ufffd\ufffdb");
  }
}
