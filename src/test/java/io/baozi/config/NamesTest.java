package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {
  static Stream<String> names() {
    return Stream.of(
        "a", " ", "orders.eu/1", "\u5305\u5b50", "x".repeat(255), "\ud83e\udd5f".repeat(255));
  }

  static Stream<String> others() {
    return Stream.of(
        "", "x".repeat(256), "a\0", "a\n", "\u001f", "\u007f", "\u009f", "\ud83e", "\udd5f\ud83e");
  }

  @ParameterizedTest
  @MethodSource("names")
  void isName_name_isTrue(String text) {
    assertThat(Names.isName(text)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("others")
  void isName_other_isFalse(String text) {
    assertThat(Names.isName(text)).isFalse();
  }
}
