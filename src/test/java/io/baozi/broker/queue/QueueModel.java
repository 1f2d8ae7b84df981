package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The obvious, slow queue: lists that are searched from the front, one rule per method. What the
 * real one does has to be the same.
 */
final class QueueModel {
  private static final long HOUR = 3_600_000;

  /** A put that was accepted is known by its key until its window ends. */
  private final class KeyModel extends Agenda.Entry {
    private final String text;
    private final long msg;

    KeyModel(String text, long msg) {
      this.text = text;
      this.msg = msg;
    }

    @Override
    void ring(long now) {
      keys.remove(this);
    }
  }

  final WorldModel world;
  final String name;
  final Settings settings;

  /** Ready, delayed, reserved and dead. */
  final List<MessageModel> messages = new ArrayList<>();

  /** Those that wait for room. */
  final List<PutModel> puts = new ArrayList<>();

  /** Takes that wait and subscriptions that may have one more. */
  final List<WaitModel> takers = new ArrayList<>();

  final List<SubscriptionModel> subscriptions = new ArrayList<>();
  final List<JoinModel> joins = new ArrayList<>();
  private final List<KeyModel> keys = new ArrayList<>();
  boolean paused;

  long putCount;
  long takeCount;
  long ackCount;
  long nackCount;
  long expiredCount;
  long purgedCount;

  /** Messages that died and moved to another queue. */
  long movedCount;

  /** The queue that has taken dead messages in this step, null if none has. */
  private QueueModel buriedIn;

  QueueModel(WorldModel world, String name, Settings settings) {
    this.world = world;
    this.name = name;
    this.settings = settings;
  }

  // Puts

  void put(PutModel put, long now) {
    put.queues = List.of(this);
    for (int at = 0; at < put.ids.length; at++) {
      put.ids[at] = isTooLarge(put, at) ? Put.TOO_LARGE : accepted(put.key(at));
    }
    if (put.isDecided()) {
      world.leave(put, Ending.GRANTED);
    } else {
      puts.add(put);
      settle(now);
      world.await(put, now);
    }
  }

  private boolean isTooLarge(PutModel put, int at) {
    return settings.maxBytes() > 0 && put.lengths[at] > settings.maxBytes();
  }

  /** The message that was accepted under a key, 0 if none is known. */
  private long accepted(String key) {
    for (KeyModel known : keys) {
      if (known.text.equals(key)) {
        return known.msg;
      }
    }
    return 0;
  }

  /** Accepts what the first put may put now: all of a batch, one of those that stand alone. */
  private boolean admitOne(long now) {
    if (puts.isEmpty() || !hasRoom(puts.get(0))) {
      return false;
    }
    PutModel put = puts.get(0);
    do {
      accept(put, put.firstUndecided(), now);
    } while (!put.each && !put.isDecided());
    for (PutModel waiting : List.copyOf(puts)) {
      if (waiting.isDecided()) {
        world.leave(waiting, Ending.GRANTED);
      }
    }
    return true;
  }

  boolean hasRoom(PutModel put) {
    int needed = 0;
    long neededBytes = 0;
    for (int at = put.firstUndecided(); at < put.ids.length; at++) {
      if (put.ids[at] == 0 && !follows(put, at) && !(put.each && needed == 1)) {
        needed++;
        neededBytes += put.lengths[at];
      }
    }
    return held() + needed <= settings.capacity()
        && (settings.maxBytes() == 0 || bytes() + neededBytes <= settings.maxBytes());
  }

  /** Whether somebody puts under the same key who came earlier and waits too. */
  private boolean follows(PutModel put, int at) {
    if (put.key(at) != null) {
      for (PutModel earlier : puts) {
        for (int i = 0; i < (earlier == put ? at : earlier.ids.length); i++) {
          if (earlier.ids[i] == 0 && put.key(at).equals(earlier.key(i))) {
            return true;
          }
        }
        if (earlier == put) {
          return false;
        }
      }
    }
    return false;
  }

  private void accept(PutModel put, int at, long now) {
    put.ids[at] = add(put.lengths[at], put.terms, null, now);
    String key = put.key(at);
    if (key == null) {
      return;
    }
    if (settings.dedup() > 0) {
      KeyModel known = new KeyModel(key, put.ids[at]);
      keys.add(known);
      world.agenda.set(known, now + settings.dedup());
    }
    for (PutModel other : puts) {
      for (int i = 0; i < other.ids.length; i++) {
        if (other.ids[i] == 0 && key.equals(other.key(i))) {
          other.ids[i] = put.ids[at];
        }
      }
    }
  }

  private long add(int length, Terms terms, Death death, long now) {
    MessageModel message =
        new MessageModel(this, world.nextId(), length, terms.priority(), terms.ttl(), now);
    message.death = death;
    messages.add(message);
    place(message, now + terms.delay(), now);
    putCount++;
    return message.id;
  }

  // Takes and subscriptions

  static void take(TakeModel take, List<QueueModel> queues, long now) {
    take.queues = queues;
    queues.forEach(queue -> queue.takers.add(take));
    for (QueueModel queue : queues) {
      if (!take.hasEnded) {
        queue.settle(now);
      }
    }
    queues.get(0).world.await(take, now);
  }

  void consume(SubscriptionModel subscription, long now) {
    subscription.queues = List.of(this);
    subscriptions.add(subscription);
    regulate(subscription);
    settle(now);
  }

  /** A subscription stands in the line while it may have one more. */
  void regulate(SubscriptionModel subscription) {
    if (!subscription.isEager()) {
      takers.remove(subscription);
    } else if (!takers.contains(subscription)) {
      takers.add(subscription);
    }
  }

  private boolean serveOne(long now) {
    if (paused || takers.isEmpty() || count(State.READY) == 0) {
      return false;
    }
    if (takers.get(0) instanceof TakeModel take) {
      serve(take, now);
    } else {
      serve((SubscriptionModel) takers.get(0), now);
    }
    return true;
  }

  private void serve(TakeModel take, long now) {
    int bytes = 0;
    for (MessageModel message : in(State.READY)) {
      bytes += message.length;
      boolean first = take.taken.isEmpty();
      if (first || (take.taken.size() < take.max && bytes <= QueueFixture.FITS)) {
        handOut(message);
        take.taken.add(message.id + "*" + message.attempt);
        if (take.autoAck) {
          messages.remove(message);
          ackCount++;
        } else {
          reserve(message, take.session, take.ttr, now);
        }
      } else {
        break;
      }
    }
    take.source = " " + name;
    take.session.unread += take.taken.size();
    world.leave(take, Ending.GRANTED);
  }

  /** A subscription gets one message, then it is the turn of those behind it. */
  private void serve(SubscriptionModel subscription, long now) {
    takers.remove(subscription);
    if (subscription.isEager()) {
      MessageModel message = in(State.READY).get(0);
      handOut(message);
      reserve(message, subscription.session, subscription.ttr, now);
      message.subscription = subscription;
      subscription.session.unread++;
      world.pushes.add(subscription.number + " " + message.id + "*" + message.attempt);
    }
    regulate(subscription);
  }

  private void handOut(MessageModel message) {
    world.agenda.cancel(message);
    message.attempt++;
    takeCount++;
  }

  private void reserve(MessageModel message, SessionModel session, long ttr, long now) {
    message.state = State.RESERVED;
    message.holder = session;
    message.ttr = ttr == 0 ? settings.ttr() : ttr;
    session.held.add(message);
    world.agenda.set(message, now + message.ttr);
  }

  // What becomes of a reserved message

  Optional<MessageModel> held(long id, SessionModel session) {
    return session.held.stream().filter(m -> m.id == id && m.queue == this).findFirst();
  }

  boolean acknowledge(long id, SessionModel session) {
    Optional<MessageModel> held = held(id, session);
    held.ifPresent(
        message -> {
          release(message);
          messages.remove(message);
          ackCount++;
        });
    return held.isPresent();
  }

  boolean nack(long id, SessionModel session, long delay, long now) {
    Optional<MessageModel> held = held(id, session);
    held.ifPresent(
        message -> {
          nackCount++;
          message.cameBack(Return.End.NACK, now);
          comeBack(message, delay == MessageQueue.BACKOFF ? backoff(message) : delay, now);
        });
    return held.isPresent();
  }

  boolean kill(long id, SessionModel session, long now) {
    Optional<MessageModel> held = held(id, session);
    held.ifPresent(
        message -> {
          nackCount++;
          message.cameBack(Return.End.NACK, now);
          release(message);
          die(message, Death.Reason.NACK, now);
        });
    return held.isPresent();
  }

  boolean touch(long id, SessionModel session, long ttr, long now) {
    Optional<MessageModel> held = held(id, session);
    held.ifPresent(
        message -> {
          message.ttr = ttr == 0 ? message.ttr : ttr;
          world.agenda.set(message, now + message.ttr);
        });
    return held.isPresent();
  }

  /** Nobody said what became of it. */
  void lapse(MessageModel message, Return.End end, long now) {
    message.cameBack(end, now);
    comeBack(message, 0, now);
  }

  /** The first delay, doubled with each attempt up to an hour, times 0.5 to 1.5. */
  private long backoff(MessageModel message) {
    double doubled = settings.backoff();
    for (int i = 1; i < message.attempt && doubled < HOUR; i++) {
      doubled *= 2;
    }
    return Math.round(Math.min(HOUR, doubled) * (0.5 + Chance.unit(message.id, world.index)));
  }

  private void comeBack(MessageModel message, long delay, long now) {
    release(message);
    if (settings.attempts() > 0 && message.attempt >= settings.attempts()) {
      die(message, Death.Reason.ATTEMPTS, now);
    } else {
      place(message, now + delay, now);
    }
  }

  private void release(MessageModel message) {
    world.agenda.cancel(message);
    message.holder.held.remove(message);
    message.holder = null;
    SubscriptionModel subscription = message.subscription;
    message.subscription = null;
    if (subscription != null) {
      regulate(subscription);
    }
  }

  /** Dead messages stay, or move: over the capacity, with the life that the other queue gives. */
  private void die(MessageModel message, Death.Reason reason, long now) {
    message.death = new Death(name, message.id, reason, now, message.attempt, message.history);
    message.history = new ArrayList<>();
    message.state = State.DEAD;
    if (settings.deadLetter() != null) {
      messages.remove(message);
      movedCount++;
      buriedIn = world.queues.get(settings.deadLetter());
      Terms terms = new Terms(message.priority, 0, Terms.QUEUE_TTL);
      buriedIn.add(message.length, terms, message.death, now);
    }
  }

  // Time

  /** It is ready from a moment on, unless it is too old by then. */
  private void place(MessageModel message, long from, long now) {
    long end = endOfLife(message);
    if (end <= now) {
      messages.remove(message);
      expiredCount++;
      return;
    }
    message.state = from > now ? State.DELAYED : State.READY;
    long due = message.state == State.DELAYED ? Math.min(from, end) : end;
    if (due != Alarms.NEVER) {
      world.agenda.set(message, due);
    }
  }

  private long endOfLife(MessageModel message) {
    long ttl = message.ttl == Terms.QUEUE_TTL ? settings.ttl() : message.ttl;
    return ttl == 0 ? Alarms.NEVER : message.putAt + ttl;
  }

  void ring(MessageModel message, long now) {
    if (message.state == State.RESERVED) {
      lapse(message, Return.End.TTR, now);
    } else {
      place(message, now, now);
    }
    settle(now);
  }

  // The whole queue

  boolean redrive(long id, long now) {
    Optional<MessageModel> dead =
        in(State.DEAD).stream().filter(message -> message.id == id).findFirst();
    dead.ifPresent(
        message -> {
          message.attempt = 0;
          message.putAt = now;
          place(message, now, now);
        });
    return dead.isPresent();
  }

  int purge(List<State> states, long now) {
    int before = messages.size();
    messages.stream().filter(m -> states.contains(m.state)).forEach(world.agenda::cancel);
    messages.removeIf(m -> states.contains(m.state));
    int purged = before - messages.size();
    purgedCount += purged;
    settle(now);
    return purged;
  }

  void join(JoinModel join, long now) {
    join.queues = List.of(this);
    joins.add(join);
    settle(now);
    world.await(join, now);
  }

  /** Whoever stands here is told, in one step; then nothing is left. */
  void delete(long now) {
    Set<WaitModel> all = new LinkedHashSet<>(subscriptions);
    all.addAll(puts);
    all.addAll(takers);
    all.addAll(joins);
    all.forEach(wait -> world.leave(wait, Ending.DELETED));
    messages.stream().filter(m -> m.holder != null).forEach(this::release);
    purge(List.of(State.values()), now);
    keys.forEach(world.agenda::cancel);
    keys.clear();
  }

  /** Takes while there are messages, then puts while there is room, until nobody can go on. */
  void settle(long now) {
    boolean admitted;
    do {
      while (serveOne(now)) {
        // the next
      }
      admitted = false;
      while (admitOne(now)) {
        admitted = true;
      }
    } while (admitted);
    while (!joins.isEmpty() && held() == 0) {
      world.leave(joins.get(0), Ending.GRANTED);
    }
    QueueModel target = buriedIn;
    buriedIn = null;
    if (target != null) {
      target.settle(now);
    }
  }

  void remove(WaitModel wait) {
    puts.remove(wait);
    takers.remove(wait);
    joins.remove(wait);
    subscriptions.remove(wait);
  }

  // Figures

  /** The messages of a state in the order in which they are shown. */
  List<MessageModel> in(State state) {
    List<MessageModel> all = new ArrayList<>();
    for (MessageModel message : messages) {
      if (message.state == state) {
        all.add(message);
      }
    }
    all.sort(state == State.READY ? order() : BY_ID);
    return all;
  }

  private static final Comparator<MessageModel> BY_ID = Comparator.comparingLong(m -> m.id);

  private Comparator<MessageModel> order() {
    return switch (settings.order()) {
      case FIFO -> BY_ID;
      case LIFO -> BY_ID.reversed();
      case PRIORITY -> Comparator.<MessageModel>comparingLong(m -> m.priority).thenComparing(BY_ID);
    };
  }

  int count(State state) {
    return (int) messages.stream().filter(message -> message.state == state).count();
  }

  int held() {
    return messages.size() - count(State.DEAD);
  }

  long bytes() {
    return messages.stream().filter(m -> m.state != State.DEAD).mapToLong(m -> m.length).sum();
  }

  long oldestAge(long now) {
    return messages.stream()
        .filter(message -> message.state == State.READY)
        .min(BY_ID)
        .map(message -> now - message.putAt)
        .orElse(0L);
  }

  /** The first behind a message that may be gone, by its id; by priority that place is lost. */
  String behind(State state, long id) {
    List<MessageModel> all = in(state);
    boolean byPriority = state == State.READY && settings.order() == Order.PRIORITY;
    if (byPriority && all.stream().noneMatch(message -> message.id == id)) {
      return "lost";
    }
    MessageModel gone =
        all.stream()
            .filter(message -> message.id == id)
            .findFirst()
            .orElse(new MessageModel(this, id, 0, 0, 0, 0));
    return all.stream()
        .filter(message -> (state == State.READY ? order() : BY_ID).compare(gone, message) < 0)
        .findFirst()
        .map(message -> "" + message.id)
        .orElse("nothing");
  }

  /** Messages that came over the capacity if need be: buried here, or redriven. */
  int fromTheDead() {
    return (int) messages.stream().filter(m -> m.death != null && m.state != State.DEAD).count();
  }

  int waitingTakes() {
    return (int) takers.stream().filter(TakeModel.class::isInstance).count();
  }

  /** The keys that were accepted lately, and those of puts that wait. */
  Collection<String> knownKeys() {
    Set<String> known = new LinkedHashSet<>();
    keys.forEach(key -> known.add(key.text));
    for (PutModel put : puts) {
      for (int at = 0; at < put.ids.length; at++) {
        if (put.ids[at] == 0 && put.key(at) != null) {
          known.add(put.key(at));
        }
      }
    }
    return known;
  }

  /** The memory of messages, of puts that wait with what they still have, of waits and keys. */
  long memory() {
    long all = messages.stream().mapToLong(MessageModel::memory).sum();
    for (PutModel put : puts) {
      for (int at = 0; at < put.ids.length; at++) {
        all += put.ids[at] == 0 ? Content.OVERHEAD + put.lengths[at] : 0;
      }
    }
    all += knownKeys().stream().mapToLong(MessageQueue::keyMemory).sum();
    all += (long) MessageQueue.SUBSCRIPTION_MEMORY * subscriptions.size();
    return all + (long) MessageQueue.WAIT_MEMORY * (waitingTakes() + joins.size());
  }
}
