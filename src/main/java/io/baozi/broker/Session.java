package io.baozi.broker;

import io.baozi.broker.queue.Holder;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.sync.Owners;
import io.baozi.broker.sync.Shared;
import io.baozi.broker.waiting.Alarm;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Memory;
import io.baozi.broker.waiting.Waiter;
import io.baozi.message.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a client holds and waits for; it goes back when the session ends. With grace it
 * outlives its connection, and keeps what the client needs to go on over another.
 */
final class Session {
  /** What a session with grace takes of memory: no connection bounds how many there are. */
  static final int GRACE_MEMORY = 1024;

  private final String name;
  private final Memory memory;
  private final Holder holder = new SessionHolder(this);

  /** The connection that speaks for it, null while there is none. */
  private Peer peer;

  /** Null until one of them asks for something to hold. */
  private Owners owners;

  private Map<Long, Waiter> waiting = Map.of();
  private Map<Long, Subscriber> subscribers = Map.of();
  private long lastSub;

  /** Its answers from the time on from which it has grace, null before. */
  private Answers answers;

  /** What was pushed while no connection spoke for it. */
  private List<Reply> pushes = List.of();

  /** Ends it while no connection speaks for it, null before that. */
  private Alarm end;

  private boolean greeted;
  private long grace;
  private long heartbeat;
  private boolean over;

  Session(String name, Memory memory) {
    this.name = name;
    this.memory = memory;
  }

  String name() {
    return name;
  }

  Holder holder() {
    return holder;
  }

  Owners owners() {
    return owners;
  }

  void owners(Owners its) {
    owners = its;
  }

  boolean isOver() {
    return over;
  }

  /** The connection that speaks for it, null if there is none. */
  Peer peer() {
    return peer;
  }

  /** From now on this connection speaks for it. */
  void attach(Peer its, Alarms alarms) {
    if (end != null) {
      alarms.cancel(end);
    }
    peer = its;
  }

  /** Whether its client has said hello. */
  boolean isGreeted() {
    return greeted;
  }

  void greet() {
    greeted = true;
  }

  /** How long it outlives its connection, in milliseconds. */
  long grace() {
    return grace;
  }

  /**
   * Gives it grace, or takes it away.
   *
   * @param mostUndone requests that a cut kept from being done, of which it remembers
   */
  void grace(long millis, int mostUndone) {
    if (grace == 0 && millis > 0) {
      memory.take(GRACE_MEMORY);
      answers = answers == null ? new Answers(memory, mostUndone) : answers;
      waiting.keySet().forEach(answers::note);
    } else if (grace > 0 && millis == 0) {
      memory.give(GRACE_MEMORY);
      answers.drop();
    }
    grace = millis;
  }

  /** Its answers to what changed something; null if it has no grace, and so keeps none. */
  Answers answers() {
    return grace == 0 ? null : answers;
  }

  /** How often its connection is to be heard of, in milliseconds; 0 for never. */
  long heartbeat() {
    return heartbeat;
  }

  void heartbeat(long millis) {
    heartbeat = millis;
  }

  /** Remembers a request that waits, to be cancelled under its id. */
  void waits(long id, Waiter waiter) {
    if (waiting.isEmpty()) {
      waiting = new LinkedHashMap<>();
    }
    waiting.put(id, waiter);
  }

  void noLongerWaits(long id) {
    if (!waiting.isEmpty()) {
      waiting.remove(id);
    }
  }

  /** The request that waits under an id, null if none does. */
  Waiter waiter(long id) {
    return waiting.get(id);
  }

  /** All its waits, in the order in which they began. */
  Collection<Waiter> waits() {
    return waiting.values();
  }

  /** The name of its next subscription. */
  long nextSub() {
    return ++lastSub;
  }

  /** Remembers a subscription. */
  void consumes(Subscriber subscriber) {
    if (subscribers.isEmpty()) {
      subscribers = new LinkedHashMap<>();
    }
    subscribers.put(subscriber.sub(), subscriber);
  }

  /** Whether it has subscriptions. */
  boolean consumes() {
    return !subscribers.isEmpty();
  }

  void noLongerConsumes(long sub) {
    subscribers.remove(sub);
  }

  /** The subscription of a name, null if there is none. */
  Subscriber subscriber(long sub) {
    return subscribers.get(sub);
  }

  /** All its subscriptions, in the order in which they began. */
  List<Subscriber> subscribers() {
    return List.copyOf(subscribers.values());
  }

  /** A request is about to be answered as done that has changed nothing all the same. */
  void changedNothing(long id) {
    if (grace > 0) {
      answers.unchanged(id);
    }
  }

  /** Something is said to its client: what may be asked for again is kept. */
  void says(Reply reply) {
    if (grace > 0) {
      answers.answered(reply);
    }
    if (peer == null) {
      keep(reply);
    }
  }

  /** Messages or a promise are sent to its client: what may be asked for again is kept. */
  void says(Parcel parcel) {
    if (grace > 0) {
      answers.answered(parcel);
    }
  }

  private void keep(Reply push) {
    if (pushes.isEmpty()) {
      pushes = new ArrayList<>();
    }
    pushes.add(push);
    memory.take(Answers.memory(push));
  }

  /** What was pushed while no connection spoke for it, in that order; from now on there is none. */
  List<Reply> takePushes() {
    List<Reply> kept = pushes;
    kept.forEach(push -> memory.give(Answers.memory(push)));
    pushes = List.of();
    return kept;
  }

  /**
   * Its connection has ended and the session goes on: its waits end, what its subscriptions have
   * gathered leaves, and they are handed nothing more. The connection is over before.
   */
  void cut(Alarms alarms, long now) {
    subscribers().forEach(Subscriber::flush);
    if (grace == 0) {
      Waiter.endAll(waits(), Ending.CANCELLED, alarms, now);
    } else {
      answers.cut(() -> Waiter.endAll(waits(), Ending.CANCELLED, alarms, now));
    }
    subscribers().forEach(subscriber -> subscriber.regulate(now));
    peer = null;
  }

  /** It ends after its grace unless a connection speaks for it until then. */
  void endsAfterGrace(Alarm itsEnd, Alarms alarms, long now) {
    end = itsEnd;
    alarms.set(end, now + grace);
  }

  /**
   * Ends the session: first its waits and subscriptions, so that it is granted nothing of what it
   * gives back, then its reservations, its locks, its permits. Only then are others served.
   */
  void end(Alarms alarms, long now) {
    List<Waiter> all = new ArrayList<>(waits());
    all.addAll(subscribers());
    Waiter.leaveAll(all, Ending.CANCELLED, alarms, now);
    Set<MessageQueue> queues = holder.giveBackAll(now);
    Set<Shared> objects = owners == null ? Set.of() : owners.giveBackAll();
    Waiter.letOthersGoOn(all, now);
    queues.forEach(queue -> queue.settle(now));
    objects.forEach(object -> object.settle(now));
    takePushes();
    grace(0, 0);
    if (end != null) {
      alarms.cancel(end);
    }
    over = true;
  }

  /** Bytes of messages that were handed out and have not left for its client. */
  long unwritten() {
    return peer.unwritten();
  }
}
