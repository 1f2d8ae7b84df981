package io.baozi.flow;

import io.baozi.client.PutOptions;
import io.baozi.client.Receipt;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/**
 * A verticle that fills a queue: the base class of those that are told when there is something to
 * put, by a socket or a timer. For those that can be asked for it see {@link PullProducer}.
 *
 * <p>{@link #put} completes once the queue has the message; in a full queue that takes until there
 * is room. A producer that waits for it before it makes more is never faster than its consumers.
 *
 * <p>Everything here runs on the verticle's context, whatever its threading. It needs {@link
 * FlowSettings} in its configuration. If the server goes away, the producer says so in one line of
 * the log and does nothing more; it stays deployed, since its deployment's other instances would go
 * with it.
 */
public abstract class Producer extends VerticleBase {
  private final Logger log = System.getLogger(getClass().getName());
  private final LongAdder accepted = new LongAdder();

  // On the verticle's context only.
  private FlowSettings settings;
  private FlowSession session;
  private Future<Void> closed;

  /** For subclasses. */
  protected Producer() {}

  /** Connects to the server, then {@linkplain #open() opens}. */
  @Override
  public final Future<?> start() {
    settings = FlowSettings.of(context.config());
    settings.requireQueue();
    return FlowSession.open(vertx, context, settings.address(), this::lost, this::begin);
  }

  private Future<Void> begin(FlowSession opened) {
    session = opened;
    return Attempt.at("open", this::open)
        .map(
            v -> {
              run();
              return null;
            });
  }

  /**
   * Called once, as soon as messages can be put; a failure fails the deployment.
   *
   * <p>What it leaves for later it is to leave before its future completes, so in {@code map} and
   * not in {@code onSuccess}: a handler may be told after those who go on with the future.
   */
  protected Future<?> open() {
    return Future.succeededFuture();
  }

  /** Called once, before the session ends; undoes {@link #open()}. */
  protected Future<?> close() {
    return Future.succeededFuture();
  }

  /** What it does of itself once it is open; a throw fails the deployment. */
  void run() {}

  /** Puts a message as its settings say. */
  protected final Future<Receipt> put(Buffer body) {
    return put(body, settings.put());
  }

  /**
   * Puts a message with options of its own, whatever its settings say.
   *
   * @param body is handed over, not copied: it must not be changed afterwards
   * @param options its wait for room is, unless given, as long as the session lives
   * @return completes once the queue has it; fails with a {@link RefusedException}, or an {@link
   *     java.io.IOException} if the session ended
   */
  protected final Future<Receipt> put(Buffer body, PutOptions options) {
    if (session == null) {
      throw new IllegalStateException("a producer puts from open() on, not before");
    }
    if (body.length() > maxMessage()) {
      return Future.failedFuture(
          new RefusedException(
              ErrorCode.TOO_LARGE,
              "a message of " + body.length() + " bytes, maxMessage is " + maxMessage()));
    }
    return session
        .here(session.queue(settings.queue()).put(body, options))
        .map(
            receipt -> {
              accepted.increment();
              return receipt;
            });
  }

  /** The messages that the queue has accepted; from any thread. */
  public final long accepted() {
    return accepted.sum();
  }

  /** What it was deployed with. */
  protected final FlowSettings settings() {
    return settings;
  }

  /** The longest message that the server takes, in bytes; known from {@link #open()} on. */
  protected final int maxMessage() {
    return session.maxMessage();
  }

  /** Its own settings, without those of {@link FlowSettings}. */
  @Override
  public JsonObject config() {
    return FlowSettings.own(super.config());
  }

  /** Ends the session; what waits for room is not put. */
  @Override
  public final Future<?> stop() {
    return shut();
  }

  FlowSession session() {
    return session;
  }

  Logger log() {
    return log;
  }

  /** Whether it has stopped, or is about to. */
  final boolean isOver() {
    return closed != null;
  }

  private void lost(Throwable cause) {
    quit(Level.INFO, "stops: " + cause.getMessage(), null);
  }

  /** Ends its work, with one line in the log; does nothing if it has ended. */
  final void quit(Level level, String sentence, Throwable cause) {
    if (!isOver()) {
      log.log(level, settings.name() + ' ' + sentence, cause);
      shut();
    }
  }

  /** Ends its work because of a failure: an error, unless the server has just gone. */
  final void quit(String sentence, Throwable cause) {
    if (FlowSession.isEnd(cause)) {
      lost(cause);
    } else {
      quit(Level.ERROR, sentence, cause);
    }
  }

  private Future<Void> shut() {
    if (closed == null) {
      closed = Future.succeededFuture();
      closed =
          Attempt.at("close", this::close)
              .onFailure(e -> log.log(Level.WARNING, settings.name() + " did not close", e))
              .transform(v -> session.close());
    }
    return closed;
  }
}
