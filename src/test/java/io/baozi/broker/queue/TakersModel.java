package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.List;

/** The consumers' side of a queue of the model: who waits for messages, and has them. */
final class TakersModel {
  private final QueueModel queue;

  /** Takes that wait and subscriptions that may have one more, in the order in which they came. */
  private final List<WaitModel> line = new ArrayList<>();

  private final List<SubscriptionModel> subscriptions = new ArrayList<>();

  TakersModel(QueueModel queue) {
    this.queue = queue;
  }

  List<WaitModel> line() {
    return line;
  }

  List<SubscriptionModel> subscriptions() {
    return subscriptions;
  }

  void arrive(SubscriptionModel subscription, long now) {
    subscription.queues = List.of(queue);
    subscriptions.add(subscription);
    regulate(subscription);
    queue.settle(now);
  }

  /** A subscription stands in the line while it may have one more. */
  void regulate(SubscriptionModel subscription) {
    if (!subscription.isEager()) {
      line.remove(subscription);
    } else if (!line.contains(subscription)) {
      line.add(subscription);
    }
  }

  /** The first has its turn if there is a message. */
  boolean serveOne(long now) {
    if (queue.paused || line.isEmpty() || queue.count(State.READY) == 0) {
      return false;
    }
    if (line.get(0) instanceof TakeModel take) {
      serve(take, now);
    } else {
      serve((SubscriptionModel) line.get(0), now);
    }
    return true;
  }

  /** A take has as many as it asks for and its answer holds, the first one in any case. */
  private void serve(TakeModel take, long now) {
    int bytes = 0;
    for (MessageModel message : queue.in(State.READY)) {
      bytes += message.length;
      boolean fits = take.taken.size() < take.max && bytes <= QueueFixture.FITS;
      if (!take.taken.isEmpty() && !fits) {
        break;
      }
      handOut(message);
      take.taken.add(message.id + "*" + message.attempt);
      if (take.autoAck) {
        queue.messages.remove(message);
        queue.ackCount++;
      } else {
        reserve(message, take.session, take.ttr, now);
      }
    }
    take.source = " " + queue.name;
    take.session.unread += take.taken.size();
    queue.world.leave(take, Ending.GRANTED);
  }

  /** A subscription has one message, then it is the turn of those behind it. */
  private void serve(SubscriptionModel subscription, long now) {
    line.remove(subscription);
    if (subscription.isEager()) {
      MessageModel message = queue.in(State.READY).get(0);
      handOut(message);
      reserve(message, subscription.session, subscription.ttr, now);
      message.subscription = subscription;
      subscription.session.unread++;
      queue.world.pushes.add(subscription.number + " " + message.id + "*" + message.attempt);
    }
    regulate(subscription);
  }

  private void handOut(MessageModel message) {
    queue.world.agenda.cancel(message);
    message.attempt++;
    queue.takeCount++;
  }

  private void reserve(MessageModel message, SessionModel session, long ttr, long now) {
    message.state = State.RESERVED;
    message.holder = session;
    message.ttr = ttr == 0 ? queue.settings.ttr() : ttr;
    session.held.add(message);
    queue.world.agenda.set(message, now + message.ttr);
  }

  int waitingTakes() {
    return (int) line.stream().filter(TakeModel.class::isInstance).count();
  }

  long memory() {
    return (long) MessageQueue.SUBSCRIPTION_MEMORY * subscriptions.size()
        + (long) MessageQueue.WAIT_MEMORY * waitingTakes();
  }
}
