package io.baozi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open, as Linux tells it. */
public final class OpenFiles {
  private OpenFiles() {}

  /** Those in a folder and below it. */
  public static List<String> under(Path folder) throws IOException {
    String ours = folder.toRealPath().toString();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(OpenFiles::target).filter(target -> target.startsWith(ours)).toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // it was closed meanwhile
    }
  }
}
