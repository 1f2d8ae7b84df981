package io.baozi.bench;

import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.FrameParser;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a frame costs to read, beside Netty's decoder on the same bytes, and to write. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ParseBench {
  private static final double BAR = 1.3;
  private static final int WARM_UP_ROUNDS = 30;
  private static final int ROUNDS = 101;
  private static final int PASSES = 10;
  private static final int FRAMES = 10_000;
  private static final int CHUNK = 64 * 1024;
  private static final int BODY = 128;

  private final List<byte[]> chunks = new ArrayList<>();
  private final Header header = Header.of("op", "queue.put", "id", 123, "queue", "orders");
  private final Buffer body = Buffer.buffer(new byte[BODY]);
  private final FrameWriter writer = new FrameWriter(ByteOrder.BIG_ENDIAN);
  private final byte[] text =
      "{\"op\":\"queue.put\",\"id\":123,\"queue\":\"orders\",\"size\":128}"
          .getBytes(StandardCharsets.UTF_8);
  private final Count count = new Count();
  private final FrameParser parser = new FrameParser(FrameLimits.DEFAULT, count);
  private final NettyFrames netty = new NettyFrames(count::add);

  @Setup
  public void cutStream() {
    for (int i = 0; i < FRAMES; i++) {
      writer.add(header, body);
    }
    Buffer stream = writer.take();
    for (int start = 0; start < stream.length(); start += CHUNK) {
      chunks.add(stream.getBytes(start, Math.min(start + CHUNK, stream.length())));
    }
  }

  /** Ours: a frame, its header parsed and its body copied out of the chunk. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long baozi() {
    long before = count.bytes;
    for (byte[] chunk : chunks) {
      parser.handle(wrap(chunk));
    }
    return count.since(before);
  }

  /** Netty's: a frame, its header parsed likewise and its body a slice of the chunk. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long netty() throws Exception {
    long before = count.bytes;
    for (byte[] chunk : chunks) {
      netty.handle(Unpooled.wrappedBuffer(chunk));
    }
    return count.since(before);
  }

  /** The header's JSON alone. */
  @Benchmark
  public Header parseHeader() throws MalformedHeaderException {
    return Header.parse(text);
  }

  /** Writing a frame, a thousand to a buffer. */
  @Benchmark
  @OperationsPerInvocation(1_000)
  public Buffer write() {
    for (int i = 0; i < 1_000; i++) {
      writer.add(header, body);
    }
    return writer.take();
  }

  private static Buffer wrap(byte[] chunk) {
    ByteBuf bytes = Unpooled.wrappedBuffer(chunk);
    return BufferInternal.buffer(bytes);
  }

  /** The bytes of all bodies, so that nothing of the work can be left out. */
  private static final class Count implements FrameHandler {
    private long bytes;

    void add(Header header, long length) {
      bytes += length;
    }

    long since(long before) {
      if (bytes - before != (long) FRAMES * BODY) {
        throw new IllegalStateException("bodies of " + (bytes - before) + " bytes arrived");
      }
      return bytes;
    }

    @Override
    public void frame(Header header, Buffer body) {
      bytes += body.length();
    }

    @Override
    public void skipped(Header header) {
      throw new IllegalStateException("a body was skipped");
    }

    @Override
    public void fault(FrameFault fault) {
      throw new IllegalStateException(fault.message());
    }
  }

  /**
   * Takes turns with Netty's in one process, counts processor time, and exits with 1 if ours takes
   * more than 1.3 times what Netty's takes. (JMH's own main measures each of these methods alone.)
   */
  public static void main(String[] arguments) throws Exception {
    ParseBench bench = new ParseBench();
    bench.cutStream();
    double[] baozi = new double[ROUNDS];
    double[] netty = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double ours = nanosPerFrame(bench::baozi);
      double theirs = nanosPerFrame(bench::netty);
      if (round >= 0) {
        baozi[round] = ours;
        netty[round] = theirs;
        ratios[round] = ours / theirs;
      }
    }
    boolean met = median(ratios) <= BAR;
    System.out.printf(
        Locale.ROOT,
        "parse: %.2f times Netty's decoder, bar %.1f %s (%.0f against %.0f ns of processor a frame,"
            + " JSON included; %d B of header, %d B of body, chunks of %d KiB; median of %d rounds;"
            + " Java %s, %d cores)%n",
        median(ratios),
        BAR,
        met ? "met" : "MISSED",
        median(baozi),
        median(netty),
        bench.text.length,
        BODY,
        CHUNK / 1024,
        ROUNDS,
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    System.exit(met ? 0 : 1);
  }

  private static double nanosPerFrame(Callable<Long> pass) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < PASSES; i++) {
      pass.call();
    }
    return (threads.getCurrentThreadCpuTime() - start) / (double) (PASSES * FRAMES);
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
  }
}
