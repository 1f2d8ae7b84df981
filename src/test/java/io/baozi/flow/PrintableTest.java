package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

final class PrintableTest {
  private static String of(String text) {
    return Printable.of(Buffer.buffer(text));
  }

  @Test
  void of_text_isItself() {
    assertThat(of("pork \u5305\u5b50 \ud83e\udd5f")).isEqualTo("pork \u5305\u5b50 \ud83e\udd5f");
    assertThat(of("")).isEmpty();
  }

  @Test
  void of_controlCharacters_areEscaped() {
    assertThat(of("a\nb\r\tc\u001b[31m\u0000\u007f\u202e\u2028"))
        .isEqualTo("a\\nb\\r\\tc\\u001b[31m\\u0000\\u007f\\u202e\\u2028");
  }

  @Test
  void of_bytesThatAreNotUtf8_areReplaced() {
    assertThat(Printable.of(Buffer.buffer(new byte[] {'a', (byte) 0xff, 'b'})))
        .isEqualTo("a\ufffdb");
  }

  @Test
  void of_longBodies_areCutWithTheirLength() {
    assertThat(of("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(of("x".repeat(201))).isEqualTo("x".repeat(200) + "... (201 bytes)");
    assertThat(of("x".repeat(100_000))).isEqualTo("x".repeat(200) + "... (100000 bytes)");
    assertThat(of("\ud83e\udd5f".repeat(200))).isEqualTo("\ud83e\udd5f".repeat(200));
  }
}
