package io.baozi.cli;

import io.baozi.client.Queue;
import io.baozi.client.QueueStats;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells a person who watches, now and then, that messages wait for room in their queue. Used by one
 * thread.
 */
final class RoomWatch {
  /** From one look to the next. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Looks from one word to the next, at least. */
  private static final int LOOKS = 5;

  private final Queue queue;
  private final Progress progress;
  private final Consumer<String> note;

  /** Messages that were sent when it looked last. */
  private long sent;

  private int looksLeft;

  RoomWatch(Queue queue, Progress progress, Consumer<String> note) {
    this.queue = queue;
    this.progress = progress;
    this.note = note;
  }

  /** Looks until this is done; fails if it does, or if the command is asked to end. */
  void await(Session session, CompletableFuture<?> end) {
    while (!end.isDone()) {
      session.await(
          end.<Object>thenApply(done -> done)
              .completeOnTimeout(null, INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
      look();
    }
  }

  /**
   * Asks the server for the cause if a message that was sent at the last look has no answer yet.
   */
  private void look() {
    boolean isHeld = progress.isOpen(sent);
    sent = progress.sent();
    looksLeft--;
    if (isHeld && looksLeft <= 0) {
      looksLeft = LOOKS;
      queue.stats().onSuccess(this::say);
    }
  }

  private void say(QueueStats stats) {
    if (stats.waitingPuts() > 0) {
      note.accept(
          "waiting for room in %s, which holds %d of %d messages; %s acknowledged so far"
              .formatted(
                  stats.queue(),
                  stats.ready() + stats.delayed() + stats.reserved(),
                  stats.capacity(),
                  Progress.messages(progress.acknowledged())));
    }
  }
}
