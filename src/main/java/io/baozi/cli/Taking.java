package io.baozi.cli;

import io.baozi.client.Message;
import io.baozi.client.TakeOptions;
import io.vertx.core.Future;
import java.util.List;

/**
 * Messages on their way out of queues, in order: while some are written the next are taken, and
 * what is written is acknowledged.
 */
final class Taking {
  private final Session session;
  private final List<String> queues;
  private final TakeOptions options;
  private final Acknowledgements acknowledgements;
  private final MessageWriter writer;
  private long taken;

  /**
   * @param queues to take from, the first that has something
   * @param options how to take; its max is that of one batch
   */
  Taking(
      Session session,
      List<String> queues,
      TakeOptions options,
      Shell shell,
      MessageWriter.Style style) {
    this.session = session;
    this.queues = queues;
    this.options = options;
    this.acknowledgements = new Acknowledgements(session);
    this.writer =
        new MessageWriter(shell, style, options.autoAck() ? written -> {} : acknowledgements::add);
  }

  /** Takes so many messages; fails with {@code empty} once there are none. */
  void run(long count) {
    try {
      takeAndWrite(count);
    } catch (RuntimeException e) {
      acknowledgements.confirm();
      throw e;
    }
    acknowledgements.confirm();
  }

  /** How many messages have been taken so far. */
  long taken() {
    return taken;
  }

  private void takeAndWrite(long count) {
    long left = count;
    Future<List<Message>> next = take(left);
    while (left > 0) {
      List<Message> messages = session.await(next);
      taken += messages.size();
      left -= messages.size();
      if (left > 0) {
        next = take(left);
      }
      writer.write(messages);
    }
  }

  private Future<List<Message>> take(long left) {
    int most = (int) Math.min(options.max(), left);
    return session.client().take(queues, options.withMax(most));
  }
}
