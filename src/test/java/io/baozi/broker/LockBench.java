package io.baozi.broker;

import io.baozi.broker.queue.Settings;
import io.baozi.bus.Arrival;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
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
 * What an operation on a lock or a semaphore costs beside a hundred others and beside a hundred
 * thousand: locks that are held, requests that wait for one. Every cycle leaves as much as it
 * found.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LockBench {
  /** So many times what it costs beside the fewest may it cost beside the most. */
  private static final double BAR = 3;

  /** How many others there are. */
  @Param({"100", "1000", "10000", "100000"})
  int n;

  private Broker broker;
  private long index;
  private int next;
  private String[] names;

  /** Prints each cost and what it is of that beside the fewest; exits with 1 if one grows. */
  public static void main(String[] args) throws RunnerException {
    Growth.measure(LockBench.class, BAR);
  }

  /** A broker with one connection and a name for each owner and lock. */
  @Setup(Level.Trial)
  public void open() {
    broker =
        new Broker(
            new BrokerSettings(
                "bench", FrameLimits.DEFAULT, 16, Long.MAX_VALUE, Settings.DEFAULT, Map.of()),
            1);
    apply(new Arrival.Opened("a", "a"));
    names = new String[n + 1];
    for (int i = 0; i <= n; i++) {
      names[i] = "name-" + i;
    }
  }

  private Turn apply(Arrival arrival) {
    return broker.apply(++index, 1, List.of(arrival));
  }

  private Turn call(long id, String op, Object... arguments) {
    Request request = new Request(id, op, Header.of("op", op).with(arguments), Buffer.buffer());
    return apply(new Arrival.Requests("a", List.of(request)));
  }

  private Turn acquire(String lock, int owner) {
    return call(owner + 1L, "lock.acquire", "lock", lock, "owner", names[owner]);
  }

  private Turn release(String lock, int owner) {
    return call(n + 2L, "lock.release", "lock", lock, "owner", names[owner]);
  }

  /** Acquire and release, n other locks held. */
  @Benchmark
  public Turn held() {
    for (; next < n; next++) {
      acquire(names[next], 0);
    }
    acquire("one", 0);
    return release("one", 0);
  }

  /** Release, which grants to the first of n that wait; who released waits again. */
  @Benchmark
  public Turn waiting() {
    return pass();
  }

  /** The same, and each of them holds a lock of its own, so that the graph is looked at. */
  @Benchmark
  public Turn waitingAndHolding() {
    if (next == 0) {
      for (int i = 0; i <= n; i++) {
        acquire(names[i], i);
      }
    }
    return pass();
  }

  private Turn pass() {
    for (; next <= n; next++) {
      acquire("one", next);
    }
    int holder = next++ % (n + 1);
    release("one", holder);
    return acquire("one", holder);
  }

  /** One of n that wait for a lock leaves, and comes again. */
  @Benchmark
  public Turn cancelled() {
    for (; next <= n; next++) {
      acquire("one", next);
    }
    int waiter = 1 + (int) (next++ * 7919L % n);
    call(n + 2L, "cancel", "request", waiter + 1L);
    return acquire("one", waiter);
  }

  /** Release of a permit, which grants to the first of n that wait and hold another. */
  @Benchmark
  public Turn permits() {
    if (next == 0) {
      for (int i = 0; i <= n; i++) {
        acquire(names[i], i);
      }
    }
    for (; next <= n; next++) {
      permit(next);
    }
    int holder = next++ % (n + 1);
    call(n + 2L, "semaphore.release", "semaphore", "one", "owner", names[holder]);
    return permit(holder);
  }

  private Turn permit(int owner) {
    return call(owner + 1L, "semaphore.acquire", "semaphore", "one", "owner", names[owner]);
  }
}
