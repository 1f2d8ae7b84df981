package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNameTest {
  private static final String FACE = "\ud83e\udd5f";

  private static void refused(String name, String... said) {
    assertThatThrownBy(() -> new FileName(name))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("name ")
        .hasMessageContainingAll(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/b", "...", "a..b", ".a", "a.", "a/.../b", " ", "~", "%2F", "a:b", "*?"})
  void name_ofPlainSegments_isKept(String name) {
    assertThat(String.join("/", new FileName(name).segments())).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/..", "../a", "a/../b"})
  void name_withASegmentThatIsNotPlain_isRefused(String name) {
    refused(name, "segment");
  }

  @Test
  void name_withAControlCharacterOrBackslash_isRefusedAtItsPlace() {
    List<Integer> bad = new ArrayList<>(List.of((int) '\\', 0x7f));
    for (int c = 0; c < 0x20; c++) {
      bad.add(c);
    }
    for (int c = 0x80; c < 0xa0; c++) {
      bad.add(c);
    }
    for (int c : bad) {
      refused(FACE + "a" + (char) c + "b", "U+%04X".formatted(c), "character 2");
    }
  }

  @Test
  void name_withALoneSurrogate_isRefused() {
    for (String name : List.of("\ud83e", "\udd5f", "a\ud83eb", "\udd5f\ud83e", "a/\ud83e/b")) {
      refused(name, "surrogate");
    }
    assertThat(new FileName(FACE).segments()).containsExactly(FACE);
  }

  @Test
  void segment_isBoundedInBytes() {
    for (String unit : List.of("a", "\u00fc", "\u5305", FACE)) {
      int each = unit.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      String longest = unit.repeat(255 / each) + "x".repeat(255 % each);
      assertThat(new FileName(longest + "/" + longest).segments()).hasSize(2);
      refused(longest + "x", "256 bytes", "255");
      refused("a/" + longest + "x/b", "256 bytes", "255");
    }
  }

  @Test
  void name_isBoundedInBytes() {
    String longest = ("\u5305".repeat(85) + "/").repeat(4);
    assertThat(longest).hasSize(344);
    String whole = longest.substring(0, longest.length() - 1) + "";
    assertThat(new FileName(whole).segments()).hasSize(4);
    String parts = ("x".repeat(254) + "/").repeat(4);
    assertThat(new FileName(parts + "abcd").segments()).hasSize(5);
    refused(parts + "abcde", "1025 bytes", "1024");
  }

  @Test
  void key_isOfTheWholeName() {
    assertThat(new FileName("a").key())
        .isEqualTo("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    assertThat(new FileName("a/b").key()).isNotEqualTo(new FileName("a").key());
  }
}
