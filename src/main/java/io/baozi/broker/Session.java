package io.baozi.broker;

import io.baozi.broker.queue.Holder;
import io.baozi.broker.sync.Owners;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import io.baozi.bus.Departure;
import io.baozi.message.Reply;
import io.baozi.message.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a client holds and waits for; it goes back when the session ends. */
final class Session {
  private final String name;
  private final String replyTo;
  private final Holder holder = new SessionHolder(this);

  /** Null until one of them asks for something to hold. */
  private Owners owners;

  private Map<Long, Waiter> waiting = Map.of();
  private Map<Long, Subscriber> subscribers = Map.of();
  private long lastSub;
  private List<Reply> outbox = new ArrayList<>();
  private long handedOut;

  /** Bytes of messages that were handed out and have not left for the peer. */
  private long unwritten;

  /** Whether a subscription was handed nothing for what is unwritten. */
  private boolean heldUp;

  private boolean over;
  private boolean dirty;

  Session(String name, String replyTo) {
    this.name = name;
    this.replyTo = replyTo;
  }

  String name() {
    return name;
  }

  String replyTo() {
    return replyTo;
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

  /**
   * Ends the session: first its waits and subscriptions, so that it is granted nothing of what it
   * gives back, then its reservations, its locks, its permits.
   */
  void end(Alarms alarms, long now) {
    List<Waiter> all = new ArrayList<>(waits());
    all.addAll(subscribers());
    Waiter.endAll(all, Ending.CANCELLED, alarms, now);
    holder.giveBackAll(now);
    if (owners != null) {
      owners.giveBackAll(now);
    }
    over = true;
  }

  /** Counts bytes of messages that this turn hands out. */
  void handsOut(long bytes) {
    handedOut += bytes;
    unwritten += bytes;
  }

  /** Counts bytes that have left for the peer. */
  void wrote(long bytes) {
    unwritten -= bytes;
  }

  /** Bytes of messages that were handed out and have not left for the peer. */
  long unwritten() {
    return unwritten;
  }

  /** Whether a subscription was handed nothing for what is unwritten. */
  boolean isHeldUp() {
    return heldUp;
  }

  void holdUp(boolean held) {
    heldUp = held;
  }

  /** The bytes of messages that this turn has handed out; from now on there are none. */
  long takeHandedOut() {
    long bytes = handedOut;
    handedOut = 0;
    return bytes;
  }

  void send(Reply reply) {
    outbox.add(reply);
  }

  /** Marks that there is something to send; true the first time in a turn. */
  boolean becomesDirty() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  /** What the turn has for it. */
  Departure depart() {
    List<Reply> replies = outbox;
    outbox = new ArrayList<>(Math.min(replies.size(), 64));
    dirty = false;
    return new Departure(Service.BROKER, name, replies, over);
  }
}
