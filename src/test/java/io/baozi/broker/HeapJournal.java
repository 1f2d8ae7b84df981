package io.baozi.broker;

import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A journal without a disk: what is written is kept when a test says so, and what is not kept yet
 * goes with a crash, all of it or its end.
 */
final class HeapJournal implements Journal {
  private record Write(long number, List<Entry> entries) {}

  private final Map<String, Entry> rows = new TreeMap<>();
  private final Map<Long, byte[]> bodies = new TreeMap<>();
  private final Deque<Write> open = new ArrayDeque<>();
  private final Deque<Runnable> reads = new ArrayDeque<>();
  private Listener listener;
  private Health health = Health.WELL;
  private long number;

  @Override
  public void recover(Consumer<Entry> to) {
    rows.values().forEach(to);
  }

  @Override
  public void listen(Listener its) {
    listener = its;
  }

  @Override
  public long write(List<Entry> entries, boolean force) {
    open.add(new Write(++number, List.copyOf(entries)));
    return number;
  }

  @Override
  public void read(long[] wanted, Consumer<byte[][]> then) {
    byte[][] found = new byte[wanted.length][];
    for (int i = 0; i < wanted.length; i++) {
      found[i] = bodies.get(wanted[i]);
    }
    reads.add(() -> then.accept(found));
  }

  @Override
  public long forces() {
    return 0;
  }

  @Override
  public boolean isForced() {
    return true;
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedFuture(null);
  }

  /** How many writes are not kept yet. */
  int open() {
    return open.size();
  }

  /** Keeps the first of those that are not kept yet, and says so. */
  void keep() {
    Write first = open.remove();
    apply(first);
    listener.kept(first.number());
  }

  void keepAll() {
    while (!open.isEmpty()) {
      keep();
    }
  }

  /** None of those that are not kept yet is known to be. */
  void lose() {
    open.clear();
    listener.lost(number);
  }

  void become(Health its) {
    health = its;
    listener.changed(its);
  }

  /** Answers the first read that is not answered yet, if there is one. */
  boolean letRead() {
    Runnable first = reads.poll();
    if (first != null) {
      first.run();
    }
    return first != null;
  }

  /** A body is damaged. */
  void forget(long body) {
    bodies.remove(body);
  }

  /** How many bodies are kept. */
  int bodies() {
    return bodies.size();
  }

  /**
   * The process ends at once; so many of the writes that are not kept yet are there all the same.
   */
  void crash(int lucky) {
    for (int i = 0; i < lucky; i++) {
      apply(open.remove());
    }
    open.clear();
    reads.clear();
    listener = null;
    health = Health.WELL;
    number = 0;
  }

  private void apply(Write write) {
    write.entries().forEach(this::apply);
  }

  private void apply(Entry entry) {
    if (entry instanceof Entry.Counter one) {
      rows.put("1 " + one.name(), one);
    } else if (entry instanceof Entry.Queue one) {
      rows.put("2 " + one.id(), one);
    } else if (entry instanceof Entry.QueueGone one) {
      rows.remove("2 " + one.id());
    } else if (entry instanceof Entry.Message one) {
      if (one.bytes() != null) {
        bodies.put(one.body(), one.bytes());
      }
      rows.put(message(one.queue(), one.id()), withoutBytes(one));
    } else if (entry instanceof Entry.MessageGone one) {
      rows.remove(message(one.queue(), one.id()));
    } else if (entry instanceof Entry.BodyGone one) {
      bodies.remove(one.body());
    } else if (entry instanceof Entry.Key one) {
      rows.put("4 " + one.queue() + ' ' + one.key(), one);
    } else if (entry instanceof Entry.KeyGone one) {
      rows.remove("4 " + one.queue() + ' ' + one.key());
    }
  }

  private static String message(long queue, long id) {
    return "3 %019d %019d".formatted(queue, id);
  }

  private static Entry withoutBytes(Entry.Message one) {
    return new Entry.Message(
        one.queue(),
        one.id(),
        one.dead(),
        one.priority(),
        one.putAt(),
        one.readyAt(),
        one.ttl(),
        one.attempt(),
        one.headers(),
        one.length(),
        one.body(),
        null);
  }
}
