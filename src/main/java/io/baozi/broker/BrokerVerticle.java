package io.baozi.broker;

import io.baozi.bus.Arrival;
import io.baozi.bus.Batches;
import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.journal.Journal;
import io.baozi.journal.JournalException;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Hosts the {@link Broker} on the event bus. What arrives in one go of the event loop is one turn,
 * unless it is very much; when nothing arrives and something is due, it makes a turn of its own.
 * All fields belong to its event loop.
 */
public final class BrokerVerticle extends VerticleBase {
  private static final Logger LOG = System.getLogger(BrokerVerticle.class.getName());
  private static final long NO_TIMER = -1;

  /**
   * So many bytes of bodies has a turn at most, but for an arrival alone: it is written at once.
   */
  private static final long MOST = Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 16);

  private final ServiceBus bus;
  private final Batches batches;
  private final Broker broker;

  /** Null if nothing is kept. */
  private final Journal journal;

  /** Time never goes back: the clock is read once, what passes since is counted. */
  private final long startedAt = System.currentTimeMillis();

  private final long startedNanos = System.nanoTime();

  private Dispatch dispatch;
  private MessageConsumer<?> consumer;
  private List<Arrival> arrived = new ArrayList<>();
  private long index;
  private long timer = NO_TIMER;
  private long timerDue = Long.MAX_VALUE;

  /** Whether nothing is carried out any more. */
  private boolean stopped;

  /** A broker that is reached over this bus and keeps nothing on disk. */
  public BrokerVerticle(ServiceBus bus, BrokerSettings settings) {
    this(bus, settings, null);
  }

  /**
   * A broker that is reached over this bus.
   *
   * @param journal which keeps what is to outlive the process, and is closed with the verticle; not
   *     null if the settings say when to force it
   */
  public BrokerVerticle(ServiceBus bus, BrokerSettings settings, Journal journal) {
    if (settings.isKeeping() != (journal != null)) {
      throw new IllegalArgumentException("a journal, and when to force it, go together");
    }
    this.bus = Objects.requireNonNull(bus, "bus");
    this.batches = new Batches(bus);
    this.broker = new Broker(settings, startedAt);
    this.journal = journal;
  }

  /**
   * Brings back what the journal has kept. May take long, so not for an event loop; to be called
   * before the verticle is deployed.
   *
   * @throws JournalException if the journal is damaged, or if the settings do not go with it
   */
  public void recover() throws JournalException {
    if (journal != null) {
      try {
        journal.recover(entry -> broker.recover(entry, startedAt));
      } catch (IllegalStateException e) {
        throw new JournalException(e.getMessage(), e);
      }
    }
  }

  @Override
  public Future<?> start() {
    dispatch = new Dispatch(broker, journal, this::runOnLoop, this::depart);
    return open()
        .compose(
            v -> {
              consumer = bus.serve(Service.BROKER, this::receive);
              return consumer.completion();
            })
        .recover(e -> closeJournal().transform(v -> Future.failedFuture(e)));
  }

  /** Nobody is given a number before it is on disk up to which they are given. */
  private Future<Void> open() {
    if (journal == null) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    send(broker.open(++index));
    dispatch.whenSettled(
        kept -> {
          if (kept) {
            promise.complete();
          } else {
            promise.fail(
                new JournalException("the start cannot be kept: " + broker.health().message()));
          }
        });
    return promise.future();
  }

  /** Carries out what has arrived, and no more: the journal takes nothing once it is closed. */
  @Override
  public Future<?> stop() {
    turn();
    send(broker.end(++index, now()));
    stopped = true;
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
    }
    return consumer.unregister().eventually(this::closeJournal);
  }

  private Future<Void> closeJournal() {
    return journal == null
        ? Future.succeededFuture()
        : Future.fromCompletionStage(journal.close(), context);
  }

  /**
   * From now on every request is answered {@code shutting_down}, those that wait included.
   *
   * @return completes once these answers are on their way
   */
  public Future<Void> drain() {
    Promise<Void> promise = Promise.promise();
    context.runOnContext(
        v -> {
          if (!stopped) {
            turn();
            send(broker.drain(++index, now()));
          }
          promise.complete();
        });
    return promise.future();
  }

  private long now() {
    return startedAt + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }

  private void runOnLoop(Runnable task) {
    context.runOnContext(
        v -> {
          task.run();
          batches.leave();
        });
  }

  private void receive(Arrival arrival) {
    arrived.add(arrival);
    if (arrived.size() == 1) {
      context.runOnContext(v -> turn());
    }
  }

  private void turn() {
    if (stopped) {
      return;
    }
    List<Arrival> arrivals = arrived;
    arrived = new ArrayList<>();
    int to = 0;
    try {
      do {
        int from = to;
        to = end(arrivals, from);
        send(broker.apply(++index, now(), arrivals.subList(from, to)));
      } while (to < arrivals.size());
    } finally {
      arrivals
          .subList(to, arrivals.size())
          .forEach(this::receive); // a turn that fails is one alone
    }
  }

  /** Where the turn ends that begins with an arrival. */
  private static int end(List<Arrival> arrivals, int from) {
    int to = from;
    long left = MOST;
    while (to < arrivals.size() && (to == from || arrivals.get(to).size() <= left)) {
      left -= arrivals.get(to).size();
      to++;
    }
    return to;
  }

  private void send(Turn turn) {
    wakeAt(turn.due());
    dispatch.send(turn);
    batches.leave();
    for (Turn.Fault fault : turn.faults()) {
      LOG.log(Level.ERROR, "fault " + fault.ref() + " in " + fault.op(), fault.cause());
    }
  }

  /** Tells the broker when what it handed out has left. */
  private void depart(String replyTo, Departure departure, long bytes) {
    Departure accounted =
        bytes == 0
            ? departure
            : departure.thenRun(
                () -> context.runOnContext(v -> written(departure.connection(), bytes)));
    batches.depart(replyTo, accounted);
  }

  private void written(String connection, long bytes) {
    if (broker.written(connection, bytes) && arrived.isEmpty()) {
      turn();
    }
  }

  /**
   * A timer that rings too early makes an empty turn, which sets it again: cheaper than moving it.
   */
  private void wakeAt(long due) {
    if (due >= timerDue) {
      return;
    }
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
    }
    timerDue = due;
    timer =
        vertx.setTimer(
            Math.max(1, due - now()),
            t -> {
              timer = NO_TIMER;
              timerDue = Long.MAX_VALUE;
              turn();
            });
  }
}
