package io.baozi.frame;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ways to cut a stream. */
final class Cuts {
  private Cuts() {}

  static List<Buffer> inTwo(Buffer stream, int at) {
    return List.of(stream.slice(0, at), stream.slice(at, stream.length()));
  }

  static List<Buffer> byteByByte(Buffer stream) {
    List<Buffer> chunks = new ArrayList<>();
    for (int i = 0; i < stream.length(); i++) {
      chunks.add(stream.slice(i, i + 1));
    }
    return chunks;
  }

  static List<Buffer> atRandom(Buffer stream, Random random, int longest) {
    List<Buffer> chunks = new ArrayList<>();
    for (int start = 0; start < stream.length(); ) {
      int end = Math.min(stream.length(), start + random.nextInt(longest + 1));
      chunks.add(stream.slice(start, end));
      start = end;
    }
    return chunks;
  }
}
