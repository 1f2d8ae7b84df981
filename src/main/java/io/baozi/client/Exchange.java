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
  private final Session session;
  private final Window window;
  private final Outbox outbox;
  private final InFlight inFlight;
  private final LateAnswers late = new LateAnswers(this);
  private final Subscriptions subscriptions = new Subscriptions(this);
  private final Holds holds = new Holds(this);
  private final Handler<Throwable> lost;

  private boolean flushing;
  private Throwable ended;

  /**
   * An exchange in a session.
   *
   * @param lost told, once, why it ended, unless {@link #close()} ended it
   */
  Exchange(Home home, ClientOptions options, Session session, Handler<Throwable> lost) {
    this.home = home;
    this.options = options;
    this.session = session;
    this.lost = lost;
    Limits limits = session.hello().limits();
    this.window = Window.of(options, limits);
    this.outbox = new Outbox(options, limits);
    this.inFlight = new InFlight(home.vertx(), this::giveUp);
    Incoming incoming = new Incoming(this, session, inFlight, late);
    session.bind(incoming::receive, this::resume, this::lose);
  }

  Limits limits() {
    return session.hello().limits();
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

  /** Whether what is to be sent has to wait for the end of a cut. */
  boolean isCut() {
    return session.isCut();
  }

  /** How many requests are in flight. */
  int inFlight() {
    return inFlight.size();
  }

  /** How many calls of the program wait to be sent. */
  int unsent() {
    return outbox.calls();
  }

  /** The requests in flight past which others are held back. */
  int maxInFlight() {
    return window.narrow();
  }

  private boolean isHoldingBack() {
    return inFlight.size() >= window.narrow();
  }

  /** Whether one more request may be sent, if it is not one that is held back. */
  private boolean isOpen() {
    return !session.isCut() && inFlight.size() < window.wide();
  }

  /**
   * Sends a request at the end of the tick, behind what was gathered for its queue. Its future
   * completes as soon as the answer is there, before what came behind it is looked at.
   *
   * @param calls of the program that it carries
   */
  Future<Reply> send(Outgoing outgoing, int calls) {
    flushLater();
    return outbox.add(outgoing, calls);
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
    return outbox.puts(queue, how, body);
  }

  /** The batch that a verdict of the program is to be added to, likewise. */
  VerdictBatch verdicts(String queue, Verdict verdict, int messages) {
    flushLater();
    return outbox.verdicts(queue, verdict, messages, 1);
  }

  /** Says, at the end of the tick, what becomes of a message; for the client itself. */
  void settle(String queue, Verdict verdict, long msg, Completable<Integer> caller) {
    if (ended != null) {
      caller.fail(ended);
    } else {
      flushLater();
      outbox.verdicts(queue, verdict, 1, 0).add(msg, caller, false);
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
      if (ended == null && !session.isCut()) {
        sendGathered();
      }
    } finally {
      flushing = false;
    }
    goOn();
  }

  private void sendGathered() {
    if (inFlight.size() + outbox.inLine() < window.narrow()) {
      outbox.close(null);
    } else {
      outbox.closePassing();
    }
    List<Request> sending = new ArrayList<>();
    long now = System.nanoTime();
    while (isOpen()) {
      Call call = outbox.next(isHoldingBack());
      if (call == null) {
        break;
      }
      sending.add(call.send(session.nextId(), now));
      inFlight.add(call);
    }
    if (!sending.isEmpty()) {
      session.send(sending);
    }
  }

  /** Sends what had to wait, if there is room now. */
  void goOn() {
    if (ended == null && isOpen() && outbox.hasNext(isHoldingBack())) {
      flushLater();
    }
  }

  /** After a cut, what was not answered goes in front of what was gathered meanwhile. */
  private void resume() {
    List<Request> again = new ArrayList<>(late.again());
    again.addAll(inFlight.again(System.nanoTime()));
    if (!again.isEmpty()) {
      session.send(again);
    }
    subscriptions.resume();
    holds.resume();
    goOn();
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
      call.cancel(System.nanoTime(), options.timeout().toNanos());
      ask(Operation.CANCEL, "request", call.id());
    }
  }

  private void giveUp(Call call) {
    if (ended != null) {
      return;
    }
    if (!call.op().equals(Operation.CANCEL.wire())) {
      late.await(call);
      // What is in flight in a cut is cancelled by it.
      if (!session.isCut()) {
        ask(Operation.CANCEL, "request", call.id());
      }
    }
    goOn();
  }

  /** Ends it for a reason that the program is told. */
  void lose(Throwable cause) {
    if (ended == null) {
      end(cause);
      session.close();
      lost.handle(cause);
    }
  }

  /** Ends it for the program. */
  Future<Void> close() {
    if (ended == null) {
      end(new IOException("the client was closed"));
    }
    return session.close();
  }

  private void end(Throwable cause) {
    ended = cause;
    inFlight.removeAll().forEach(call -> call.promise.fail(cause));
    outbox.fail(cause);
    subscriptions.end(cause);
    holds.end(cause);
  }
}
