package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Memory;
import io.baozi.broker.waiting.Waiter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A bounded queue in which producers and consumers wait for each other, first come, first served.
 * Ready and reserved messages together never exceed the capacity. Not thread-safe; time comes in as
 * milliseconds that never go back.
 */
public final class MessageQueue {
  /** A map of the reserved that held more than this is made anew when it is empty. */
  private static final int MANY = 1024;

  private final String name;
  private final Settings settings;
  private final Alarms alarms;
  private final Memory memory;
  private final LongSupplier ids;

  private final Ready ready = new Ready();
  private Map<Long, Message> reserved = new HashMap<>();
  private int mostReserved;
  private final Line puts = new Line();
  private final Line takes = new Line();
  private long bytes;
  private long putCount;
  private long takeCount;
  private long ackCount;

  /**
   * An empty queue.
   *
   * @param alarms where the ends of waits and reservations are set
   * @param memory which the messages take
   * @param ids where the next message's id comes from, each larger than the one before
   */
  public MessageQueue(
      String name, Settings settings, Alarms alarms, Memory memory, LongSupplier ids) {
    this.name = Objects.requireNonNull(name, "name");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.alarms = Objects.requireNonNull(alarms, "alarms");
    this.memory = Objects.requireNonNull(memory, "memory");
    this.ids = Objects.requireNonNull(ids, "ids");
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it was told. */
  public Settings settings() {
    return settings;
  }

  /**
   * Puts, or waits for room behind those who wait already.
   *
   * @param deadline moment at which the wait runs out; one that has passed means not to wait,
   *     {@link Alarms#NEVER} to wait for ever
   */
  public void put(Put put, long deadline, long now) {
    put.waitAt(this);
    memory.take(put.memory());
    while (puts.isEmpty() && admit(put, now) && !put.isDecided()) {
      settle(now);
    }
    if (put.isDecided()) {
      put.end(Ending.GRANTED, alarms, now);
      settle(now);
    } else if (deadline > now) {
      queueUp(put, puts, deadline);
      settle(now);
    } else {
      memory.give(put.memoryFrom(put.accepted()));
      put.end(Ending.TIMED_OUT, alarms, now);
      settle(now);
    }
  }

  /** Takes, or waits for a message behind those who wait already; {@code deadline} as for put. */
  public void take(Take take, long deadline, long now) {
    take.waitAt(this);
    if (ready.size() > 0 && takes.isEmpty()) {
      serve(take, now);
      settle(now);
    } else if (deadline > now) {
      memory.take(TAKE_MEMORY);
      queueUp(take, takes, deadline);
    } else {
      take.end(Ending.TIMED_OUT, alarms, now);
    }
  }

  /** What a take that waits takes of memory. */
  public static final int TAKE_MEMORY = 256;

  /** Removes a message that this holder has reserved; false if it has not. */
  public boolean acknowledge(long id, Holder holder, long now) {
    Message message = reserved.get(id);
    if (message == null || message.holder != holder) {
      return false;
    }
    unreserve(message);
    drop(message);
    ackCount++;
    settle(now);
    return true;
  }

  /** Messages to be had. */
  public int ready() {
    return ready.size();
  }

  /** Messages taken and not acknowledged. */
  public int reserved() {
    return reserved.size();
  }

  /** Puts that wait for room. */
  public int waitingPuts() {
    return puts.size();
  }

  /** Takes that wait for a message. */
  public int waitingTakes() {
    return takes.size();
  }

  /** Messages put so far. */
  public long puts() {
    return putCount;
  }

  /** Messages handed out so far, redeliveries included. */
  public long takes() {
    return takeCount;
  }

  /** Messages acknowledged so far, automatically or not. */
  public long acks() {
    return ackCount;
  }

  /** Bytes of the bodies of ready and reserved messages. */
  public long bytes() {
    return bytes;
  }

  /** Milliseconds since the oldest ready message was put, 0 if there is none. */
  public long oldestAge(long now) {
    Message oldest = ready.first();
    return oldest == null ? 0 : now - oldest.putAt();
  }

  /** A reservation ran out: the message takes its old place. */
  void giveBack(Message message, long now) {
    release(message);
    settle(now);
  }

  /** Puts a reserved message back to its place; whoever calls this settles the queue. */
  void release(Message message) {
    unreserve(message);
    ready.comeBack(message);
  }

  void timeOut(Waiter waiter, long now) {
    waiter.end(Ending.TIMED_OUT, alarms, now);
  }

  void left(Put put, long now) {
    memory.give(put.memoryFrom(put.accepted()));
    settle(now);
  }

  void left(Take take, long now) {
    memory.give(TAKE_MEMORY);
  }

  /** Lets everybody go on who can: takes while there are messages, puts while there is room. */
  void settle(long now) {
    boolean moved;
    do {
      moved = false;
      while (ready.size() > 0 && !takes.isEmpty()) {
        memory.give(TAKE_MEMORY);
        serve((Take) takes.first(), now);
        moved = true;
      }
      while (!puts.isEmpty() && admit((Put) puts.first(), now)) {
        moved = true;
      }
    } while (moved);
  }

  /** Puts as much as there is room for; true if that was anything. */
  private boolean admit(Put put, long now) {
    int before = put.accepted();
    if (room() >= put.roomNeeded()) {
      while (!put.isDecided() && room() > 0) {
        Message message = new Message(this, ids.getAsLong(), put.next(), now);
        put.accept(message.id());
        ready.add(message);
        bytes += message.content().body().length;
        putCount++;
      }
    }
    if (put.isDecided() && put.isWaiting()) {
      put.end(Ending.GRANTED, alarms, now);
    }
    return put.accepted() > before;
  }

  private int room() {
    return settings.capacity() - ready.size() - reserved.size();
  }

  private void serve(Take take, long now) {
    long until = now + take.ttr(settings);
    for (Message next = ready.first(); next != null && take.wants(next); next = ready.first()) {
      ready.removeFirst();
      next.handOut();
      takeCount++;
      take.messages().add(next);
      if (take.isAutoAck()) {
        drop(next);
        ackCount++;
      } else {
        reserved.put(next.id(), next);
        mostReserved = Math.max(mostReserved, reserved.size());
        take.holder().add(next);
        alarms.set(next, until);
      }
    }
    take.end(Ending.GRANTED, alarms, now);
  }

  private void unreserve(Message message) {
    reserved.remove(message.id());
    if (mostReserved > MANY && reserved.isEmpty()) {
      reserved = new HashMap<>();
      mostReserved = 0;
    }
    message.holder.remove(message);
    alarms.cancel(message);
  }

  private void drop(Message message) {
    bytes -= message.content().body().length;
    memory.give(message.content().memory());
  }

  private void queueUp(Waiter waiter, Line line, long deadline) {
    line.add(waiter);
    if (deadline != Alarms.NEVER) {
      alarms.set(waiter, deadline);
    }
  }
}
