package io.baozi.cli;

import io.baozi.client.Message;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;

/** Acknowledgements under way, a bounded number of them. Used by one thread. */
final class Acknowledgements {
  private static final int MOST_UNDER_WAY = 64;

  /** One request, for so many messages. */
  private record Ack(int messages, Future<Integer> acked) {}

  private final Session session;
  private final ArrayDeque<Ack> underWay = new ArrayDeque<>();
  private long missing;
  private Failure fault;

  Acknowledgements(Session session) {
    this.session = session;
  }

  /** Acknowledges messages of one queue, soon. */
  void add(List<Message> messages) {
    String queue = messages.get(0).queue();
    underWay.add(new Ack(messages.size(), session.client().queue(queue).ack(messages)));
    if (underWay.size() > MOST_UNDER_WAY) {
      confirmOldest();
    }
  }

  /** Waits for all; fails if some of the messages were not this session's any more. */
  void confirm() {
    while (!underWay.isEmpty()) {
      confirmOldest();
    }
    if (fault != null) {
      throw fault.adding(
          Progress.messages(missing)
              + " written, but not known to be acknowledged, may come again");
    }
    if (missing > 0) {
      throw new Failure(
          "not_owner",
          Progress.messages(missing)
              + " written, but too late to be acknowledged, may come again; --ttr reserves them"
              + " for longer, --max-batch takes fewer at a time",
          Exit.FAILED);
    }
  }

  private void confirmOldest() {
    Ack ack = underWay.poll();
    try {
      missing += ack.messages - session.settle(ack.acked);
    } catch (Failure failure) {
      fault = fault == null ? failure : fault;
      missing += ack.messages;
    }
  }
}
