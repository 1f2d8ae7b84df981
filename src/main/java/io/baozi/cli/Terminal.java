package io.baozi.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The terminal that a process may have at its descriptors. */
final class Terminal {
  static final int IN = 0;
  static final int OUT = 1;
  static final int ERR = 2;

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path STATUS = Path.of("/proc/self/stat");
  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");

  private Terminal() {}

  /**
   * Whether a terminal is at a descriptor. Linux tells of each; elsewhere Java tells only whether
   * one is at both ends, and from Java 22 on not even that.
   */
  @SuppressWarnings("SystemConsoleNull") // Asked only where null has its old meaning.
  static boolean isAt(int descriptor) {
    try {
      return isDevice(Files.readSymbolicLink(DESCRIPTORS.resolve("" + descriptor)).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return !Files.isDirectory(DESCRIPTORS)
          && Runtime.version().feature() < 22
          && System.console() != null;
    }
  }

  /**
   * Whether this process is among those that a terminal's Ctrl-C reaches. Linux tells; elsewhere it
   * is taken to be so where standard input is a terminal.
   */
  static boolean isInForeground() {
    try {
      return isInForeground(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return isAt(IN);
    }
  }

  /**
   * Whether it is so by the status of the process, as proc(5) has it: the name in parentheses, then
   * state, parent, process group, session, terminal and the group in the terminal's foreground.
   */
  static boolean isInForeground(String status) {
    String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", 7);
    return fields[2].equals(fields[5]);
  }

  /** Whether a file is a terminal, by its name. */
  static boolean isDevice(String file) {
    return DEVICE.matcher(file).matches();
  }
}
