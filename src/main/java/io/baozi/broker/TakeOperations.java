package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.queue.MessageQueue;
import io.baozi.frame.Header;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The operations of consumers: to get messages, and to say what became of them. */
final class TakeOperations {
  /** Does something to a message that a holder has reserved; false if it has not. */
  @FunctionalInterface
  private interface Change {
    boolean apply(long msg);
  }

  private final Broker broker;
  private final BrokerSettings settings;
  private final Queues queues;

  TakeOperations(Broker broker, BrokerSettings settings, Queues queues) {
    this.broker = broker;
    this.settings = settings;
    this.queues = queues;
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(
        Operation.QUEUE_TAKE, this::take,
        Operation.QUEUE_CONSUME, this::consume,
        Operation.QUEUE_CANCEL, this::cancel,
        Operation.QUEUE_ACK, this::ack,
        Operation.QUEUE_NACK, this::nack,
        Operation.QUEUE_TOUCH, this::touch);
  }

  private void take(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    List<String> names = names(arguments);
    Requests.requireKnown(arguments);
    int max = (int) arguments.integer("max", 1, 1, Ranges.MESSAGES);
    long deadline = Waits.deadline(arguments, now);
    long ttr = arguments.millis("ttr", 0, 1, Ranges.TTR);
    boolean autoAck = arguments.flag("autoAck");
    requireSize(request);
    queues.requireReader(session);
    List<MessageQueue> from = names.stream().map(queues::made).toList();
    if (autoAck) {
      from.forEach(broker::requireWriting);
    }
    if (deadline > now && from.stream().noneMatch(MessageQueue::canServe)) {
      queues.requireMemory((long) MessageQueue.WAIT_MEMORY * from.size());
    }
    TakeTerms terms = new TakeTerms(max, ttr, autoAck);
    TakeRequest take = new TakeRequest(broker, session, from, request, settings.limits(), terms);
    take.onlyWhile(broker.fence(request));
    MessageQueue.take(take, from, deadline, now);
    if (take.isWaiting()) {
      session.waits(request.id(), take);
    }
  }

  /** The queues that a take names, in its order, each once. */
  private static List<String> names(Arguments arguments) {
    List<String> several = arguments.names("queues");
    if (several == null) {
      return List.of(arguments.name("queue"));
    }
    if (arguments.has("queue")) {
      throw badRequest("queue and queues are both given, a take names one or the other");
    }
    if (several.size() > Ranges.QUEUES) {
      throw badRequest(
          "queues has " + several.size() + " names, allowed are 1 to " + Ranges.QUEUES);
    }
    return List.copyOf(new LinkedHashSet<>(several));
  }

  private void consume(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("queue");
    Requests.requireKnown(arguments);
    if (!arguments.has("credit")) {
      throw badRequest("credit is missing, it is how many messages may be unacknowledged");
    }
    int credit = (int) arguments.integer("credit", 1, 1, Ranges.MESSAGES);
    long ttr = arguments.millis("ttr", 0, 1, Ranges.TTR);
    requireSize(request);
    queues.requireMemory(MessageQueue.SUBSCRIPTION_MEMORY);
    MessageQueue queue = queues.made(name);
    Subscriber subscriber =
        new Subscriber(broker, session, settings.limits(), session.nextSub(), credit, ttr);
    session.consumes(subscriber);
    broker.send(session, request.ok("sub", subscriber.sub()));
    queue.consume(subscriber, now);
  }

  private void cancel(Session session, Request request, long now) {
    long sub = request.arguments().integer("sub", 0, 1, Header.MAX_INTEGER);
    if (sub == 0) {
      throw badRequest("sub is missing, it names a subscription");
    }
    Subscriber subscriber = session.subscriber(sub);
    if (subscriber == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND, "this session has no subscription " + sub);
    }
    requireSize(request);
    broker.cancel(subscriber, now);
    broker.send(session, request.ok());
  }

  private void ack(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    change(
        session,
        request,
        queue,
        "acked",
        msg -> queue.acknowledge(msg, session.holder(), now),
        true,
        now);
  }

  private void nack(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    MessageQueue queue = queues.named(request);
    long delay = arguments.millis("delay", MessageQueue.BACKOFF, 0, Ranges.DURATION);
    boolean dead = arguments.flag("dead");
    if (dead && arguments.has("delay")) {
      throw badRequest("delay and dead are both given, a dead message does not come back");
    }
    change(
        session,
        request,
        queue,
        "nacked",
        msg ->
            dead
                ? queue.kill(msg, session.holder(), now)
                : queue.nack(msg, session.holder(), delay, now),
        true,
        now);
  }

  private void touch(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    long ttr = request.arguments().millis("ttr", 0, 1, Ranges.TTR);
    change(
        session,
        request,
        queue,
        "touched",
        msg -> queue.touch(msg, session.holder(), ttr, now),
        false,
        now);
  }

  /**
   * Changes all messages of a request in one step, and tells which are not its sender's.
   *
   * @param awaited whether the change outlives the process, and is to do so before the answer
   */
  private void change(
      Session session,
      Request request,
      MessageQueue queue,
      String changed,
      Change change,
      boolean awaited,
      long now) {
    long[] msgs = request.arguments().integers("msgs", 1, Header.MAX_INTEGER);
    if (msgs == null) {
      throw badRequest("msgs is missing, it has the ids of the messages");
    }
    requireSize(request);
    long[] missing = new long[msgs.length];
    int missed = 0;
    for (long msg : msgs) {
      if (!change.apply(msg)) {
        missing[missed++] = msg;
      }
    }
    Reply reply =
        request.ok(changed, msgs.length - missed, "missing", Arrays.copyOf(missing, missed));
    if (awaited) {
      broker.promise(session, queue, reply);
    } else {
      broker.send(session, reply);
    }
    queue.settle(now);
  }

  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }
}
