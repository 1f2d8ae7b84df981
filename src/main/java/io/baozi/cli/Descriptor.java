package io.baozi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What standard input is connected to, where Linux tells. */
final class Descriptor {
  private static final Path INPUT = Path.of("/proc/self/fd/0");
  private static final Path INFO = Path.of("/proc/self/fdinfo/0");
  private static final Path NULL = Path.of("/dev/null");

  private Descriptor() {}

  /** A path of the file that it is; none if it is no file, or was read from already. */
  static Optional<Path> file(InputStream in) {
    boolean isFile = in == System.in && Files.isRegularFile(INPUT) && Files.isReadable(INPUT);
    return isFile && isAtStart() ? Optional.of(INPUT) : Optional.empty();
  }

  private static boolean isAtStart() {
    try {
      return Files.readAllLines(INFO).stream().anyMatch(line -> line.matches("pos:\\s*0"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it is the device that is always at its end: nobody meant to send anything. */
  static boolean isNull(InputStream in) {
    try {
      return in == System.in && Files.isSameFile(INPUT, NULL);
    } catch (IOException e) {
      return false;
    }
  }
}
