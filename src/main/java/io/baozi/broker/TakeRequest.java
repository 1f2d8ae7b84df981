package io.baozi.broker;

import io.baozi.broker.queue.Message;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Take;
import io.baozi.broker.waiting.Ending;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.List;

/** A take that answers its request when it ends. */
final class TakeRequest extends Take {
  /** What an entry of {@code msgs} and its place in {@code sizes} take of a header, in bytes. */
  private static final int ENTRY = 72;

  /** What the rest of the header may take: the queue's name, escaped, is the most of it. */
  private static final int REST = 6 * 1024;

  private final Broker broker;
  private final Session session;
  private final MessageQueue queue;
  private final long id;
  private final FrameLimits limits;
  private long bodyLeft;
  private int headerLeft;

  TakeRequest(
      Broker broker,
      Session session,
      MessageQueue queue,
      Request request,
      FrameLimits limits,
      int max,
      long ttr,
      boolean autoAck) {
    super(session.holder(), max, ttr, autoAck);
    this.broker = broker;
    this.session = session;
    this.queue = queue;
    this.id = request.id();
    this.limits = limits;
  }

  /** A frame has its limits: a take brings no more than one frame may hold. */
  @Override
  protected boolean fits(Message message) {
    if (messages().size() == 1) {
      bodyLeft = limits.maxMessage();
      headerLeft = limits.maxHeader() - REST;
      spend(messages().get(0));
    }
    spend(message);
    return bodyLeft >= 0 && headerLeft >= 0;
  }

  private void spend(Message message) {
    bodyLeft -= message.content().body().length;
    headerLeft -= ENTRY + headersLength(message);
  }

  private static int headersLength(Message message) {
    return message.content().headers() instanceof Json headers ? headers.length() : 0;
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    return switch (ending) {
      case GRANTED -> granted();
      case TIMED_OUT ->
          Reply.refused(id, ErrorCode.EMPTY, "queue " + queue.name() + " has no message ready");
      case CANCELLED -> Reply.refused(id, ErrorCode.CANCELLED, Waits.message(ending));
      case SHUT_DOWN -> Reply.refused(id, ErrorCode.SHUTTING_DOWN, Waits.message(ending));
    };
  }

  private Reply granted() {
    List<Message> messages = messages();
    byte[][] bodies = new byte[messages.size()][];
    long[] sizes = new long[bodies.length];
    Header[] entries = new Header[bodies.length];
    long bytes = 0;
    for (int i = 0; i < bodies.length; i++) {
      Message message = messages.get(i);
      bodies[i] = message.content().body();
      sizes[i] = bodies[i].length;
      bytes += sizes[i];
      entries[i] =
          Header.of(
              "msg",
              message.id(),
              "attempt",
              message.attempt(),
              "headers",
              message.content().headers());
    }
    broker.handOut(session, bytes);
    return Reply.ok(id, "queue", queue.name(), "msgs", Json.array(entries), "sizes", sizes)
        .withBody(Bodies.join(bodies));
  }
}
