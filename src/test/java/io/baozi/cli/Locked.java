package io.baozi.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A directory that nobody can write to, for a while. */
final class Locked {
  private Locked() {}

  /** Does something meanwhile; not as root, who can write to it whatever is said. */
  static <T> T during(Path path, Supplier<T> what) throws IOException {
    set(path, "r-xr-xr-x", "r--r--r--");
    try {
      assumeThat(Files.isWritable(path)).as("writable whatever is said, as for root").isFalse();
      return what.get();
    } finally {
      set(path, "rwxr-xr-x", "rw-r--r--");
    }
  }

  private static void set(Path path, String folders, String files) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.toList()) {
        Files.setPosixFilePermissions(
            each, PosixFilePermissions.fromString(Files.isDirectory(each) ? folders : files));
      }
    }
  }
}
