package io.baozi.broker;

import io.baozi.broker.queue.Message;
import io.baozi.broker.queue.Subscription;
import io.baozi.broker.waiting.Ending;
import io.baozi.frame.FrameLimits;
import io.baozi.message.Reply;

/** A subscription of a session: what a turn has for it is pushed in as few frames as may be. */
final class Subscriber extends Subscription {
  private final Broker broker;
  private final Session session;
  private final FrameLimits limits;
  private final long sub;
  private MessageFrame frame;
  private FrameRoom room;

  Subscriber(Broker broker, Session session, FrameLimits limits, long sub, int credit, long ttr) {
    super(session.holder(), credit, ttr);
    this.broker = broker;
    this.session = session;
    this.limits = limits;
    this.sub = sub;
  }

  /** Its name in its session. */
  long sub() {
    return sub;
  }

  /** A session that does not read what it was sent is sent no more. */
  @Override
  protected boolean isFlowing() {
    return broker.isFlowing(session);
  }

  @Override
  protected void push(Message message) {
    if (frame != null && !room.take(message)) {
      flush();
    }
    if (frame == null) {
      frame = new MessageFrame(1);
      room = new FrameRoom(limits);
      room.take(message);
      broker.pushes(this);
    }
    frame.add(message);
    broker.handOut(session, MessageFrame.memory(message));
  }

  /** Sends what has gathered. */
  void flush() {
    if (frame != null) {
      MessageFrame full = frame;
      frame = null;
      Reply push = Reply.push("queue.message", "sub", sub, "queue", queue().name());
      broker.post(session, Parcel.messages(push, full, false));
    }
  }

  @Override
  protected void ended(Ending ending, long now) {
    flush();
    session.noLongerConsumes(sub);
    if (ending == Ending.DELETED) {
      broker.sendBehindMessages(session, Reply.push("queue.cancelled", "sub", sub));
    }
  }
}
