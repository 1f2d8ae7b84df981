package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource({
    "/dev/pts/0, true",
    "/dev/tty1, true",
    "/dev/ttyS0, true",
    "/dev/console, true",
    "/dev/null, false",
    "pipe:[4711], false",
    "/tmp/dev/pts/0, false",
    "/dev/pts/ptmx.txt, false",
  })
  void isDevice_fileOfADescriptor_isATerminalOrNot(String file, boolean isTerminal) {
    assertThat(Terminal.isDevice(file)).isEqualTo(isTerminal);
  }

  @ParameterizedTest
  @CsvSource({
    "4711 (java) S 1 4711 4000 34816 4711 4194304 9, true",
    "4711 (a) b (c) S 1 4711 4000 34816 4711 4194304 9, true",
    "4711 (java) S 1 4711 4000 34816 4000 4194304 9, false",
    "4711 (java) S 1 4711 4000 0 -1 4194304 9, false",
  })
  void isInForeground_statusOfAProcess_isThatOfItsGroup(String status, boolean isInForeground) {
    assertThat(Terminal.isInForeground(status)).isEqualTo(isInForeground);
  }
}
