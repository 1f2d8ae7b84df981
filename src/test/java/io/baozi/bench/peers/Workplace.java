package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A fresh directory, which goes with all that is in it when it is closed. */
record Workplace(Path path) implements Closeable {
  /** Makes one. */
  static Workplace beneath(Path directory) throws IOException {
    return new Workplace(Files.createTempDirectory(Files.createDirectories(directory), "run-"));
  }

  /** A directory of this one, made now. */
  Path directory(String name) throws IOException {
    return Files.createDirectory(path.resolve(name));
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
