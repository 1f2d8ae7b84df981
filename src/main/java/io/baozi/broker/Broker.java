package io.baozi.broker;

import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Memory;
import io.baozi.broker.waiting.Waiter;
import io.baozi.bus.Arrival;
import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state machine that owns all shared state. A turn is deterministic: the same state, arrivals
 * and {@code now} give the same answers and the same new state on every machine, since no clock,
 * random number, hash order or thread is read inside. Not thread-safe.
 */
final class Broker {
  /** Carries one operation out; it answers now or, through a waiter, later. */
  @FunctionalInterface
  interface Action {
    void run(Session session, Request request, long now);
  }

  /** What is carried out to the last: it concerns what is in hand, and brings no more. */
  private static final Set<String> TO_THE_LAST =
      Stream.of(
              Operation.QUEUE_ACK,
              Operation.QUEUE_NACK,
              Operation.QUEUE_TOUCH,
              Operation.QUEUE_CANCEL,
              Operation.LOCK_RELEASE,
              Operation.LOCK_TOUCH,
              Operation.SEMAPHORE_RELEASE,
              Operation.SEMAPHORE_TOUCH)
          .map(Operation::wire)
          .collect(Collectors.toSet());

  /** So many tokens may be given in a millisecond without one that a restart gives again. */
  private static final long TOKENS_PER_MILLISECOND = 1024;

  private final Alarms alarms = new Alarms();
  private final Map<String, Action> actions = new HashMap<>();
  private final List<Peer> dirty = new ArrayList<>();
  private final List<Turn.Fault> faults = new ArrayList<>();

  /** Subscriptions that have gathered messages in this turn. */
  private final List<Subscriber> pushing = new ArrayList<>();

  /** Those who have read since the last turn. */
  private final List<Peer> reading = new ArrayList<>();

  private final Sessions sessions;
  private final Queues queues;
  private final Coordination coordination;
  private final Memory memory;
  private final BrokerSettings settings;
  private final Changes changes = new Changes();
  private final Numbers tokens;
  private Health health = Health.WELL;
  private long forces;

  /** Bytes of messages on their way to a peer, past which it is pushed no more. */
  private final long window;

  private boolean draining;
  private long index;

  Broker(BrokerSettings settings, long startedAt) {
    this.settings = settings;
    memory = new Memory(settings.memory());
    window = Math.max(1, settings.limits().maxMessage());
    sessions = new Sessions(this, alarms, memory);
    queues = new Queues(this, settings, alarms, memory, changes, startedAt);
    tokens = new Numbers("token", changes, startedAt * TOKENS_PER_MILLISECOND);
    coordination = new Coordination(this, alarms, memory, tokens::next);
    add(Map.of(Operation.QUEUE_PUT, new PutOperation(this, settings, queues)::put));
    add(new TakeOperations(this, settings, queues).actions());
    add(new QueueOperations(this, settings, queues, coordination).actions());
    add(new LockOperations(this, settings, coordination).actions());
    add(new SemaphoreOperations(this, settings, coordination).actions());
    add(new EventOperations(this, settings, coordination).actions());
    add(new LatchOperations(this, settings, coordination).actions());
    add(new BarrierOperations(this, settings, coordination).actions());
    add(new SessionOperations(this, settings, startedAt, memory, queues, sessions).actions());
  }

  private void add(Map<Operation, Action> operations) {
    operations.forEach(
        (operation, action) ->
            actions.put(operation.wire(), operation.changes() ? fenced(action) : action));
  }

  /** An action that is carried out only while the request's fence, if it has one, holds. */
  private Action fenced(Action action) {
    return (session, request, now) -> {
      BooleanSupplier fence = fence(request);
      if (fence != null && !fence.getAsBoolean()) {
        throw new RefusedException(
            ErrorCode.FENCED, "the lock that the fence names is not held under that token");
      }
      action.run(session, request, now);
    };
  }

  /**
   * What a request is fenced by, to be asked again when it has waited.
   *
   * @return whether the lock is held under the token that it names; null if it names none
   */
  BooleanSupplier fence(Request request) {
    return coordination.fence(request);
  }

  /**
   * One turn.
   *
   * @param index of the turn, larger than of the one before
   * @param now milliseconds since 1970, no less than in the turn before
   */
  Turn apply(long index, long now, List<Arrival> arrivals) {
    this.index = index;
    queues.turn(now);
    ring(now);
    goOnReading(now);
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.Opened opened) {
        sessions.open(opened);
      } else if (arrival instanceof Arrival.Requests requests) {
        carryOut(requests, now);
      } else if (arrival instanceof Arrival.Closed closed) {
        cut(sessions.peer(closed.connection()), now);
      }
    }
    return turn();
  }

  /**
   * From now on every request is refused but those on messages in hand; those that wait are refused
   * in a turn of their own, and nothing is pushed any more.
   */
  Turn drain(long index, long now) {
    this.index = index;
    draining = true;
    List<Waiter> waits = new ArrayList<>();
    for (Session session : sessions.all()) {
      waits.addAll(session.waits());
      waits.addAll(session.subscribers());
    }
    Waiter.endAll(waits, Ending.SHUT_DOWN, alarms, now);
    return turn();
  }

  /** Ends all sessions: nobody answers them any more. */
  Turn end(long index, long now) {
    this.index = index;
    sessions.all().forEach(session -> end(session, now));
    queues.close();
    tokens.close();
    return turn();
  }

  /**
   * Something stands again as it stood before a restart; all of it comes before the first turn.
   *
   * @throws IllegalStateException if it cannot be: says why, and what would be right
   */
  void recover(Entry entry, long now) {
    if (entry instanceof Entry.Counter counter && counter.name().equals(tokens.name())) {
      tokens.recover(counter.value());
    } else {
      queues.recover(entry, now);
    }
  }

  /** All is there that was before a restart; what the configuration names is there from now on. */
  Turn open(long index) {
    this.index = index;
    tokens.open();
    queues.open();
    return turn();
  }

  /** What a turn has changed is written: what it took until then is free again. */
  void written(Changes.OfTurn turn) {
    memory.give(turn.memory());
    turn.contents().forEach(queues::stored);
  }

  /** What a turn has changed may never be written: its bodies stay in memory. */
  void lost(Changes.OfTurn turn) {
    memory.give(turn.memory());
  }

  /** How the journal is from now on. */
  void health(Health its) {
    health = its;
  }

  /** How the journal is. */
  Health health() {
    return health;
  }

  /** How often the journal was forced so far. */
  void forces(long count) {
    forces = count;
  }

  /** How often the journal was forced. */
  long forces() {
    return forces;
  }

  /** Refuses what is to be kept while the disk takes no more. */
  void requireKeeping(Settings its) {
    if (!canKeep(its)) {
      throw new RefusedException(ErrorCode.BUSY, nothingNew());
    }
  }

  /** Whether something new that is to be kept in such a queue can be, or need not be. */
  boolean canKeep(Settings its) {
    return !settings.isKept(its) || health.takesMore();
  }

  /** Why nothing new is kept. */
  String nothingNew() {
    return "nothing new can be kept: " + health.message();
  }

  /** Refuses to hand out for good what would be back after a restart, while nothing is written. */
  void requireWriting(MessageQueue queue) {
    if (!canRemove(queue)) {
      throw new RefusedException(ErrorCode.BUSY, nothingRemoved());
    }
  }

  /** Whether what a take removes from a queue stays away, or need not. */
  boolean canRemove(MessageQueue queue) {
    return !isKept(queue) || health.keeps();
  }

  /** Why no take removes anything. */
  String nothingRemoved() {
    return "no message can be removed by a take: " + health.message();
  }

  /** Whether what a queue holds outlives the process. */
  boolean isKept(MessageQueue queue) {
    return settings.isKept(queue.settings());
  }

  /** The word for how safe a message in a queue is once its put is answered. */
  String durable(MessageQueue queue) {
    return settings.durable(queue.settings());
  }

  /** Whatever goes wrong with one alarm, the others ring. */
  private void ring(long now) {
    while (alarms.next() <= now) {
      try {
        alarms.ring(now);
      } catch (RuntimeException | OutOfMemoryError e) {
        fault("an alarm", e);
      }
    }
  }

  /** Notes a fault for the log; gives the reference under which it stands there. */
  private String fault(String op, Throwable cause) {
    String ref = Long.toString(index, Character.MAX_RADIX) + "." + faults.size();
    faults.add(new Turn.Fault(ref, op, cause));
    return ref;
  }

  /** Those who read again are handed messages again. */
  private void goOnReading(long now) {
    for (Peer peer : reading) {
      peer.session().subscribers().forEach(subscriber -> subscriber.regulate(now));
    }
    reading.clear();
  }

  private Turn turn() {
    pushing.forEach(Subscriber::flush);
    pushing.clear();
    List<Turn.Addressed> departures = new ArrayList<>(dirty.size());
    for (Peer peer : dirty) {
      departures.add(addressed(peer));
    }
    dirty.clear();
    List<Turn.Fault> found = List.copyOf(faults);
    faults.clear();
    return new Turn(departures, alarms.next(), takeChanges(), found);
  }

  private static Turn.Addressed addressed(Peer peer) {
    return new Turn.Addressed(peer.pier(), peer.depart(), peer.takeHandedOut(), peer.takeParcels());
  }

  private Changes.OfTurn takeChanges() {
    Changes.OfTurn all = changes.take();
    if (!settings.isKeeping()) {
      return Changes.OfTurn.NONE;
    }
    memory.take(all.memory());
    return all;
  }

  private void carryOut(Arrival.Requests requests, long now) {
    Peer peer = sessions.peer(requests.connection());
    if (peer == null) {
      return;
    }
    for (Request request : requests.requests()) {
      if (peer.isOver()) {
        return;
      }
      carryOut(peer.session(), request, now);
    }
  }

  private void carryOut(Session session, Request request, long now) {
    try {
      Action action = actions.get(request.op());
      if (action == null) {
        send(session, request.refused(ErrorCode.UNKNOWN_OP, "no operation is called that here"));
      } else if (!isAnsweredAsBefore(session, request)) {
        if (draining && !TO_THE_LAST.contains(request.op())) {
          send(session, request.refused(ErrorCode.SHUTTING_DOWN, "the server is shutting down"));
        } else {
          action.run(session, request, now);
        }
      }
    } catch (RefusedException e) {
      send(session, request.refused(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      send(session, request.faulted(fault(request.op(), e)));
    }
  }

  /**
   * Answers a request that is sent again and has been done before; any other that may change
   * something is noted, so that its answer is kept.
   */
  private boolean isAnsweredAsBefore(Session session, Request request) {
    Answers answers = session.answers();
    if (answers == null || Operation.of(request.op()).filter(Operation::changes).isEmpty()) {
      return false;
    }
    Parcel answer = Requests.isAgain(request) ? answers.find(request.id()) : null;
    if (answer == null) {
      answers.note(request.id());
      return false;
    }
    Parcel again = answer.again();
    if (again.memory() > 0) {
      queues.requireReader(session);
      handOut(session, again.memory());
    }
    post(session, again);
    return true;
  }

  /**
   * Accounts for messages that a reply of this turn hands out: until it is written it keeps them,
   * whatever becomes of them in their queue meanwhile.
   */
  void handOut(Session session, long bytes) {
    memory.take(bytes);
    session.peer().handsOut(bytes);
  }

  /**
   * Messages that were handed out to a connection have been written, or never will be.
   *
   * @return whether a turn is to follow, since somebody may be handed more
   */
  boolean written(String connection, long bytes) {
    memory.give(bytes);
    Peer peer = sessions.peer(connection);
    if (peer == null) {
      return false;
    }
    peer.wrote(bytes);
    boolean follows = peer.isHeldUp() && hasRoom(peer);
    if (follows) {
      peer.holdUp(false);
      reading.add(peer);
    }
    return follows;
  }

  /**
   * Whether a session may be pushed more: no more than a message is on its way to its peer, and
   * none if memory is short. If not, it is looked at again when what is on its way has left. One
   * without a peer may not.
   */
  boolean isFlowing(Session session) {
    Peer peer = session.peer();
    if (peer == null || peer.isOver()) {
      return false;
    }
    boolean flows = hasRoom(peer);
    if (!flows) {
      peer.holdUp(true);
    }
    return flows;
  }

  /** Whether a session may be told so much more, which it could do without. */
  boolean hasRoomFor(Session session, long bytes) {
    return session.unwritten() < window && memory.hasRoom(bytes);
  }

  private boolean hasRoom(Peer peer) {
    return peer.unwritten() == 0 || (peer.unwritten() < window && memory.hasRoom(0));
  }

  /** The index of the turn. */
  long index() {
    return index;
  }

  /** A subscription has gathered messages; they are sent at the end of the turn at the latest. */
  void pushes(Subscriber subscriber) {
    pushing.add(subscriber);
  }

  /** Sends to a session at the end of the turn; if it has no peer, at its resumption. */
  void send(Session session, Reply reply) {
    session.says(reply);
    Peer peer = session.peer();
    if (peer != null) {
      peer.send(reply);
      departs(peer);
    }
  }

  /** Sends an answer that is true once all is kept that was changed until now. */
  void promise(Session session, MessageQueue queue, Reply reply) {
    if (isKept(queue)) {
      post(session, Parcel.promise(reply));
    } else {
      send(session, reply);
    }
  }

  /** Sends what stays behind the messages that were sent before. */
  void sendBehindMessages(Session session, Reply reply) {
    if (session.peer() == null) {
      send(session, reply);
    } else {
      post(session, Parcel.behindMessages(reply));
    }
  }

  /** Sends what may have to wait for the disk. */
  void post(Session session, Parcel parcel) {
    session.says(parcel);
    if (parcel.isAwaited()) {
      changes.await();
    }
    Peer peer = session.peer();
    if (peer != null) {
      peer.post(parcel);
      departs(peer);
    }
  }

  /** There is something for a peer at the end of the turn. */
  void departs(Peer peer) {
    if (peer.becomesDirty()) {
      dirty.add(peer);
    }
  }

  /** Ends a wait for whoever asked for its end. */
  void cancel(Waiter waiter, long now) {
    waiter.end(Ending.CANCELLED, alarms, now);
  }

  private void cut(Peer peer, long now) {
    if (peer != null) {
      sessions.cut(peer, now);
    }
  }

  /** Ends a session and, with a last departure, its connection. */
  void end(Session session, long now) {
    sessions.end(session, now);
  }
}
