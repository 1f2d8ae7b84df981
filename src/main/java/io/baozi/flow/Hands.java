package io.baozi.flow;

import io.baozi.client.Message;
import io.baozi.client.NackException;
import io.baozi.client.NackOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The messages that a consumer was given: those that it has in hand, and those that wait for their
 * turn on its context. All but {@link #receive} is on that context.
 */
final class Hands {
  /** A message, and what becomes of it. */
  private record Delivery(Message message, Promise<Void> end) {
    void giveBack() {
      end.fail(new NackException(NackOptions.DEFAULT.withDelay(Duration.ZERO), "not begun", null));
    }
  }

  private final Context context;
  private final Function<Message, Future<?>> consume;
  private final BiConsumer<Message, Throwable> done;
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private final Promise<Void> empty = Promise.promise();
  private int full;
  private boolean closed;

  /**
   * Hands that are empty and open.
   *
   * @param context that everything is done on
   * @param consume what is done with each message
   * @param done told of each message what it failed with, null if it did not
   */
  Hands(
      Context context, Function<Message, Future<?>> consume, BiConsumer<Message, Throwable> done) {
    this.context = context;
    this.consume = consume;
    this.done = done;
  }

  /**
   * Gets a message, on any thread.
   *
   * @return what has become of it
   */
  Future<Void> receive(Message message) {
    Delivery delivery = new Delivery(message, Promise.promise());
    FlowSession.on(context, () -> received(delivery));
    return delivery.end().future();
  }

  private void received(Delivery delivery) {
    if (closed) {
      delivery.giveBack();
      return;
    }
    waiting.add(delivery);
    if (waiting.size() == 1) {
      context.runOnContext(v -> begin());
    }
  }

  /**
   * Each message has a task of its own, asked for before the one ahead of it is consumed: so one
   * that awaits in a virtual thread does not hold up the next, and a stop comes between two that
   * block.
   */
  private void begin() {
    Delivery delivery = waiting.poll();
    if (delivery == null) {
      return;
    }
    if (!waiting.isEmpty()) {
      context.runOnContext(v -> begin());
    }
    full++;
    consume
        .apply(delivery.message())
        .onComplete(consumed -> FlowSession.on(context, () -> ended(delivery, consumed.cause())));
  }

  private void ended(Delivery delivery, Throwable failure) {
    full--;
    done.accept(delivery.message(), failure);
    if (failure == null) {
      delivery.end().complete();
    } else {
      delivery.end().fail(failure);
    }
    settle();
  }

  /** Gives back at once what is not begun, and from now on what still comes. */
  void close() {
    closed = true;
    waiting.forEach(Delivery::giveBack);
    waiting.clear();
    settle();
  }

  private void settle() {
    if (closed && full == 0) {
      empty.tryComplete();
    }
  }

  /** How many messages are in hand. */
  int full() {
    return full;
  }

  /** Completes when they are closed, and nothing is in hand any more. */
  Future<Void> empty() {
    return empty.future();
  }
}
