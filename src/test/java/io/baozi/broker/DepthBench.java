package io.baozi.broker;

import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.bus.Arrival;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What an operation on a queue costs beside a thousand others and beside a million: messages ready,
 * reserved, delayed, other queues, consumers that wait. Every cycle leaves as much as it found, and
 * is what a turn of the broker does for it, answers included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DepthBench {
  /** So many times what it costs beside the fewest may it cost beside the most. */
  private static final double BAR = 3;

  private static final Buffer BODY = Buffer.buffer(new byte[128]);
  private static final long FAR = 3_600_000;

  /** How many others there are. */
  @Param({"1000", "10000", "100000", "1000000"})
  int n;

  private Broker broker;
  private long index;
  private long now = 1_000_000;
  private int next;
  private long lastMsg;
  private String[] names;

  /** Prints each cost and what it is of that beside the fewest; exits with 1 if one grows. */
  public static void main(String[] args) throws RunnerException {
    Growth.measure(DepthBench.class, BAR);
  }

  /** An empty broker with two connections. */
  @Setup(Level.Trial)
  public void open() {
    Settings s = Settings.DEFAULT;
    Settings deep = new Settings(s.order(), 4_000_000, 0, true, FAR, 0, 0, 0, null, s.dedup());
    Settings priority =
        new Settings(Order.PRIORITY, 4_000_000, 0, true, FAR, 0, 0, 0, null, s.dedup());
    broker =
        new Broker(
            new BrokerSettings(
                "bench",
                FrameLimits.DEFAULT,
                16,
                Long.MAX_VALUE,
                deep,
                Map.of("priority", priority)),
            now);
    apply(new Arrival.Opened("a", "a"));
    apply(new Arrival.Opened("b", "b"));
  }

  private void apply(Arrival arrival) {
    broker.apply(++index, now, List.of(arrival));
  }

  private Reply call(String connection, String op, Buffer body, Object... arguments) {
    Header header = Header.of("op", op).with(arguments);
    Request request = new Request(1, op, header, body);
    Turn turn =
        broker.apply(++index, now, List.of(new Arrival.Requests(connection, List.of(request))));
    List<Turn.Addressed> departures = turn.departures();
    return departures.isEmpty() ? null : departures.get(0).departure().replies().get(0);
  }

  private void put(String queue, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "queue";
    arguments[1] = queue;
    System.arraycopy(more, 0, arguments, 2, more.length);
    Reply reply = call("a", "queue.put", BODY, arguments);
    lastMsg = (Long) reply.header().get("msg");
  }

  private Reply cycle(String queue, Object... more) {
    put(queue, more);
    Reply taken = call("a", "queue.take", Buffer.buffer(), "queue", queue);
    call("a", "queue.ack", Buffer.buffer(), "queue", queue, "msgs", new long[] {first(taken)});
    return taken;
  }

  /** The id of the first message taken, out of the text of its entry. */
  private static long first(Reply taken) {
    String msgs = taken.header().get("msgs").toString();
    return Long.parseLong(msgs.substring(8, msgs.indexOf(',', 8)));
  }

  private void fill(String queue, Object... more) {
    while (next < n) {
      put(queue, more);
      next++;
    }
  }

  /** Put, take and acknowledge, n ready. */
  @Benchmark
  public Reply ready() {
    fill("q");
    return cycle("q");
  }

  /** Put, take and acknowledge, n ready in an order by priority. */
  @Benchmark
  public Reply readyByPriority() {
    while (next < n) {
      put("priority", "priority", Math.floorMod(next++ * 7919L, 1000));
    }
    return cycle("priority", "priority", Math.floorMod(next++ * 7919L, 1000));
  }

  /** Take and give back, n ready: the message finds its old place. */
  @Benchmark
  public Reply returned() {
    fill("q");
    Reply taken = call("a", "queue.take", Buffer.buffer(), "queue", "q");
    return call(
        "a", "queue.nack", Buffer.buffer(), "queue", "q", "msgs", new long[] {first(taken)});
  }

  /** Put, take and acknowledge the message before the last, n reserved. */
  @Benchmark
  public Reply reserved() {
    while (next < n) {
      put("q");
      call("a", "queue.take", Buffer.buffer(), "queue", "q");
      next++;
    }
    long before = lastMsg;
    put("q");
    call("a", "queue.take", Buffer.buffer(), "queue", "q");
    return call("a", "queue.ack", Buffer.buffer(), "queue", "q", "msgs", new long[] {before});
  }

  /** Put with a delay, wait for it, take and acknowledge, n delayed for long. */
  @Benchmark
  public Reply delayed() {
    while (next < n) {
      put("q", "delay", Ranges.DURATION - Math.floorMod(next++ * 7919L, 1_000_000));
    }
    put("q", "delay", 1);
    now++;
    Reply taken = call("a", "queue.take", Buffer.buffer(), "queue", "q");
    call("a", "queue.ack", Buffer.buffer(), "queue", "q", "msgs", new long[] {lastMsg});
    return taken;
  }

  /** Put, take and acknowledge, in each of n queues in turn. */
  @Benchmark
  public Reply queues() {
    if (names == null) {
      names = new String[n];
      for (int i = 0; i < n; i++) {
        names[i] = "queue-" + i;
        put(names[i]);
      }
    }
    next = (next + 1) % n;
    return cycle(names[next]);
  }

  /** Put, which serves the first of n takes that wait, which then waits again. */
  @Benchmark
  public Reply takesThatWait() {
    while (next < n) {
      wait(next++);
    }
    Reply reply = call("a", "queue.put", BODY, "queue", "q");
    wait(next++);
    return reply;
  }

  private void wait(int id) {
    Header header = Header.of("op", "queue.take", "queue", "q", "autoAck", true);
    Request request = new Request(id + 1, "queue.take", header, Buffer.buffer());
    apply(new Arrival.Requests("b", List.of(request)));
  }
}
