package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A bounded queue in which producers and consumers wait for each other, first come, first served.
 * Ready, delayed and reserved messages together never exceed the capacity, but for those that come
 * from among the dead. Not thread-safe; time comes in as milliseconds that never go back.
 *
 * <p>What changes a message ({@link #acknowledge}, {@link #nack}, {@link #touch}, {@link #redrive})
 * may let others go on: whoever calls it says {@link #settle} once it is through.
 */
public final class MessageQueue {
  /** What a wait takes of memory, in bytes: a put, a join, a take in each of its queues. */
  public static final int WAIT_MEMORY = 256;

  /** What a subscription takes of memory, in bytes. */
  public static final int SUBSCRIPTION_MEMORY = 512;

  /** As the delay of a nack: the queue's backoff. */
  public static final long BACKOFF = -1;

  private final String name;
  private final Settings settings;
  private final Surroundings surroundings;
  private final Stock stock;
  private final Puts puts;
  private final Takers takers;
  private final Deliveries deliveries;
  private final Joins joins = new Joins(this);
  private boolean paused;
  private boolean deleted;

  /** An empty queue, made at a moment; what becomes of its messages is noted in the ledger. */
  public MessageQueue(
      String name, Settings settings, Ledger ledger, Surroundings surroundings, long now) {
    this.name = Objects.requireNonNull(name, "name");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.surroundings = Objects.requireNonNull(surroundings, "surroundings");
    this.stock = new Stock(settings.order(), ledger, surroundings);
    this.deliveries = new Deliveries(this, settings, stock, ledger, surroundings, now);
    this.puts = new Puts(this, stock, deliveries, ledger, surroundings);
    this.takers = new Takers(this, stock, deliveries);
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
   * A message is there again, as it was before a restart.
   *
   * @param putAt when it was put, or redriven
   * @param attempt how often it has been handed out
   * @param dead whether it is among the dead
   * @param readyAt when it is to be had
   */
  public void recover(
      long id, Content content, long putAt, int attempt, boolean dead, long readyAt, long now) {
    Message message = new Message(this, id, content, putAt);
    message.recover(attempt);
    deliveries.recover(message, dead, readyAt, now);
  }

  /** A key stands for a message again, as it did before a restart. */
  public void recoverKey(String key, long msg, long until) {
    puts.keys().recover(key, msg, until);
  }

  /**
   * Puts, or waits for room behind those who wait already.
   *
   * @param deadline moment at which the wait runs out; one that has passed means not to wait,
   *     {@link Alarms#NEVER} to wait for ever
   */
  public void put(Put put, long deadline, long now) {
    puts.put(put, deadline, now);
    settle(now);
  }

  /**
   * Takes from the first of several queues that has something, or waits at all of them behind those
   * who wait already; {@code deadline} as for put.
   *
   * @param queues one or more, none of them twice
   */
  public static void take(Take take, List<MessageQueue> queues, long deadline, long now) {
    for (MessageQueue queue : queues) {
      if (queue.canServe() && queue.takers.line().isEmpty()) {
        queue.takers.serve(take, now);
        queue.settle(now);
        return;
      }
    }
    Alarms alarms = queues.get(0).alarms();
    if (deadline <= now) {
      take.end(Ending.TIMED_OUT, alarms, now);
      return;
    }
    take.waitAt(queues);
    for (MessageQueue queue : queues) {
      queue.takers.add(take);
    }
    take.waitUntil(deadline, alarms);
  }

  /** Hands messages to a subscription as they come, until it ends. */
  public void consume(Subscription subscription, long now) {
    surroundings.memory().take(SUBSCRIPTION_MEMORY);
    subscription.consumeFrom(this);
    takers.subscriptions().add(subscription);
    takers.regulate(subscription);
    settle(now);
  }

  /** Removes a message that this holder has reserved; false if it has not. */
  public boolean acknowledge(long id, Holder holder, long now) {
    Message message = deliveries.held(id, holder);
    if (message != null) {
      deliveries.acknowledge(message, now);
    }
    return message != null;
  }

  /**
   * Gives back a message that this holder has reserved; false if it has not.
   *
   * @param delay milliseconds before it is to be had again, {@link #BACKOFF} for the queue's own
   */
  public boolean nack(long id, Holder holder, long delay, long now) {
    Message message = deliveries.held(id, holder);
    if (message != null) {
      deliveries.nack(message, delay, now);
    }
    return message != null;
  }

  /** Gives up a message that this holder has reserved: it is dead; false if it has not. */
  public boolean kill(long id, Holder holder, long now) {
    Message message = deliveries.held(id, holder);
    if (message != null) {
      deliveries.kill(message, now);
    }
    return message != null;
  }

  /**
   * Reserves a message anew that this holder has reserved; false if it has not.
   *
   * @param ttr milliseconds from now, 0 for as many as before
   */
  public boolean touch(long id, Holder holder, long ttr, long now) {
    Message message = deliveries.held(id, holder);
    if (message != null) {
      deliveries.touch(message, ttr == 0 ? message.ttr : ttr, now);
    }
    return message != null;
  }

  /** Waits until nothing is ready, delayed or reserved; {@code deadline} as for put. */
  public void join(Join join, long deadline, long now) {
    joins.join(join, deadline, now);
  }

  /** The first message of a state, in the order in which they are shown; null if there is none. */
  public Message first(State state) {
    return stock.first(state);
  }

  /** The one behind a message of that state, null if there is none. */
  public Message after(State state, Message message) {
    return stock.after(state, message);
  }

  /**
   * The first message of a state behind another, null if there is none.
   *
   * @param id of a message that may have gone from this state
   * @throws LostPlaceException if it has, and its id does not tell where it was
   */
  public Message firstAfter(State state, long id) throws LostPlaceException {
    return stock.firstAfter(state, id);
  }

  /** Lets a dead message begin anew; false if no dead message has this id. */
  public boolean redrive(long id, long now) {
    Message message = stock.dead().find(id);
    if (message != null) {
      deliveries.redrive(message, now);
    }
    return message != null;
  }

  /** From now on nobody gets a message; puts go on. */
  public void pause() {
    paused = true;
  }

  /** Messages are handed out again. */
  public void resume(long now) {
    paused = false;
    settle(now);
  }

  /** Removes all ready and delayed messages; says how many. */
  public int purge(long now) {
    int purged = stock.dropAll(State.READY, alarms()) + stock.dropAll(State.DELAYED, alarms());
    settle(now);
    return purged;
  }

  /** Removes all dead messages; says how many. */
  public int purgeDead() {
    return stock.dropAll(State.DEAD, alarms());
  }

  /** Ends every wait here and removes all messages; the queue is not to be used any more. */
  public void delete(long now) {
    deleted = true;
    List<Waiter> waiters = new ArrayList<>(takers.subscriptions());
    for (Line line : List.of(puts.line(), takers.line(), joins.line())) {
      for (Waiter waiter = line.first(); waiter != null; waiter = line.after(waiter)) {
        if (!(waiter instanceof Subscription)) {
          waiters.add(waiter);
        }
      }
    }
    Waiter.endAll(waiters, Ending.DELETED, alarms(), now);
    deliveries.forgetReserved();
    for (State state : List.of(State.READY, State.DELAYED, State.DEAD)) {
      stock.dropAll(state, alarms());
    }
    puts.keys().clear();
  }

  /** Lets everybody go on who can: takers while there are messages, puts while there is room. */
  public void settle(long now) {
    if (deleted) {
      return;
    }
    boolean moved;
    do {
      moved = false;
      while (canServe() && !takers.line().isEmpty()) {
        takers.serveFirst(now);
        moved = true;
      }
      while (!puts.line().isEmpty() && puts.admitFirst(now)) {
        moved = true;
      }
    } while (moved);
    joins.settle(now);
    MessageQueue buriedIn = deliveries.takeBuriedIn();
    if (buriedIn != null) {
      buriedIn.settle(now);
    }
  }

  /** Whether it has something to hand out, and does. */
  public boolean canServe() {
    return !paused && stock.ready().size() > 0;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  Alarms alarms() {
    return surroundings.alarms();
  }

  void ring(Message message, long now) {
    if (message.in == stock.reserved()) {
      deliveries.lapse(message, Return.End.TTR, now);
    } else {
      stock.remove(message);
      deliveries.place(message, now, now);
    }
    settle(now);
  }

  /** The session is over that had reserved a message; whoever calls this settles the queue. */
  void sessionEnded(Message message, long now) {
    deliveries.lapse(message, Return.End.SESSION, now);
  }

  void regulate(Subscription subscription) {
    takers.regulate(subscription);
  }

  void regulate(Subscription subscription, long now) {
    takers.regulate(subscription);
    settle(now);
  }

  void left(Put put) {
    puts.abandon(put);
  }

  void left(Subscription subscription) {
    takers.subscriptions().remove(subscription);
    surroundings.memory().give(SUBSCRIPTION_MEMORY);
  }

  void takeLeft() {
    takers.left();
    giveWaitMemory();
  }

  void takeWaitMemory() {
    surroundings.memory().take(WAIT_MEMORY);
  }

  void giveWaitMemory() {
    surroundings.memory().give(WAIT_MEMORY);
  }

  /** Messages that count in the capacity: ready, delayed and reserved. */
  public int held() {
    return stock.held();
  }

  /** Messages of a state. */
  public int count(State state) {
    return stock.count(state);
  }

  /** Whether it is no more. */
  public boolean isDeleted() {
    return deleted;
  }

  /** The memory that the key of a put takes while it is remembered, in bytes. */
  public static long keyMemory(String key) {
    return Keys.memory(key);
  }

  /** Bytes of the bodies of ready, delayed and reserved messages. */
  public long bytes() {
    return stock.bytes();
  }

  /** Puts that wait for room. */
  public int waitingPuts() {
    return puts.line().size();
  }

  /** Whether it hands nothing out for now. */
  public boolean isPaused() {
    return paused;
  }

  /** Its figures at this moment. */
  public Stats stats(long now) {
    return Stats.of(stock, deliveries, puts, takers, joins, now);
  }
}
