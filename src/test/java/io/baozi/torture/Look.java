package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.client.Message;
import io.baozi.client.PeekOptions;
import io.baozi.client.Queue;
import io.baozi.client.QueueDeclaration;
import io.baozi.client.QueueStats;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Looked;
import io.baozi.torture.Event.Sighting;
import io.baozi.torture.Event.State;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A look at all that a server has, before anybody works on it. */
final class Look {
  private static final int PAGE = 1_000;

  /** What may become ready meanwhile is looked at before. */
  private static final List<State> ORDER =
      List.of(State.DELAYED, State.RESERVED, State.READY, State.DEAD);

  private final Client client;

  Look(Client client) {
    this.client = client;
  }

  void take(Checker checker) {
    for (Plan plan : Plan.values()) {
      checker.see(found(plan));
    }
    checker.see(new Looked(System.currentTimeMillis()));
  }

  private Found found(Plan plan) {
    Queue queue = client.queue(plan.queue());
    try {
      QueueStats stats = await(queue.stats());
      String settings = await(queue.declare(QueueDeclaration.DEFAULT)).toString();
      return new Found(plan, settings, stats.paused(), messages(queue));
    } catch (RefusedException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      return new Found(plan, "", false, List.of());
    }
  }

  private static List<Sighting> messages(Queue queue) {
    List<Sighting> all = new ArrayList<>();
    for (State state : ORDER) {
      PeekOptions page =
          PeekOptions.DEFAULT.withState(PeekOptions.State.valueOf(state.name())).withMax(PAGE);
      List<Message> messages = await(queue.peek(page));
      while (!messages.isEmpty()) {
        messages.forEach(message -> all.add(sighting(state, message)));
        long last = messages.get(messages.size() - 1).msg();
        messages = await(queue.peek(page.withAfter(last)));
      }
    }
    return all;
  }

  private static Sighting sighting(State state, Message message) {
    long number = Content.number(message.body(), message.headers());
    return new Sighting(
        state,
        number,
        message.msg(),
        message.attempt(),
        Content.fault(number, message.body(), message.headers()));
  }

  /** Blocks; not on an event loop. */
  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RefusedException refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
