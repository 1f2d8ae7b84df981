package io.baozi.flow;

import io.baozi.client.ConsumeOptions;
import io.baozi.client.Message;
import io.baozi.client.NackException;
import io.baozi.client.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/**
 * A verticle that empties a queue: it has messages pushed to it, as many as it has hands free,
 * gives each to {@link #consume}, and acknowledges it when that has succeeded. A message that
 * failed is given back at once, to come again, to whoever is next, after the queue's {@code
 * backoff}; when it has come back as often as the queue's {@code attempts} allow, it is dead. A
 * failure with a {@link NackException} says itself how the message is given back: {@link
 * NackException#dead} if it never is to come again.
 *
 * <p>A message stays reserved as long as it is in hand, however long that is. It is consumed at
 * least once: again, if the server went before the acknowledgement arrived, or if an event loop was
 * blocked for longer than the message's ttr.
 *
 * <p>Everything here runs on the verticle's context, and there one thing at a time. With a {@code
 * concurrency} above 1 on an event loop, several messages are in hand while their futures are open.
 * In a worker a {@code consume} that blocks holds up the other messages of its instance; more
 * instances are what helps. In a virtual thread {@code Future.await} lets the others go on, and
 * other ways to block do not.
 *
 * <p>It needs {@link FlowSettings} in its configuration. When it is stopped it gives back at once
 * what {@code consume} was not called with yet, and waits for the rest, half a minute at most; what
 * is left then goes back as the session ends. If the server or the queue goes away it says so in
 * one line of the log and does nothing more; it stays deployed, since its deployment's other
 * instances would go with it.
 */
public abstract class Consumer extends VerticleBase {
  /** Until it asks again for messages that the server was too busy for, in milliseconds. */
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
  private Subscription subscription;
  private Hands hands;
  private boolean over;

  /** For subclasses. */
  protected Consumer() {}

  /** Connects to the server, {@linkplain #open() opens}, then subscribes to the queue. */
  @Override
  public final Future<?> start() {
    settings = FlowSettings.of(context.config());
    settings.requireQueue();
    hands = new Hands(context, this::attempt, this::count);
    return FlowSession.open(vertx, context, settings.address(), this::lost, this::begin);
  }

  private Future<Void> begin(FlowSession opened) {
    session = opened;
    return Attempt.at("open", this::open)
        .map(
            v -> {
              subscribe();
              return null;
            });
  }

  /**
   * Called once, before the first message; a failure fails the deployment.
   *
   * <p>What it leaves for later it is to leave before its future completes, so in {@code map} and
   * not in {@code onSuccess}: a handler may be told after those who go on with the future.
   */
  protected Future<?> open() {
    return Future.succeededFuture();
  }

  /**
   * Consumes a message. May block in a worker or a virtual thread.
   *
   * @return success acknowledges the message; failure, or a throw, gives it back, a {@link
   *     NackException} as that says
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

  /** Lets no more messages come, waits for what is in hand, then ends the session. */
  @Override
  public final Future<?> stop() {
    quit();
    Promise<Void> left = Promise.promise();
    long timer = vertx.setTimer(patience(), v -> leave(left));
    hands.empty().transform(v -> cancelled()).onComplete(v -> session.run(left::tryComplete));
    return left.future()
        .onComplete(v -> vertx.cancelTimer(timer))
        .transform(v -> session.close())
        .transform(v -> Attempt.at("close", this::close));
  }

  /** Completes once the server knows what has become of every message. */
  private Future<Void> cancelled() {
    return subscription == null ? Future.succeededFuture() : subscription.cancel();
  }

  /** As long as {@link #PATIENCE}, but for tests. */
  long patience() {
    return PATIENCE;
  }

  private void leave(Promise<Void> left) {
    if (left.tryComplete()) {
      log.log(
          Level.WARNING,
          settings.name() + " leaves " + hands.full() + " of its messages unfinished");
    }
  }

  private void subscribe() {
    if (!over) {
      ConsumeOptions options = new ConsumeOptions(settings.concurrency(), settings.ttr());
      session
          .here(session.queue(settings.queue()).consume(options, hands::receive))
          .onSuccess(this::subscribed)
          .onFailure(this::ended);
    }
  }

  private void subscribed(Subscription opened) {
    subscription = opened;
    if (over) {
      opened.cancel();
    }
    session.here(opened.closed()).onFailure(this::ended);
  }

  /** No messages come, or none any more. */
  private void ended(Throwable cause) {
    if (over) {
      return;
    }
    if (FlowSession.isEnd(cause)) {
      lost(cause);
    } else if (FlowSession.isPassing(cause)) {
      log.log(Level.WARNING, settings.name() + " tries again: " + cause.getMessage());
      vertx.setTimer(PAUSE, timer -> subscribe());
    } else {
      log.log(
          Level.ERROR,
          settings.name() + " stops: it gets no messages of queue " + settings.queue(),
          cause);
      quit();
    }
  }

  private Future<?> attempt(Message message) {
    return Attempt.at("consume", () -> consume(message));
  }

  private void count(Message message, Throwable failure) {
    if (failure == null) {
      consumed.increment();
    } else {
      failed.increment();
      failures.warn(complaint(message, failure), failure);
    }
  }

  private String complaint(Message message, Throwable cause) {
    boolean dead = cause instanceof NackException nack && nack.options().dead();
    return settings.name()
        + " failed on message "
        + message.msg()
        + " of queue "
        + message.queue()
        + ", attempt "
        + message.attempt()
        + (dead ? "; it is given up" : "; it is given back");
  }

  private void lost(Throwable cause) {
    if (!over) {
      log.log(Level.INFO, settings.name() + " stops: " + cause.getMessage());
      quit();
    }
  }

  /** First lets nothing come any more, or what is given back would come here again. */
  private void quit() {
    if (!over) {
      over = true;
      cancelled();
      hands.close();
      try {
        hurry();
      } catch (RuntimeException e) {
        log.log(Level.WARNING, settings.name() + " does not hurry", e);
      }
    }
  }
}
