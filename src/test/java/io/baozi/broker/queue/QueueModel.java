package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The obvious, slow queue: lists that are searched from the front, one rule per method. What the
 * real one does has to be the same.
 */
final class QueueModel {
  static final long FOREVER = Long.MAX_VALUE;

  /** A message: ready while nobody holds it. */
  static final class Msg {
    final long id;
    final int length;
    int attempt;
    int returns;
    int holder = NOBODY;
    long due;
    long order;

    Msg(long id, int length) {
      this.id = id;
      this.length = length;
    }
  }

  /** A request that waits. */
  static final class Wait {
    final int number;
    final int session;
    final long deadline;
    long order;

    // of a put
    boolean each;
    int[] lengths = {};
    long[] ids = {};
    int accepted;

    // of a take
    int max;
    long ttr;
    boolean autoAck;
    final List<String> taken = new ArrayList<>();

    Wait(int number, int session, long deadline) {
      this.number = number;
      this.session = session;
      this.deadline = deadline;
    }

    boolean isPut() {
      return lengths.length > 0;
    }
  }

  static final int NOBODY = -1;

  final int capacity;
  final long ttr;

  /** Ready and reserved, oldest first. */
  final List<Msg> messages = new ArrayList<>();

  final List<Wait> puts = new ArrayList<>();
  final List<Wait> takes = new ArrayList<>();
  final List<String> ends = new ArrayList<>();
  long putCount;
  long takeCount;
  long ackCount;
  private long lastId;
  private final long[] orders;

  /** A model; {@code orders} counts what is set to happen, over all queues. */
  QueueModel(int capacity, long ttr, long[] orders) {
    this.capacity = capacity;
    this.ttr = ttr;
    this.orders = orders;
  }

  void put(Wait put, long now) {
    put.ids = new long[put.lengths.length];
    lineUp(put, puts, now);
  }

  void take(Wait take, long now) {
    lineUp(take, takes, now);
  }

  private void lineUp(Wait wait, List<Wait> line, long now) {
    wait.order = orders[0]++;
    line.add(wait);
    settle(now);
    if (line.contains(wait) && wait.deadline <= now) {
      timeOut(wait, now);
    }
  }

  void timeOut(Wait wait, long now) {
    leave(wait, Ending.TIMED_OUT);
    settle(now);
  }

  boolean acknowledge(long id, int session, long now) {
    Optional<Msg> held =
        messages.stream().filter(m -> m.id == id && m.holder == session).findFirst();
    held.ifPresent(
        message -> {
          messages.remove(message);
          ackCount++;
          settle(now);
        });
    return held.isPresent();
  }

  void giveBack(Msg message, long now) {
    message.holder = NOBODY;
    message.returns++;
    settle(now);
  }

  /** Its waits end, all at once; then what it holds comes back, all at once. */
  void endSession(int session, long now) {
    endWaits(session, now);
    messages.stream()
        .filter(m -> m.holder == session)
        .forEach(
            m -> {
              m.holder = NOBODY;
              m.returns++;
            });
    settle(now);
  }

  private void endWaits(int session, long now) {
    List<Wait> its = new ArrayList<>(puts);
    its.addAll(takes);
    its.removeIf(wait -> wait.session != session);
    its.forEach(wait -> leave(wait, Ending.CANCELLED));
    settle(now);
  }

  void cancel(Wait wait, long now) {
    leave(wait, Ending.CANCELLED);
    settle(now);
  }

  private void leave(Wait wait, Ending ending) {
    puts.remove(wait);
    takes.remove(wait);
    ends.add(
        wait.number
            + " "
            + ending
            + " "
            + (wait.isPut() ? Arrays.toString(wait.ids) : wait.taken.toString()));
  }

  /** Takes while there are messages, then puts while there is room, until nobody can go on. */
  private void settle(long now) {
    boolean served;
    do {
      while (serveATake(now)) {
        // the next
      }
      served = false;
      while (serveAPut()) {
        served = true;
      }
    } while (served);
  }

  private boolean serveATake(long now) {
    if (takes.isEmpty() || ready().isEmpty()) {
      return false;
    }
    Wait take = takes.get(0);
    int bytes = 0;
    for (Msg message : ready()) {
      bytes += message.length;
      boolean first = take.taken.isEmpty();
      if (!first && (take.taken.size() == take.max || bytes > QueueFixture.FITS)) {
        break;
      }
      message.attempt++;
      takeCount++;
      take.taken.add(message.id + "*" + message.attempt);
      if (take.autoAck) {
        messages.remove(message);
        ackCount++;
      } else {
        message.holder = take.session;
        message.due = now + (take.ttr == 0 ? ttr : take.ttr);
        message.order = orders[0]++;
      }
    }
    leave(take, Ending.GRANTED);
    return true;
  }

  private boolean serveAPut() {
    if (puts.isEmpty()) {
      return false;
    }
    Wait put = puts.get(0);
    if (put.each ? room() < 1 : room() < put.lengths.length) {
      return false;
    }
    while (put.accepted < put.lengths.length && room() > 0) {
      put.ids[put.accepted] = ++lastId;
      messages.add(new Msg(lastId, put.lengths[put.accepted]));
      put.accepted++;
      putCount++;
    }
    if (put.accepted == put.lengths.length) {
      leave(put, Ending.GRANTED);
    }
    return true;
  }

  int room() {
    return capacity - messages.size();
  }

  List<Msg> ready() {
    return messages.stream()
        .filter(m -> m.holder == NOBODY)
        .sorted(Comparator.comparingLong(m -> m.id))
        .toList();
  }

  List<Msg> heldBy(int session) {
    return messages.stream().filter(m -> m.holder == session).toList();
  }

  long bytes() {
    return messages.stream().mapToLong(m -> m.length).sum();
  }

  /**
   * The memory of messages, of puts that wait with what they still have, and of takes that wait.
   */
  long memory() {
    long waiting = 0;
    for (Wait put : puts) {
      for (int i = put.accepted; i < put.lengths.length; i++) {
        waiting += Content.OVERHEAD + put.lengths[i];
      }
    }
    int returns = messages.stream().mapToInt(m -> Math.min(m.returns, Message.HISTORY)).sum();
    return bytes()
        + (long) Message.RETURN_MEMORY * returns
        + (long) Content.OVERHEAD * messages.size()
        + waiting
        + (long) MessageQueue.WAIT_MEMORY * takes.size();
  }
}
