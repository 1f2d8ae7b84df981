package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.AsyncResult;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Function;

/**
 * A handler that a queue's messages are pushed to, as long as it is not cancelled.
 *
 * <p>What the handler's future comes to decides on its message: success acknowledges it, failure
 * gives it back, a {@link NackException} as that says. A message whose reservation ran out all the
 * same, since the client was cut off or held up for too long, is consumed again, and nothing is
 * said of it here. What was on its way when the connection of a session with grace was cut comes
 * again likewise, at the end of its ttr.
 */
public final class Subscription {
  private final Exchange exchange;
  private final long sub;
  private final String queue;
  private final int credit;
  private final Function<Message, Future<?>> handler;
  private final Promise<Void> cancelled;
  private final Promise<Void> closed;

  // On the context only.
  private final Renewal renewal;
  private final ArrayDeque<Message> ready = new ArrayDeque<>();
  private int inHand;

  /** Verdicts that the server has not answered. */
  private int unsettled;

  private boolean cancelling;

  /** Whether nothing is pushed any more. */
  private boolean silent;

  /** Hears the answer to a verdict: whatever it says, the message is nobody's here any more. */
  private final Completable<Integer> settled =
      (held, failure) -> {
        unsettled--;
        endIfIdle();
      };

  private Subscription(
      Exchange exchange,
      long sub,
      String queue,
      ConsumeOptions options,
      Duration ttr,
      Function<Message, Future<?>> handler) {
    this.exchange = exchange;
    this.sub = sub;
    this.queue = queue;
    this.credit = options.credit();
    this.handler = handler;
    this.renewal = new Renewal(exchange, ttr.dividedBy(2));
    this.cancelled = exchange.home().promise();
    this.closed = exchange.home().promise();
  }

  /**
   * Subscribes.
   *
   * @param ttr for which the server reserves the messages
   */
  static Future<Subscription> open(
      Exchange exchange,
      String queue,
      ConsumeOptions options,
      Duration ttr,
      Function<Message, Future<?>> handler) {
    Function<Reply, Subscription> made =
        reply -> {
          long sub = (Long) reply.header().get("sub");
          return new Subscription(exchange, sub, queue, options, ttr, handler);
        };
    Promise<Subscription> promise = exchange.home().promise();
    exchange
        .home()
        .run(
            () ->
                exchange
                    .subscriptions()
                    .ask(
                        "queue",
                        queue,
                        "credit",
                        options.credit(),
                        "ttr",
                        Ranges.millis(options.ttr()))
                    .compose(reply -> Client.read(reply, made))
                    .onSuccess(exchange.subscriptions()::add)
                    .onComplete(v -> exchange.subscriptions().answered())
                    .onComplete(promise));
    return promise.future();
  }

  /** Its id, unique in the session. */
  public long sub() {
    return sub;
  }

  /** The queue's name. */
  public String queue() {
    return queue;
  }

  /**
   * Ends it gently: no more messages come, those whose handler was not called yet go to others.
   *
   * @return completes once every handler in hand has ended and its verdict is answered; fails if
   *     the connection is lost before
   */
  public Future<Void> cancel() {
    exchange.home().run(this::beginCancel);
    return cancelled.future();
  }

  /**
   * Its end: completes when it was cancelled, at the same time as that; fails with {@code
   * not_found} when its queue is deleted, and with the reason when the connection ends.
   */
  public Future<Void> closed() {
    return closed.future();
  }

  private void beginCancel() {
    if (cancelling || silent) {
      return;
    }
    cancelling = true;
    ready.forEach(message -> settle(Verdict.RETURN, message.msg()));
    ready.clear();
    exchange.ask(Operation.QUEUE_CANCEL, "sub", sub).onComplete(this::unsubscribed);
  }

  private void unsubscribed(AsyncResult<Reply> answer) {
    exchange.subscriptions().remove(this);
    if (answer.failed() && !isNotFound(answer.cause())) {
      lose(answer.cause());
    } else {
      silent = true;
      endIfIdle();
    }
  }

  private static boolean isNotFound(Throwable cause) {
    return cause instanceof RefusedException refused && refused.code() == ErrorCode.NOT_FOUND;
  }

  /** Its queue is gone, and with it the messages in hand. */
  void end(RefusedException cause) {
    silent = true;
    ready.clear();
    renewal.stop();
    if (!cancelling) {
      closed.tryFail(cause);
    }
    endIfIdle();
  }

  /** Nothing can be said to the server any more. */
  void lose(Throwable cause) {
    silent = true;
    ready.clear();
    renewal.stop();
    closed.tryFail(cause);
    cancelled.tryFail(cause);
  }

  /** A cut is over: what is in hand is held as long as before. */
  void resume() {
    renewal.renew();
  }

  void receive(Deliveries deliveries) {
    for (int i = 0; i < deliveries.size(); i++) {
      Message message = deliveries.message(i);
      if (silent || cancelling) {
        settle(Verdict.RETURN, message.msg());
      } else if (inHand < credit && ready.isEmpty()) {
        begin(message);
      } else {
        ready.add(message);
      }
    }
  }

  private void begin(Message message) {
    inHand++;
    Future<?> done = handled(message);
    if (done.isComplete()) {
      ended(message.msg(), done.cause());
    } else {
      done.onComplete(new Held(message.msg()));
    }
  }

  private Future<?> handled(Message message) {
    try {
      Future<?> done = handler.apply(message);
      if (done != null) {
        return done;
      }
      throw new NullPointerException("the handler of queue " + queue + " returned no future");
    } catch (NackException e) {
      return Future.failedFuture(e);
    } catch (RuntimeException e) {
      exchange.home().report(e);
      return Future.failedFuture(e);
    }
  }

  private void ended(long msg, Throwable failure) {
    inHand--;
    settle(Verdict.of(failure), msg);
    while (inHand < credit && !ready.isEmpty()) {
      begin(ready.poll());
    }
  }

  private void settle(Verdict verdict, long msg) {
    unsettled++;
    exchange.settle(queue, verdict, msg, settled);
  }

  private void endIfIdle() {
    if (silent && inHand == 0 && unsettled == 0) {
      renewal.stop();
      cancelled.tryComplete();
      closed.tryComplete();
    }
  }

  /** A message whose handler is at it. */
  private final class Held extends Renewal.Entry implements Completable<Object> {
    private final long msg;

    Held(long msg) {
      this.msg = msg;
      renewal.add(this);
    }

    @Override
    void touch() {
      // What was held too late is for the verdict to tell.
      exchange.settle(queue, Verdict.TOUCH, msg, (held, failure) -> {});
    }

    @Override
    public void complete(Object result, Throwable failure) {
      exchange
          .home()
          .run(
              () -> {
                renewal.remove(this);
                ended(msg, failure);
              });
    }
  }
}
