package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests out and answers back: those of a tick leave in one write, as many as may be in flight,
 * and each answer and push finds its way. On the context only.
 */
final class Exchange {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final Home home;
  private final ClientOptions options;
  private final Link link;
  private final Outbox outbox;
  private final InFlight inFlight;
  private final LateAnswers late = new LateAnswers(this);
  private final Subscriptions subscriptions = new Subscriptions(this);
  private final Holds holds = new Holds(this);
  private final Handler<Throwable> lost;

  private Limits limits = new Limits(64 * 1024, 1024 * 1024, Integer.MAX_VALUE);
  private boolean flushing;
  private Throwable ended;

  /**
   * An exchange over a link.
   *
   * @param lost told, once, why it ended, unless {@link #close()} ended it
   */
  Exchange(Home home, ClientOptions options, Link link, Handler<Throwable> lost) {
    this.home = home;
    this.options = options;
    this.link = link;
    this.lost = lost;
    this.outbox = new Outbox(options);
    this.inFlight = new InFlight(home.vertx(), this::giveUp);
    link.onReply(this::receive);
    link.onClosed(this::lose);
  }

  void limits(Limits limits) {
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  Home home() {
    return home;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  Holds holds() {
    return holds;
  }

  /** Why it has ended, null if it has not. */
  Throwable ended() {
    return ended;
  }

  /** How many requests are in flight. */
  int inFlight() {
    return inFlight.size();
  }

  /** How many calls of the program wait to be sent. */
  int unsent() {
    return outbox.calls();
  }

  /**
   * The requests in flight past which others are held back. More than the server reads would only
   * lie in the sockets; an eighth of that is kept for those that pass.
   */
  int maxInFlight() {
    int served = served();
    return Math.min(options.maxInFlight(), Math.max(1, served - served / 8));
  }

  /** What the server reads at once; one that does not say so reads whatever comes. */
  private int served() {
    return limits.maxInFlight() < 1 ? Integer.MAX_VALUE : limits.maxInFlight();
  }

  private boolean isHoldingBack() {
    return inFlight.size() >= maxInFlight();
  }

  /**
   * Sends a request at the end of the tick, behind what was gathered for its queue. Its future
   * completes as soon as the answer is there, before what came behind it is looked at.
   *
   * @param calls of the program that it carries
   */
  Future<Reply> send(Outgoing outgoing, int calls) {
    flushLater();
    return outbox.add(outgoing, calls, limits);
  }

  /** The same for a request of the client's own. */
  Future<Reply> ask(Operation operation, Object... arguments) {
    return ended != null
        ? Future.failedFuture(ended)
        : send(Outgoing.of(operation.wire(), EMPTY, options.timeout().toMillis(), arguments), 0);
  }

  /** The batch that a put of the program is to be added to, which leaves at the end of the tick. */
  PutBatch puts(String queue, PutOptions how, Buffer body) {
    flushLater();
    outbox.count();
    return outbox.batch(queue) instanceof PutBatch open && open.accepts(how, body, limits)
        ? open
        : outbox.open(new PutBatch(queue, how), limits);
  }

  /** The batch that a verdict of the program is to be added to, likewise. */
  VerdictBatch verdicts(String queue, Verdict verdict, int messages) {
    outbox.count();
    return ownVerdicts(queue, verdict, messages);
  }

  private VerdictBatch ownVerdicts(String queue, Verdict verdict, int messages) {
    flushLater();
    return outbox.batch(queue) instanceof VerdictBatch open
            && open.accepts(verdict, messages, limits)
        ? open
        : outbox.open(new VerdictBatch(queue, verdict), limits);
  }

  /** Says, at the end of the tick, what becomes of a message; for the client itself. */
  void settle(String queue, Verdict verdict, long msg, Completable<Integer> caller) {
    if (ended != null) {
      caller.fail(ended);
    } else {
      ownVerdicts(queue, verdict, 1).add(msg, caller, false);
    }
  }

  /** Gives back, at once, the messages of a frame that nobody waits for. */
  void giveBack(Reply reply) {
    try {
      Deliveries deliveries = Deliveries.of(reply);
      for (long msg : deliveries.msgs()) {
        // Whether the server still counted them as ours makes no difference to anybody.
        settle(deliveries.queue(), Verdict.RETURN, msg, (held, failure) -> {});
      }
    } catch (RuntimeException e) {
      lose(Client.unreadable(reply, e));
    }
  }

  /** Gives back, at once, messages that were taken for nobody. */
  void giveBack(List<Message> messages) {
    for (Message message : messages) {
      settle(message.queue(), Verdict.RETURN, message.msg(), (held, failure) -> {});
    }
  }

  private void flushLater() {
    if (!flushing) {
      flushing = true;
      home.later(this::flush);
    }
  }

  private void flush() {
    try {
      if (ended == null) {
        sendGathered();
      }
    } finally {
      flushing = false;
    }
    goOn();
  }

  private void sendGathered() {
    if (inFlight.size() + outbox.inLine() < maxInFlight()) {
      outbox.close(null, limits);
    } else {
      outbox.closePassing(limits);
    }
    List<Request> sending = new ArrayList<>();
    long now = System.nanoTime();
    while (inFlight.size() < served()) {
      Call call = outbox.next(isHoldingBack());
      if (call == null) {
        break;
      }
      inFlight.add(call, now);
      sending.add(call.request);
    }
    if (!sending.isEmpty()) {
      link.send(sending);
    }
  }

  /** Sends what had to wait, if there is room now. */
  private void goOn() {
    if (inFlight.size() < served() && outbox.hasNext(isHoldingBack())) {
      flushLater();
    }
  }

  private void receive(Reply reply) {
    if (ended != null) {
      return;
    }
    if (reply.isPush()) {
      subscriptions.receive(reply);
      holds.receive(reply);
      return;
    }
    Call call = inFlight.remove(reply.id());
    if (call != null) {
      reply.refusal().ifPresentOrElse(call.promise::fail, () -> call.promise.complete(reply));
      goOn();
    } else if (reply.id() == 0) {
      reply.refusal().ifPresent(this::lose);
    } else {
      late.receive(reply);
    }
  }

  /**
   * Cancels the request that this answer is awaited of. It is answered all the same: that it was
   * cancelled, or what was done before that; and given up if neither comes.
   */
  void cancel(Future<Reply> answer) {
    Call unsent = outbox.remove(answer);
    if (unsent != null) {
      unsent.promise.fail(
          new RefusedException(ErrorCode.CANCELLED, "cancelled before it was sent"));
      return;
    }
    Call call = inFlight.of(answer);
    if (call != null) {
      call.hurry(System.nanoTime(), options.timeout().toNanos());
      ask(Operation.CANCEL, "request", call.request.id());
    }
  }

  private void giveUp(Call call) {
    if (ended != null) {
      return;
    }
    if (!call.request.op().equals(Operation.CANCEL.wire())) {
      late.await(call);
      ask(Operation.CANCEL, "request", call.request.id());
    }
    goOn();
  }

  /** Ends it for a reason that the program is told. */
  void lose(Throwable cause) {
    if (ended == null) {
      end(cause);
      link.close();
      lost.handle(cause);
    }
  }

  /** Ends it for the program. */
  Future<Void> close() {
    if (ended == null) {
      end(new IOException("the client was closed"));
    }
    return link.close();
  }

  private void end(Throwable cause) {
    ended = cause;
    inFlight.removeAll().forEach(call -> call.promise.fail(cause));
    outbox.fail(cause);
    subscriptions.end(cause);
    holds.end(cause);
  }
}
