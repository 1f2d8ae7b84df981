package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpellingTest {
  private static final String[] UNITS = {
    "a", "%", "+", " ", "~", "\u00fc", "\u5305", "\ud83e\udd5f"
  };

  @Test
  void segment_anyAndHoweverLong_comesBack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      String segment = segment(random);
      List<String> entries = Spelling.entries(segment);
      assertThat(Spelling.segment(entries)).as("seed %d, %s", seed, segment).contains(segment);
      for (int at = 0; at < entries.size(); at++) {
        String entry = entries.get(at);
        assertThat(entry).matches("[ -~]{1,255}");
        assertThat(entry.endsWith(Spelling.GOES_ON)).isEqualTo(at < entries.size() - 1);
      }
    }
  }

  /** Of up to 255 bytes. */
  private static String segment(Random random) {
    StringBuilder segment = new StringBuilder();
    int bytes = 1 + random.nextInt(255);
    String unit = UNITS[random.nextInt(UNITS.length)];
    int left = bytes;
    while (left > 0) {
      unit = random.nextInt(4) == 0 ? UNITS[random.nextInt(UNITS.length)] : unit;
      String fitting = unit.getBytes(StandardCharsets.UTF_8).length > left ? "a" : unit;
      segment.append(fitting);
      left -= fitting.getBytes(StandardCharsets.UTF_8).length;
    }
    return segment.toString();
  }

  @Test
  void segment_ofPrintableAscii_isSpeltAsItIs() {
    assertThat(Spelling.entries("report 2026-11.csv")).containsExactly("report 2026-11.csv");
    assertThat(Spelling.entries("x".repeat(255))).containsExactly("x".repeat(255));
    assertThat(Spelling.entries("100%")).containsExactly("100%25");
    assertThat(Spelling.entries("\u00fc")).containsExactly("%C3%BC");
    assertThat(Spelling.entries("%".repeat(86)))
        .containsExactly("%25".repeat(84) + "%" + "%+", "25%25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%2",
        "%41",
        "%c3%bc",
        "%GG",
        "%C3",
        "%FF",
        "a%",
        "%ED%A0%80",
        "%25%+",
        "\u00fc",
        "%00",
        "%0A",
        "%7F",
        "%C2%85",
        "\\",
        ".",
        ".."
      })
  void entry_thatNoSegmentIsSpeltAs_isNone(String entry) {
    assertThat(Spelling.segment(List.of(entry))).isEmpty();
  }

  @Test
  void entries_thatNeedNotGoOn_areNone() {
    assertThat(Spelling.segment(List.of("a%+", "b"))).isEmpty();
    String part = "x".repeat(253);
    assertThat(Spelling.segment(List.of(part + "%+", "x"))).isEmpty();
    assertThat(Spelling.segment(List.of(part + "%+", "x".repeat(3)))).isEmpty();
    assertThat(Spelling.segment(List.of("x".repeat(255) + "x"))).isEmpty();
  }
}
