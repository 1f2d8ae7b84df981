package io.baozi.broker;

import io.baozi.broker.queue.Message;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Take;
import io.baozi.broker.waiting.Ending;
import io.baozi.frame.FrameLimits;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.List;

/** A take that answers its request when it ends. */
final class TakeRequest extends Take {
  private final Broker broker;
  private final Session session;
  private final List<MessageQueue> queues;
  private final long id;
  private final FrameLimits limits;
  private FrameRoom room;

  /** A take of a session from the first of these queues that has something. */
  TakeRequest(
      Broker broker,
      Session session,
      List<MessageQueue> queues,
      Request request,
      FrameLimits limits,
      TakeTerms terms) {
    super(session.holder(), terms.max(), terms.ttr(), terms.autoAck());
    this.broker = broker;
    this.session = session;
    this.queues = queues;
    this.id = request.id();
    this.limits = limits;
  }

  /** A frame has its limits: a take brings no more than one frame may hold. */
  @Override
  protected boolean fits(Message message) {
    if (room == null) {
      room = new FrameRoom(limits);
      room.take(messages().get(0));
    }
    return room.take(message);
  }

  /** While it waited, the disk may have begun to fail. */
  @Override
  public Ending obstacle() {
    Ending obstacle = super.obstacle();
    return obstacle == null && isAutoAck() && !queues.stream().allMatch(broker::canRemove)
        ? Ending.NOT_KEPT
        : obstacle;
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    if (ending == Ending.GRANTED) {
      granted();
    } else {
      broker.send(session, refused(ending));
    }
  }

  private Reply refused(Ending ending) {
    return Reply.refused(id, Waits.code(ending, ErrorCode.EMPTY), message(ending));
  }

  private String message(Ending ending) {
    return ending == Ending.NOT_KEPT
        ? broker.nothingRemoved()
        : Waits.message(ending, this::empty, "queue " + deleted());
  }

  private void granted() {
    MessageFrame frame = MessageFrame.of(messages());
    Reply reply = Reply.ok(id, "queue", source().name());
    broker.handOut(session, frame.memory());
    broker.post(session, Parcel.messages(reply, frame, isAutoAck() && broker.isKept(source())));
  }

  private String empty() {
    if (queues.size() > 1) {
      return "none of the " + queues.size() + " queues has a message ready";
    }
    MessageQueue queue = queues.get(0);
    return "queue " + queue.name() + (queue.isPaused() ? " is paused" : " has no message ready");
  }

  /** The queue whose end may have ended the wait. */
  private String deleted() {
    return queues.stream().filter(MessageQueue::isDeleted).findFirst().orElse(queues.get(0)).name();
  }
}
