package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What a peer announces costs no memory before it is there. */
class AllocationTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final long LITTLE = MEBIBYTE / 2;
  private static final FrameLimits WIDE =
      new FrameLimits(FrameLimits.HEADER_CEILING, 1 << 30, ByteOrder.BIG_ENDIAN);

  private final FrameParser parser = new FrameParser(WIDE, new Recorder());

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void feed(FrameParser parser, Buffer chunk, int times) {
    for (int i = 0; i < times; i++) {
      parser.handle(chunk);
    }
  }

  private static Buffer header(String json) {
    return Buffer.buffer().appendInt(json.length()).appendString(json);
  }

  @Test
  void longHeader_announced_allocatesLittle() {
    Buffer start = Buffer.buffer().appendInt(FrameLimits.HEADER_CEILING).appendString("{");

    assertThat(allocatedBy(() -> parser.handle(start))).isLessThan(LITTLE);
    assertThat(parser.isInHeader()).isTrue();
  }

  @Test
  void largeBody_announced_allocatesLittle() {
    Buffer start = header("{\"size\":" + (1 << 30) + "}").appendString("x");

    assertThat(allocatedBy(() -> parser.handle(start))).isLessThan(LITTLE);
    assertThat(parser.isInBody()).isTrue();
  }

  @Test
  void largeBody_arriving_allocatesWhatArrivedAndNoMoreThanItsLength() {
    int size = 5 * MEBIBYTE / 2;
    FrameParser parser = new FrameParser(WIDE, new Dropping(Intake.WHOLE));
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
    parser.handle(header("{\"size\":" + size + "}"));

    long first = allocatedBy(() -> parser.handle(chunk));
    long all = allocatedBy(() -> feed(parser, chunk, size / chunk.length() - 1));

    assertThat(first).isLessThan(LITTLE);
    assertThat(all).isBetween((long) size, 3L * size);
    assertThat(parser.isBetweenFrames()).isTrue();
  }

  @Test
  void hugeBody_skipped_allocatesLittle() {
    Buffer chunk = Buffer.buffer(new byte[MEBIBYTE]);
    parser.handle(header("{\"size\":9007199254740991}"));

    long allocated = allocatedBy(() -> feed(parser, chunk, 1_000));

    assertThat(allocated).isLessThan(LITTLE);
    assertThat(parser.isInBody()).isTrue();
  }

  @Test
  void hugeBody_inPieces_allocatesLittle() {
    FrameParser pieces = new FrameParser(WIDE, new Dropping(Intake.PIECES));
    Buffer chunk = Buffer.buffer(new byte[MEBIBYTE]);
    pieces.handle(header("{\"size\":9007199254740991}"));

    long allocated = allocatedBy(() -> feed(pieces, chunk, 1_000));

    assertThat(allocated).isLessThan(LITTLE);
  }

  private record Dropping(Intake intake) implements FrameHandler {
    @Override
    public Intake intake(Header header) {
      return intake;
    }

    @Override
    public void piece(Header header, Buffer piece, long left) {}

    @Override
    public void frame(Header header, Buffer body) {}

    @Override
    public void skipped(Header header) {}

    @Override
    public void fault(FrameFault fault) {
      throw new IllegalStateException(fault.message());
    }
  }

  @Test
  void names_inventedByAPeer_costNoMoreThanKnownOnes() {
    int frames = 10_000;
    Buffer stream = Buffer.buffer();
    for (int i = 0; i < frames; i++) {
      stream.appendBuffer(
          header("{\"op\":\"ping\",\"new" + i + "\":1,\"in\":{\"new" + i + "\":2}}"));
    }
    FrameParser dropping = new FrameParser(WIDE, new Dropping(Intake.PIECES));

    assertThat(allocatedBy(() -> dropping.handle(stream)) / frames).isLessThan(10_000);
    assertThat(dropping.isBetweenFrames()).isTrue();
  }
}
