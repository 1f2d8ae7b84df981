package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.frame.Recorder.Event;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {
  private static final int MAX_HEADER = 1_000;
  private static final int MAX_MESSAGE = 256;

  /** Small, so that a stream with a body above it can be cut at every byte. */
  private static final FrameLimits SMALL =
      new FrameLimits(MAX_HEADER, MAX_MESSAGE, ByteOrder.BIG_ENDIAN);

  /** The parts of a stream, so that a test knows where each frame's header and body lie. */
  private static final class Stream {
    private final Buffer bytes = Buffer.buffer();
    private final List<int[]> frames = new ArrayList<>();

    Stream add(Header header, int bodyLength) {
      int start = bytes.length();
      byte[] body = new byte[bodyLength];
      new Random(start).nextBytes(body);
      Buffer frame = FrameWriter.frame(header, Buffer.buffer(body));
      bytes.appendBuffer(frame);
      frames.add(new int[] {start, bytes.length() - bodyLength, bytes.length()});
      return this;
    }
  }

  private static Stream mixed() {
    return new Stream()
        .add(Header.EMPTY, 0)
        .add(Header.of("op", "ping", "id", 1), 0)
        .add(Header.of("op", "echo", "id", 2), 1)
        .add(Header.of("op", "包子", "emoji", "🥟", "nested", Json.of(List.of("é", 1))), 5)
        .add(Header.of("n", 3), MAX_MESSAGE)
        .add(Header.of("n", 4), MAX_MESSAGE + 1)
        .add(Header.of("n", 5, "intake", "PIECES"), 2 * MAX_MESSAGE)
        .add(Header.of("n", 6, "intake", "SKIP"), 3)
        .add(Header.of("n", 7, "intake", "SKIP"), MAX_MESSAGE + 2)
        .add(Header.of("n", 8, "intake", "PIECES"), 1)
        .add(Header.of("n", 9, "pad", "x".repeat(300)), 4)
        .add(Header.of("op", "bye"), 0);
  }

  @Test
  void stream_inOneChunk_yieldsEveryFrameInOrder() {
    List<Event> events = Recorder.events(SMALL, List.of(mixed().bytes));

    assertThat(events)
        .extracting(Event::kind)
        .containsExactly(
            "frame", "frame", "frame", "frame", "frame", "skipped", "pieces", "skipped", "skipped",
            "pieces", "frame", "frame");
    assertThat(events)
        .extracting(event -> event.body().length())
        .containsExactly(0, 0, 1, 5, 256, 0, 512, 0, 0, 1, 4, 0);
    assertThat(events.get(3).header())
        .isEqualTo("{\"op\":\"包子\",\"emoji\":\"🥟\",\"nested\":[\"é\",1],\"size\":5}");
  }

  @Test
  void stream_cutAtAnyByte_yieldsTheSameEvents() {
    Buffer stream = mixed().bytes;
    List<Event> expected = Recorder.events(SMALL, List.of(stream));

    for (int cut = 0; cut <= stream.length(); cut++) {
      assertThat(Recorder.events(SMALL, Cuts.inTwo(stream, cut)))
          .as("cut at %d", cut)
          .isEqualTo(expected);
    }
  }

  @Test
  void stream_byteByByte_yieldsTheSameEvents() {
    Buffer stream = mixed().bytes;

    assertThat(Recorder.events(SMALL, Cuts.byteByByte(stream)))
        .isEqualTo(Recorder.events(SMALL, List.of(stream)));
  }

  @Test
  void stream_cutAtRandom_yieldsTheSameEvents() {
    Stream large = new Stream();
    for (int length : new int[] {0, 7, 65_535, 65_536, 65_537, 1, 1_048_576, 1_048_577, 300_000}) {
      large.add(Header.of("length", length, "pad", "x".repeat(length % 60_000)), length);
      large.add(Header.of("length", length, "intake", "PIECES"), length);
      large.add(Header.of("length", length, "intake", "SKIP"), length);
    }
    List<Event> expected = Recorder.events(FrameLimits.DEFAULT, List.of(large.bytes));
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int run = 0; run < 20; run++) {
      List<Buffer> chunks = Cuts.atRandom(large.bytes, random, 1 << random.nextInt(6, 20));
      assertThat(Recorder.events(FrameLimits.DEFAULT, chunks).equals(expected))
          .as("the same events, seed %d, run %d", seed, run)
          .isTrue();
    }
    assertThat(expected).hasSize(27).noneMatch(event -> event.kind().equals("fault"));
  }

  @Test
  void parser_atEachCut_knowsWhereTheStreamStands() {
    Stream stream = mixed();
    FrameParser parser = new FrameParser(SMALL, new Recorder());

    for (int at = 0; at < stream.bytes.length(); at++) {
      int[] frame = frameAt(stream, at);
      assertThat(parser.isBetweenFrames()).as("between at %d", at).isEqualTo(at == frame[0]);
      assertThat(parser.isInHeader())
          .as("header at %d", at)
          .isEqualTo(at > frame[0] && at < frame[1]);
      assertThat(parser.isInBody()).as("body at %d", at).isEqualTo(at >= frame[1]);
      parser.handle(stream.bytes.slice(at, at + 1));
    }
    assertThat(parser.isBetweenFrames()).isTrue();
    assertThat(parser.isFaulted()).isFalse();
  }

  private static int[] frameAt(Stream stream, int at) {
    return stream.frames.stream().filter(frame -> at < frame[2]).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        MAX_HEADER + 1,
        65_537,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_fffeL,
        0xffff_ffffL
      })
  void headerLength_outOfRange_isOneFaultInEitherByteOrder(long length) {
    Buffer big = Buffer.buffer().appendUnsignedInt(length);
    Buffer little = Buffer.buffer().appendUnsignedIntLE(length);
    FrameLimits littleLimits = new FrameLimits(MAX_HEADER, MAX_MESSAGE, ByteOrder.LITTLE_ENDIAN);

    assertFault(SMALL, big, String.valueOf(length), String.valueOf(MAX_HEADER), "maxHeader");
    assertFault(littleLimits, little, String.valueOf(length), String.valueOf(MAX_HEADER));
  }

  private static void assertFault(FrameLimits limits, Buffer bad, String... message) {
    Buffer good = FrameWriter.frame(Header.of("id", 1), Buffer.buffer("x"));
    if (limits.byteOrder() == ByteOrder.LITTLE_ENDIAN) {
      good = new FrameWriter(ByteOrder.LITTLE_ENDIAN).add(Header.of("id", 1), good).take();
    }
    Buffer stream = good.copy().appendBuffer(bad).appendBuffer(good);
    for (int cut = 0; cut <= stream.length(); cut++) {
      List<Event> events = Recorder.events(limits, Cuts.inTwo(stream, cut));
      assertThat(events).extracting(Event::kind).containsExactly("frame", "fault");
      assertThat(events.get(1).header()).contains(message);
    }
  }

  @Test
  void headerLength_littleEndian_isRead() {
    FrameLimits little = new FrameLimits(MAX_HEADER, MAX_MESSAGE, ByteOrder.LITTLE_ENDIAN);
    Buffer stream =
        new FrameWriter(ByteOrder.LITTLE_ENDIAN).add(Header.of("id", 1), Buffer.buffer("x")).take();

    assertThat(stream.getUnsignedIntLE(0)).isEqualTo(stream.length() - 5);
    assertThat(Recorder.events(little, List.of(stream)))
        .containsExactly(new Event("frame", "{\"id\":1,\"size\":1}", "x"));
  }

  @Test
  void header_ofTheShortestAndTheLongestLength_isRead() {
    Buffer stream =
        raw("{}").appendBuffer(raw("{}" + " ".repeat(MAX_HEADER - 2))).appendBuffer(raw("{}"));

    assertThat(Recorder.events(SMALL, List.of(stream)))
        .extracting(Event::kind)
        .containsOnly("frame")
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "17",
        "{\"a\":1,\"a\":2}",
        "{\"size\":-1}",
        "{\"size\":null}",
        "{} x",
        "{\"a\":}"
      })
  void header_malformed_faultsAndDropsTheRest(String json) {
    assertFault(SMALL, raw(json), json.equals("[]") ? "object" : "");
  }

  private static Buffer raw(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer().appendInt(utf8.length).appendBytes(utf8);
  }

  @Test
  void parser_afterAFault_saysSoAndStaysSilent() {
    Recorder recorder = new Recorder();
    FrameParser parser = new FrameParser(SMALL, recorder);
    parser.handle(Buffer.buffer().appendInt(1));

    for (Buffer chunk : Cuts.byteByByte(mixed().bytes)) {
      parser.handle(chunk);
    }
    assertThat(parser.isFaulted()).isTrue();
    assertThat(parser.isBetweenFrames() || parser.isInHeader() || parser.isInBody()).isFalse();
    assertThat(recorder.events()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "HEAD /",
        "POST /",
        "PUT /x",
        "DELETE /",
        "OPTIONS *",
        "PATCH /",
        "CONNECT a:1",
        "TRACE /",
        "PRI * HTTP/2.0"
      })
  void firstBytes_ofHttp_areRecognisedHoweverCut(String request) {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      FrameLimits limits = new FrameLimits(FrameLimits.HEADER_CEILING, 0, order);
      for (int cut = 0; cut <= request.length(); cut++) {
        assertThat(Recorder.events(limits, Cuts.inTwo(Buffer.buffer(request), cut)))
            .singleElement()
            .satisfies(event -> assertThat(event.header()).contains("HTTP"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1, 2, 3})
  void firstBytes_ofTls_areRecognised(byte version) {
    Buffer hello = Buffer.buffer(new byte[] {0x16, 3, version, 2, 0, 1, 0, 1, (byte) 0xfc});

    assertThat(Recorder.events(FrameLimits.DEFAULT, Cuts.byteByByte(hello)))
        .singleElement()
        .satisfies(event -> assertThat(event.header()).contains("TLS"));
  }

  @Test
  void foreignProtocol_behindAFrame_isABadLength() {
    Buffer stream = raw("{}").appendString("GET / HTTP/1.1\r\n");

    assertThat(Recorder.events(SMALL, List.of(stream)))
        .last()
        .satisfies(
            event -> assertThat(event.header()).contains("1195725856").doesNotContain("HTTP"));
  }

  @Test
  void body_keptByTheHandler_doesNotChangeWithTheChunk() {
    Buffer stream = raw("{\"size\":4}").appendString("good");
    List<Buffer> bodies = new ArrayList<>();
    new FrameParser(SMALL, new Bodies(bodies)).handle(stream);

    stream.setString(stream.length() - 4, "evil");
    assertThat(bodies).containsExactly(Buffer.buffer("good"));
  }

  @Test
  void emptyBody_changedByOneHandler_isStillEmptyForTheNext() {
    List<Buffer> bodies = new ArrayList<>();
    FrameParser parser = new FrameParser(SMALL, new Bodies(bodies));
    parser.handle(raw("{}"));
    bodies.get(0).appendString("mine");

    parser.handle(raw("{}"));
    assertThat(bodies.get(1).length()).isZero();
  }

  private record Bodies(List<Buffer> bodies) implements FrameHandler {
    @Override
    public void frame(Header header, Buffer body) {
      bodies.add(body);
    }

    @Override
    public void skipped(Header header) {}

    @Override
    public void fault(FrameFault fault) {}
  }

  @Test
  void handler_thatThrows_breaksTheFraming() {
    FrameParser parser =
        new FrameParser(
            SMALL,
            new Recorder(
                header -> {
                  throw new IllegalStateException("on purpose");
                }));

    assertThatThrownBy(() -> parser.handle(raw("{\"size\":4}").appendString("body")))
        .hasMessage("on purpose");
    assertThat(parser.isFaulted()).isTrue();
  }

  @Test
  void chunk_thatFillsTheReader_goesOnWhenThereIsRoom() {
    int[] room = {1};
    List<Buffer> bodies = new ArrayList<>();
    FrameParser parser =
        new FrameParser(SMALL, new Bodies(bodies), new Words(), () -> bodies.size() >= room[0]);
    Buffer stream = raw("{}").appendBuffer(raw("{\"size\":1}")).appendString("b");
    stream.appendBuffer(raw("{\"size\":1}")).appendString("c");
    parser.handle(stream.slice(0, 12));
    parser.handle(stream.slice(12, stream.length()));
    assertThat(bodies).hasSize(1);
    assertThat(parser.hasRest()).isTrue();
    parser.goOn();
    assertThat(bodies).hasSize(1);
    room[0] = 3;
    parser.goOn();
    assertThat(bodies).containsExactly(Buffer.buffer(), Buffer.buffer("b"), Buffer.buffer("c"));
    assertThat(parser.hasRest()).isFalse();
  }
}
