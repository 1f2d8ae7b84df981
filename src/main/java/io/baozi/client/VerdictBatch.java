package io.baozi.client;

import io.baozi.message.Reply;
import io.vertx.core.Completable;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of one queue of which the same is said in one tick: one frame with their ids. */
final class VerdictBatch extends Batch {
  private static final Buffer EMPTY = Buffer.buffer(0);
  private static final long[] NONE = {};

  /** Digits of an id and its comma. */
  private static final int LONGEST_ID = 17;

  private final Verdict verdict;
  private long[] msgs = new long[8];
  private int count;

  /** Who said so, each with the end of his messages in {@link #msgs}. */
  private final List<Completable<Integer>> callers = new ArrayList<>();

  private int[] ends = new int[8];
  private int calls;

  VerdictBatch(String queue, Verdict verdict) {
    super(queue);
    this.verdict = verdict;
  }

  /** The most messages that one frame says something of. */
  static int most(Limits limits) {
    return Math.max(1, limits.maxHeader() / 2 / LONGEST_ID);
  }

  boolean accepts(Verdict same, int more, Limits limits) {
    return verdict.equals(same) && count + more <= most(limits);
  }

  /**
   * Adds messages.
   *
   * @param caller is told of how many of them it became so
   * @param isCall whether the program says so, and not the client itself
   */
  void add(long[] more, Completable<Integer> caller, boolean isCall) {
    if (count + more.length > msgs.length) {
      msgs = Arrays.copyOf(msgs, Math.max(2 * msgs.length, count + more.length));
    }
    System.arraycopy(more, 0, msgs, count, more.length);
    count += more.length;
    addCaller(caller, isCall);
  }

  /** Adds one message, likewise. */
  void add(long msg, Completable<Integer> caller, boolean isCall) {
    if (count == msgs.length) {
      msgs = Arrays.copyOf(msgs, 2 * count);
    }
    msgs[count++] = msg;
    addCaller(caller, isCall);
  }

  private void addCaller(Completable<Integer> caller, boolean isCall) {
    if (callers.size() == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[callers.size()] = count;
    callers.add(caller);
    calls += isCall ? 1 : 0;
  }

  @Override
  int calls() {
    return calls;
  }

  @Override
  Outgoing outgoing(ClientOptions options) {
    return Outgoing.of(
        verdict.operation().wire(),
        EMPTY,
        options.timeout().toMillis(),
        "queue",
        queue(),
        "msgs",
        Arrays.copyOf(msgs, count),
        "delay",
        verdict.delay(),
        "dead",
        verdict.dead(),
        "ttr",
        verdict.ttr(),
        "fence",
        Fence.json(verdict.fence()));
  }

  @Override
  void complete(Reply reply) {
    int held = Math.toIntExact((Long) reply.header().get(verdict.counted()));
    if (callers.size() == 1) {
      callers.get(0).succeed(held);
      return;
    }
    long[] missing = reply.header().get("missing") == null ? NONE : missing(reply);
    if (held + missing.length != count) {
      throw new IllegalArgumentException(
          held + " and " + missing.length + " missing of " + count + " messages");
    }
    int[] heldBy = heldBy(missing);
    for (int i = 0; i < heldBy.length; i++) {
      callers.get(i).succeed(heldBy[i]);
    }
  }

  private static long[] missing(Reply reply) {
    return (long[]) reply.header().get("missing");
  }

  /** A message named twice is missing where it was named last. */
  private int[] heldBy(long[] missing) {
    Map<Long, Integer> times = new HashMap<>();
    for (long msg : missing) {
      times.merge(msg, 1, Integer::sum);
    }
    int[] held = new int[callers.size()];
    int at = count - 1;
    for (int caller = held.length - 1; caller >= 0; caller--) {
      int start = caller == 0 ? 0 : ends[caller - 1];
      held[caller] = ends[caller] - start;
      for (; !times.isEmpty() && at >= start; at--) {
        if (times.computeIfPresent(msgs[at], (msg, n) -> n - 1) != null) {
          times.remove(msgs[at], 0);
          held[caller]--;
        }
      }
    }
    return held;
  }

  @Override
  void fail(Throwable cause) {
    callers.forEach(caller -> caller.fail(cause));
  }
}
