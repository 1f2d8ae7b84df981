package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
  private static final int RUNS = 2_000;

  private final FrameWriter writer = new FrameWriter(ByteOrder.BIG_ENDIAN);

  private String written(Header header, Buffer body) {
    Buffer frame = writer.add(header, body).take();
    assertThat(frame.getInt(0)).isEqualTo(frame.length() - Integer.BYTES - body.length());
    return frame.getString(Integer.BYTES, frame.length());
  }

  @Test
  void frame_withEveryKindOfValue_isWrittenInOrder() {
    Header header =
        Header.of(
            "s",
            "\"\\/\n\0é包🥟",
            "i",
            Long.MIN_VALUE,
            "j",
            10,
            "t",
            true,
            "f",
            false,
            "e",
            new long[0],
            "l",
            new long[] {0, -1, Long.MAX_VALUE},
            "o",
            Json.of(Map.of("a", 1.5)));

    assertThat(written(header, Buffer.buffer("body")))
        .isEqualTo(
            "{\"s\":\"\\\"\\\\/\\u000a\\u0000é包🥟\",\"i\":-9223372036854775808,\"j\":10,\"t\":true,"
                + "\"f\":false,\"e\":[],\"l\":[0,-1,9223372036854775807],\"o\":{\"a\":1.5},\"size\":4}"
                + "body");
  }

  @Test
  void frame_withoutKeys_isAnEmptyObject() {
    assertThat(written(Header.EMPTY, Buffer.buffer())).isEqualTo("{}");
    assertThat(written(Header.EMPTY, Buffer.buffer("x"))).isEqualTo("{\"size\":1}x");
  }

  @Test
  void size_ofAParsedHeader_isReplacedByTheBodys() throws Exception {
    Header header = Header.parse("{\"size\":70,\"a\":1}".getBytes(StandardCharsets.UTF_8));

    assertThat(written(header, Buffer.buffer("x"))).isEqualTo("{\"a\":1,\"size\":1}x");
  }

  @Test
  void writer_afterTake_holdsNothing() {
    Buffer first = writer.add(Header.of("n", 1), Buffer.buffer("x".repeat(2_000_000))).take();
    assertThat(writer.length()).isZero();
    Buffer second = writer.add(Header.of("n", 2), Buffer.buffer()).take();

    assertThat(first.length()).isGreaterThan(2_000_000);
    assertThat(second.getString(4, second.length())).isEqualTo("{\"n\":2}");
    assertThat(writer.take().length()).isZero();
  }

  @Test
  void frames_takenFromOneWriter_doNotShareBytes() {
    Buffer first = writer.add(Header.of("n", 1), Buffer.buffer("first")).take();
    writer.add(Header.of("n", 2), Buffer.buffer("other")).take();

    assertThat(first.getString(4, first.length())).isEqualTo("{\"n\":1,\"size\":5}first");
  }

  @Test
  void array_ofHeaders_keepsLoneSurrogates() {
    Json array = Json.array(Header.of("a", "\ud83e", "b", "🥟"), Header.EMPTY);

    assertThat(array).hasToString("[{\"a\":\"\\ud83e\",\"b\":\"🥟\"},{}]");
    assertThat(Json.array()).hasToString("[]");
  }

  @Test
  void headers_atRandom_areReadAsTheyWereWritten() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Header> headers = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      headers.add(header(random));
      lengths.add(random.nextInt(4) == 0 ? 0 : random.nextInt(300));
      writer.add(headers.get(i), Buffer.buffer(new byte[lengths.get(i)]));
    }

    List<Header> read = new ArrayList<>();
    FrameParser parser = new FrameParser(FrameLimits.DEFAULT, new Headers(read));
    Cuts.atRandom(writer.take(), random, 5_000).forEach(parser::handle);

    assertThat(read).as("seed %d", seed).hasSize(RUNS);
    for (int i = 0; i < RUNS; i++) {
      assertThat(read.get(i).size()).as("seed %d", seed).isEqualTo(lengths.get(i).longValue());
      HeaderInvariants.assertSame(headers.get(i), read.get(i));
    }
  }

  private record Headers(List<Header> read) implements FrameHandler {
    @Override
    public void frame(Header header, Buffer body) {
      assertThat(body.length()).isEqualTo((int) header.size());
      read.add(header);
    }

    @Override
    public void skipped(Header header) {
      throw new AssertionError("skipped " + header);
    }

    @Override
    public void fault(FrameFault fault) {
      throw new AssertionError(fault.message());
    }
  }

  private static Header header(Random random) {
    Set<String> keys = new HashSet<>(Set.of("size"));
    Header header = Header.EMPTY;
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 60 : 6); i > 0; i--) {
      String key = text(random);
      if (keys.add(key)) {
        header = header.with(key, value(random));
      }
    }
    return header;
  }

  private static Object value(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> random.nextBoolean();
      case 2 -> random.longs(random.nextInt(20)).toArray();
      case 3 -> Json.of(Map.of(text(random), text(random)));
      case 4 -> Json.of(List.of(text(random), 1, 1.5, List.of()));
      default -> text(random);
    };
  }

  /** All of Unicode, what must be escaped, and what is half of a character. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(50) == 0 ? 900 : 12); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(0x30));
        case 1 -> text.append((char) random.nextInt(0x800));
        case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        case 3 -> text.append((char) random.nextInt(0xd700, 0xe100));
        default -> text.append((char) random.nextInt(' ', 0x7f));
      }
    }
    return text.toString();
  }
}
