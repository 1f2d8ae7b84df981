package io.baozi.flow;

import io.baozi.client.Message;
import io.baozi.client.Queue;
import io.baozi.client.TakeOptions;
import io.baozi.message.ErrorCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * A verticle that empties a queue: it takes messages, as many as it has hands free, gives each to
 * {@link #consume}, and acknowledges it when that has succeeded. A message that failed stays
 * reserved until its ttr ends, and then comes back, to whoever takes it. So a message is consumed
 * at least once: again, if it took longer than its ttr or the server went before the
 * acknowledgement arrived.
 *
 * <p>Everything here runs on the verticle's context, and there one thing at a time. With a {@code
 * concurrency} above 1 on an event loop, several messages are in hand while their futures are open.
 * In a worker a {@code consume} that blocks holds up the other messages of its instance; more
 * instances are what helps. In a virtual thread {@code Future.await} lets the others go on, and
 * other ways to block do not.
 *
 * <p>It needs {@link FlowSettings} in its configuration. When it is stopped it takes no more and
 * waits for what is in hand, half a minute at most; the rest goes back as the session ends. If the
 * server goes away it says so in one line of the log and takes nothing more; it stays deployed,
 * since its deployment's other instances would go with it.
 */
public abstract class Consumer extends VerticleBase {
  /** How long one take waits; the next follows at once, so this is only how often it asks. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** Until a take is tried again that the server was too busy for, in milliseconds. */
  private static final long PAUSE = 1000;

  /** How long a stop waits for what is in hand, in milliseconds. */
  private static final long PATIENCE = 30_000;

  private final Logger log = System.getLogger(getClass().getName());
  private final RareLog failures = new RareLog(log);
  private final LongAdder consumed = new LongAdder();
  private final LongAdder failed = new LongAdder();

  // On the verticle's context only.
  private FlowSettings settings;
  private FlowSession session;
  private Queue queue;
  private final Deque<Message> ready = new ArrayDeque<>();
  private boolean taking;
  private boolean over;
  private int inHand;
  private int acknowledging;
  private final Promise<Void> idle = Promise.promise();

  /** For subclasses. */
  protected Consumer() {}

  /** Connects to the server, {@linkplain #open() opens}, then takes. */
  @Override
  public final Future<?> start() {
    settings = FlowSettings.of(context.config());
    settings.requireQueue();
    return FlowSession.open(vertx, context, settings.address(), this::lost, this::begin)
        .onSuccess(v -> take());
  }

  private Future<Void> begin(FlowSession opened) {
    session = opened;
    queue = opened.queue(settings.queue());
    return Attempt.at("open", this::open).mapEmpty();
  }

  /** Called once, before the first message; a failure fails the deployment. */
  protected Future<?> open() {
    return Future.succeededFuture();
  }

  /**
   * Consumes a message. May block in a worker or a virtual thread.
   *
   * @return success acknowledges the message; failure, or a throw, leaves it to come back
   */
  protected abstract Future<?> consume(Message message);

  /** Called once, when no more messages will come: those in hand had better be done soon. */
  protected void hurry() {}

  /** Called once, when nothing is in hand any more; undoes {@link #open()}. */
  protected Future<?> close() {
    return Future.succeededFuture();
  }

  /** The messages that were consumed; from any thread. */
  public final long consumed() {
    return consumed.sum();
  }

  /** The times that consuming one failed; from any thread. */
  public final long failed() {
    return failed.sum();
  }

  /** What it was deployed with. */
  protected final FlowSettings settings() {
    return settings;
  }

  /** Its own settings, without those of {@link FlowSettings}. */
  @Override
  public JsonObject config() {
    return FlowSettings.own(super.config());
  }

  /** Takes no more, waits for what is in hand, then ends the session. */
  @Override
  public final Future<?> stop() {
    takeNoMore();
    long timer = vertx.setTimer(patience(), v -> leave());
    return idle.future()
        .onComplete(v -> vertx.cancelTimer(timer))
        .transform(v -> session.close())
        .transform(v -> Attempt.at("close", this::close));
  }

  /** As long as {@link #PATIENCE}, but for tests. */
  long patience() {
    return PATIENCE;
  }

  private void leave() {
    if (idle.tryComplete()) {
      log.log(Level.WARNING, settings.name() + " leaves " + inHand + " of its messages unfinished");
    }
  }

  private void take() {
    int free = settings.concurrency() - inHand;
    if (!over && !taking && free > 0) {
      taking = true;
      session
          .here(queue.take(new TakeOptions(free, WAIT, null, false)))
          .onComplete(
              taken -> {
                taking = false;
                taken(taken);
              });
    }
  }

  private void taken(AsyncResult<List<Message>> taken) {
    if (over) {
      return;
    }
    if (taken.failed()) {
      nothing(taken.cause());
      return;
    }
    inHand += taken.result().size();
    ready.addAll(taken.result());
    context.runOnContext(v -> begin());
    take();
  }

  private void nothing(Throwable cause) {
    if (FlowSession.isRefused(cause, ErrorCode.EMPTY)) {
      take();
    } else if (FlowSession.isEnd(cause)) {
      lost(cause);
    } else if (FlowSession.isPassing(cause)) {
      log.log(Level.WARNING, settings.name() + " tries again: " + cause.getMessage());
      vertx.setTimer(PAUSE, timer -> take());
    } else {
      log.log(Level.ERROR, settings.name() + " stops: it may not take", cause);
      takeNoMore();
    }
  }

  /**
   * Each message has a task of its own, asked for before the one ahead of it is consumed: so one
   * that awaits in a virtual thread does not hold up the next, and a stop comes between two that
   * block.
   */
  private void begin() {
    Message message = ready.poll();
    if (message == null) {
      return;
    }
    if (!ready.isEmpty()) {
      context.runOnContext(v -> begin());
    }
    Attempt.at("consume", () -> consume(message))
        .onComplete(done -> session.run(() -> done(message, done)));
  }

  private void done(Message message, AsyncResult<?> done) {
    inHand--;
    if (done.succeeded()) {
      consumed.increment();
      acknowledge(message);
    } else {
      failed.increment();
      failures.warn(
          settings.name()
              + " failed on message "
              + message.msg()
              + " of queue "
              + message.queue()
              + ", attempt "
              + message.attempt()
              + "; it comes back",
          done.cause());
    }
    take();
    settle();
  }

  private void acknowledge(Message message) {
    acknowledging++;
    session
        .here(queue.ack(message))
        .onComplete(
            acked -> {
              acknowledging--;
              unacknowledged(message, acked);
              settle();
            });
  }

  private void unacknowledged(Message message, AsyncResult<Boolean> acked) {
    if (acked.failed() ? FlowSession.isEnd(acked.cause()) : acked.result()) {
      return;
    }
    failures.warn(
        settings.name()
            + " could not acknowledge message "
            + message.msg()
            + " of queue "
            + message.queue()
            + (acked.failed()
                ? ", which may be consumed again"
                : ": its ttr had ended, so it is consumed again"),
        acked.cause());
  }

  private void lost(Throwable cause) {
    if (!over) {
      log.log(Level.INFO, settings.name() + " stops: " + cause.getMessage());
      takeNoMore();
    }
  }

  private void takeNoMore() {
    if (!over) {
      over = true;
      inHand -= ready.size();
      ready.clear();
      try {
        hurry();
      } catch (RuntimeException e) {
        log.log(Level.WARNING, settings.name() + " does not hurry", e);
      }
    }
    settle();
  }

  private void settle() {
    if (over && inHand == 0 && acknowledging == 0) {
      idle.tryComplete();
    }
  }
}
