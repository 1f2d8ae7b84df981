package io.baozi.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/** What tests write, and what they do to where it is written. */
final class Entries {
  private Entries() {}

  static final Entry.Queue QUEUE = new Entry.Queue(1, "jobs", "{\"capacity\":9}", false);

  static Entry.Message message(long id, byte[] body) {
    return new Entry.Message(1, id, false, 0, 1000, 1000, -1, 0, null, body.length, id, body);
  }

  /** A body that no compression makes smaller, always the same for a number. */
  static byte[] body(long number, int length) {
    byte[] body = new byte[length];
    new Random(number).nextBytes(body);
    return body;
  }

  static String text(Entry.Message one) {
    byte[] headers = one.headers();
    return String.join(
        " ",
        one.dead() ? "dead" : "living",
        "priority " + one.priority(),
        "put " + one.putAt(),
        "ready " + one.readyAt(),
        "ttl " + one.ttl(),
        "attempt " + one.attempt(),
        "headers " + (headers == null ? "none" : new String(headers, StandardCharsets.UTF_8)),
        "length " + one.length(),
        "body " + one.body());
  }

  /** Turns all bits of one byte. */
  static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= (byte) 0xff;
    Files.write(file, bytes);
  }

  /** The one file of a directory that has this ending and something in it; the largest of them. */
  static Path largest(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }
}
