package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about the configuration is as good as the table that it is made from. */
class ReferenceTest {
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final String HEAD =
      """
      | key | type | range | default | what it is |
      |---|---|---|---|---|
      """;

  private static String line(Setting setting) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(setting.key(), setting.type(), setting.range(), code(setting), setting.doc());
  }

  private static String code(Setting setting) {
    boolean isWord = setting.defaultValue().matches("none|required");
    return isWord ? setting.defaultValue() : "`" + setting.defaultValue() + "`";
  }

  @Test
  void page_table_isWhatTheRecordsSay() throws IOException {
    String table =
        Config.describe().stream()
            .map(ReferenceTest::line)
            .collect(Collectors.joining("", HEAD, ""));
    assertThat(Files.readString(PAGE))
        .as("replace the table of settings in %s by this:%n%s", PAGE, table)
        .contains("\n\n" + table + "\n");
  }

  @Test
  void page_othersOfItsRows_areNone() throws IOException {
    assertThat(Files.readString(PAGE).lines().filter(line -> line.startsWith("| `")))
        .hasSameSizeAs(Config.describe());
  }
}
