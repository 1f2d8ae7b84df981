package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

final class RareLogTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND / 2;
  private final RareLog log = new RareLog(new ListLogger(lines), () -> now);

  @Test
  void warn_manyTimesInASecond_saysItOnceAndThenHowOften() {
    log.warn("first", null);
    log.warn("second", null);
    now += SECOND - 1;
    log.warn("third", null);
    now++;
    log.warn("fourth", null);
    now += SECOND;
    log.warn("fifth", null);
    assertThat(lines)
        .containsExactly("first", "fourth (and 2 times since it was last said)", "fifth");
  }

  private record ListLogger(List<String> lines) implements System.Logger {
    @Override
    public String getName() {
      return "list";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
      lines.add(format);
    }
  }
}
