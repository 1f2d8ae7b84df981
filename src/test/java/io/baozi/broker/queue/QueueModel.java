package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The obvious, slow queue: lists that are searched from the front, one rule per method. What the
 * real one does has to be the same.
 */
final class QueueModel {
  private static final Comparator<MessageModel> BY_ID = Comparator.comparingLong(m -> m.id);

  final WorldModel world;
  final String name;
  final Settings settings;

  /** Ready, delayed, reserved and dead. */
  final List<MessageModel> messages = new ArrayList<>();

  final PutsModel puts;
  final TakersModel takers;
  final ReservedModel reserved;
  final List<JoinModel> joins = new ArrayList<>();
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
    this.puts = new PutsModel(this);
    this.takers = new TakersModel(this);
    this.reserved = new ReservedModel(this);
  }

  // Messages

  /** Takes a message, over the capacity if need be: whoever can wait has looked for room. */
  long add(int length, Terms terms, Death death, long now) {
    MessageModel message =
        new MessageModel(this, world.nextId(), length, terms.priority(), terms.ttl(), now);
    message.death = death;
    messages.add(message);
    place(message, now + terms.delay(), now);
    putCount++;
    return message.id;
  }

  /** Moves a message that has died: its life is now as long as the other queue says. */
  void bury(MessageModel message, long now) {
    buriedIn = world.queue(settings.deadLetter());
    Terms terms = new Terms(message.priority, 0, Terms.QUEUE_TTL);
    buriedIn.add(message.length, terms, message.death, now);
  }

  /** It is ready from a moment on, unless it is too old by then. */
  void place(MessageModel message, long from, long now) {
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
      reserved.lapse(message, Return.End.TTR, now);
    } else {
      place(message, now, now);
    }
    settle(now);
  }

  // The whole queue

  /** Takes from the first of several queues that has something, or waits at all of them. */
  static void take(TakeModel take, List<QueueModel> queues, long now) {
    take.queues = queues;
    queues.forEach(queue -> queue.takers.line().add(take));
    for (QueueModel queue : queues) {
      if (!take.hasEnded) {
        queue.settle(now);
      }
    }
    queues.get(0).world.await(take, now);
  }

  /** A dead message begins anew. */
  void redrive(MessageModel message, long now) {
    message.attempt = 0;
    message.putAt = now;
    place(message, now, now);
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
    Set<WaitModel> all = new LinkedHashSet<>(takers.subscriptions());
    all.addAll(puts.line());
    all.addAll(takers.line());
    all.addAll(joins);
    all.forEach(wait -> world.leave(wait, Ending.DELETED));
    messages.stream().filter(m -> m.holder != null).forEach(reserved::release);
    purge(List.of(State.values()), now);
    puts.forgetKeys();
  }

  /** Takes while there are messages, then puts while there is room, until nobody can go on. */
  void settle(long now) {
    boolean admitted;
    do {
      while (takers.serveOne(now)) {
        // the next
      }
      admitted = false;
      while (puts.admitOne(now)) {
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
    puts.line().remove(wait);
    takers.line().remove(wait);
    takers.subscriptions().remove(wait);
    joins.remove(wait);
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

  private Comparator<MessageModel> order() {
    return switch (settings.order()) {
      case FIFO -> BY_ID;
      case LIFO -> BY_ID.reversed();
      case PRIORITY -> Comparator.<MessageModel>comparingLong(m -> m.priority).thenComparing(BY_ID);
    };
  }

  int count(State state) {
    int count = 0;
    for (MessageModel message : messages) {
      count += message.state == state ? 1 : 0;
    }
    return count;
  }

  int held() {
    return messages.size() - count(State.DEAD);
  }

  long bytes() {
    long bytes = 0;
    for (MessageModel message : messages) {
      bytes += message.state == State.DEAD ? 0 : message.length;
    }
    return bytes;
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

  /** The memory of messages, of what waits and of keys. */
  long memory() {
    long all = messages.stream().mapToLong(MessageModel::memory).sum();
    long joining = (long) MessageQueue.WAIT_MEMORY * joins.size();
    return all + joining + puts.memory() + takers.memory();
  }
}
