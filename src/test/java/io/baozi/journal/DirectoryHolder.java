package io.baozi.journal;

import java.nio.file.Path;

/** A process that has a data directory until it is killed. */
final class DirectoryHolder {
  private DirectoryHolder() {}

  /** Takes the directory, says so with a plus, and waits for the end of its input. */
  public static void main(String[] args) throws Exception {
    try (DataDirectory directory = DataDirectory.open(Path.of(args[0]))) {
      System.out.print('+');
      System.out.flush();
      if (System.in.read() >= 0) {
        throw new IllegalStateException("nobody writes to the holder of " + directory.path());
      }
    }
  }
}
