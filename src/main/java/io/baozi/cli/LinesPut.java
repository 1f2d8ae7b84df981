package io.baozi.cli;

import io.baozi.client.PutOptions;
import io.baozi.client.Queue;
import io.baozi.client.Receipt;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lines on their way into a queue, a message each, many at a time and in order. A thread of its own
 * reads, so that a source that has nothing to say does not hold up the end.
 */
final class LinesPut {
  private static final int MOST_MESSAGES = 8192;
  private static final long MOST_BYTES = 8 << 20;

  private final Session session;
  private final Queue queue;
  private final Lines lines;
  private final PutOptions whole;
  private final PutOptions cut;
  private final Window window = new Window(MOST_MESSAGES, MOST_BYTES);
  private final Progress progress = new Progress();
  private final Optional<RoomWatch> watch;

  /** Messages answered in this turn of the event loop, and their bytes; event loop only. */
  private int answered;

  private long answeredBytes;

  /** Completes when reading is over: with null at the end of the source, or else with the fault. */
  private final CompletableFuture<Throwable> read = new CompletableFuture<>();

  /**
   * @param whole how to put a line
   * @param cut how to put a last line that no newline ends
   * @param note is told what holds the lines up; nothing is, if nobody watches
   */
  LinesPut(
      Session session,
      Queue queue,
      Lines lines,
      PutOptions whole,
      PutOptions cut,
      Optional<Consumer<String>> note) {
    this.session = session;
    this.queue = queue;
    this.lines = lines;
    this.whole = whole;
    this.cut = cut;
    this.watch = note.map(told -> new RoomWatch(queue, progress, told));
  }

  /** Puts all lines; gives how many, or fails saying how far it came. */
  long run() {
    Thread reader = new Thread(this::read, "lines");
    reader.setDaemon(true);
    reader.start();
    try {
      awaitAnswers();
    } catch (Failure interrupted) {
      window.close();
      throw interrupted.adding(progress.summary(queue.name()));
    }
    Throwable cause = progress.refused().getNow(read.getNow(null));
    if (cause != null) {
      throw session.failure(cause).adding(progress.summary(queue.name()));
    }
    return progress.acknowledged();
  }

  /**
   * What was sent is answered, however long its wait; but once one is refused nothing more is read,
   * and what is under way has the client's timeout left.
   */
  private void awaitAnswers() {
    Duration timeout = session.client().options().timeout();
    await(CompletableFuture.anyOf(read, progress.refused()));
    window.close();
    await(CompletableFuture.anyOf(window.drained(), progress.refused()));
    session.await(
        window.drained().copy().completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void await(CompletableFuture<Object> end) {
    watch.ifPresent(watching -> watching.await(session, end));
    session.await(end);
  }

  private void read() {
    try {
      Lines.Block block = lines.next();
      while (block != null && window.enter(block.lines().size(), block.bytes())) {
        send(block);
        block = lines.next();
      }
      read.complete(null);
    } catch (InterruptedException | RuntimeException e) {
      read.complete(e);
    }
  }

  private void send(Lines.Block block) {
    long first = progress.send(block.lines().size());
    session
        .context()
        .runOnContext(
            v -> {
              int last = block.lines().size() - 1;
              for (int i = 0; i <= last; i++) {
                put(first + i, block.lines().get(i), block.isCut() && i == last ? cut : whole);
              }
            });
  }

  private void put(long line, Buffer body, PutOptions options) {
    queue.put(body, options).onComplete(result -> answered(line, body.length(), result));
  }

  private void answered(long line, int bytes, AsyncResult<Receipt> result) {
    if (result.succeeded()) {
      progress.acknowledge(line);
    } else {
      window.close();
      progress.refuse(result.cause());
    }
    if (answered == 0) {
      session.context().runOnContext(v -> release());
    }
    answered++;
    answeredBytes += bytes;
  }

  /** Makes room once a whole answer is read: were a part of it a refusal, no more is to be sent. */
  private void release() {
    window.leave(answered, answeredBytes);
    answered = 0;
    answeredBytes = 0;
  }
}
