package io.baozi.cli;

import java.util.Map;
import java.util.Optional;

/** How many lines and columns a terminal has. */
record ScreenSize(int lines, int columns) {
  /** Of a terminal that tells nothing. */
  private static final ScreenSize USUAL = new ScreenSize(24, 80);

  /** What stty says, else the environment, else the usual. */
  static ScreenSize now(Map<String, String> environment) {
    return Stty.run("size")
        .flatMap(ScreenSize::read)
        .or(() -> read(environment.get("LINES") + " " + environment.get("COLUMNS")))
        .orElse(USUAL);
  }

  /** Two numbers, if they are such; a terminal on a serial line says 0 for both. */
  static Optional<ScreenSize> read(String text) {
    if (!text.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
      return Optional.empty();
    }
    String[] numbers = text.split(" ", -1);
    return Optional.of(new ScreenSize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
  }
}
