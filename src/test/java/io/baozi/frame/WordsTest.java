package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordsTest {
  private final Words words = new Words();

  private String word(String text) {
    byte[] utf8 = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
    return words.word(utf8, 1, utf8.length - 1);
  }

  @Test
  void word_readAgain_isTheSameObject() {
    String first = word("queue.put");
    assertThat(first).isEqualTo("queue.put");
    assertThat(word("queue.put")).isSameAs(first);
  }

  @Test
  void word_inThePlaceOfAnother_isItself() {
    for (int i = 0; i < 3; i++) {
      assertThat(word("Aa")).isEqualTo("Aa");
      assertThat(word("BB")).isEqualTo("BB");
    }
  }

  @Test
  void word_thatIsNotAscii_isItself() {
    for (String text :
        new String[] {"\u00e9", "\u00c3\u00a9", "b\u00e4ck", "\ud83e\udd5f", "c", ""}) {
      assertThat(word(text)).isEqualTo(text);
      assertThat(word(text)).isEqualTo(text);
    }
  }

  @Test
  void word_thatIsLong_isMadeAnew() {
    String text = "x".repeat(1000);
    String first = word(text);
    assertThat(first).isEqualTo(text);
    assertThat(word(text)).isEqualTo(text).isNotSameAs(first);
  }
}
