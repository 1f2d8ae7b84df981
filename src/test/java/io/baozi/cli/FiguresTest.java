package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures and tables as a person reads them. */
class FiguresTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "9999999, 9999999", "10000000, 10.0M", "1234567890, 1.2G"})
  void count_anySize_isShort(long count, String text) {
    assertThat(Units.count(count)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.1, 0.1", "12, 12", "99.9, 99.9", "100.4, 100"})
  void rate_small_hasATenth(double rate, String text) {
    assertThat(Units.rate(rate)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1023, 1023 B", "1024, 1.0 KiB", "1572864, 1.5 MiB"})
  void bytes_anySize_haveAUnit(long bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "999, 999ms",
    "1999, 1.9s",
    "59999, 59.9s",
    "60000, 1m00s",
    "3599999, 59m59s",
    "7500000, 2h05m",
    "90000000, 1d01h",
  })
  void age_anyLength_isInTheTwoLargestUnits(long millis, String text) {
    assertThat(Units.age(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1ms", "1500, 1500ms", "90000, 90s", "3600000, 1h", "604800000, 7d"})
  void duration_spelt_isReadAsTheSame(long millis, String text) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.spelt(duration)).isEqualTo(text);
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({"orders, 6", "包子, 4", "e\u0301, 1", "🥟, 2", "'', 0"})
  void width_anyScript_isThatInATerminal(String text, int cells) {
    assertThat(Width.of(text)).isEqualTo(cells);
  }

  @ParameterizedTest
  @CsvSource({"orders, 6, orders", "orders, 5, orde…", "包子店, 4, 包…", "包子店, 5, 包子…", "ab, 1, …"})
  void width_tooLong_isCutToFit(String text, int cells, String cut) {
    assertThat(Width.cut(text, cells)).isEqualTo(cut);
    assertThat(Width.of(Width.cut(text, cells))).isLessThanOrEqualTo(cells);
  }

  @Test
  void table_anyNames_isAligned() {
    Table table = Table.of(List.of("QUEUE", "READY"));
    table.add(List.of("包子", "7"));
    table.add(List.of("a-long-name", "123456"));
    assertThat(table.lines())
        .containsExactly("QUEUE         READY", "包子              7", "a-long-name  123456");
  }

  @Test
  void table_tooWide_losesLastColumnsThenCutsTheFirst() {
    Table table = Table.of(List.of("QUEUE", "READY", "DEAD"));
    table.add(List.of("a-very-long-name", "1", "2"));
    assertThat(table.lines(25))
        .containsExactly("QUEUE         READY  DEAD", "a-very-long…      1     2");
    assertThat(table.lines(20)).containsExactly("QUEUE          READY", "a-very-long-…      1");
    assertThat(table.lines(5)).containsExactly("QUEUE", "a-ve…");
  }

  @Test
  void screenSize_text_isReadIfItIsOne() {
    assertThat(ScreenSize.read("24 80")).contains(new ScreenSize(24, 80));
    assertThat(ScreenSize.read("0 0")).isEmpty();
    assertThat(ScreenSize.read("null 80")).isEmpty();
    assertThat(ScreenSize.now(Map.of("LINES", "9", "COLUMNS", "40")))
        .isEqualTo(new ScreenSize(9, 40));
    assertThat(ScreenSize.now(Map.of())).isEqualTo(new ScreenSize(24, 80));
  }

  @Test
  void confluence_linesOfAnyLength_arePassedOnWhole() throws IOException {
    String text = "a\n\n" + "b".repeat(70_000) + "\nend";
    var out = new ByteArrayOutputStream();
    new Confluence((bytes, length) -> out.write(bytes, 0, length))
        .lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text + "\n");
  }

  @Test
  void words_behindTwoDashes_areNotOurs() {
    assertThat(CommandWords.before("work", "q", "--", "--output", "json"))
        .containsExactly("work", "q");
    assertThat(CommandWords.behind(List.of("work", "--", "a", "--", "b")))
        .containsExactly("a", "--", "b");
    assertThat(Format.in("work", "q", "--", "x", "--output", "json")).isEqualTo(Format.TEXT);
  }
}
