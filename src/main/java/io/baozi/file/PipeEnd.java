package io.baozi.file;

import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;

/**
 * One end of a pipe, a connection's: it waits for the other, then each passes on to the other what
 * its client sends. On the service's event loop.
 */
final class PipeEnd {
  private final StreamSession session;
  private final String pipe;

  /** Removes the pipe from those that are open. */
  private final Runnable forget;

  /** Ends the time of the wait. */
  private Runnable cancelTimer = () -> {};

  /** That waits for the other end; null once it is answered. */
  private Request opening;

  /** What its client sends, and then its end, one after the other. */
  private final OneByOne passing = new OneByOne();

  /** Null until it has been opened, and after either has closed. */
  private PipeEnd other;

  /** Whether the other end was the first to close. */
  private boolean left;

  PipeEnd(StreamSession session, String pipe, Request opening, Runnable forget) {
    this.session = session;
    this.pipe = pipe;
    this.opening = opening;
    this.forget = forget;
    session.pipes().put(pipe, this);
  }

  /** The wait for the other end has a timer. */
  void timed(Runnable cancelTimer) {
    this.cancelTimer = cancelTimer;
  }

  StreamSession session() {
    return session;
  }

  boolean isOpen() {
    return other != null;
  }

  /** Whether the other end has closed, so that it may not have had all that was passed to it. */
  boolean isLeft() {
    return left;
  }

  /** Whether this waits for the other end under a request's id. */
  boolean isWaiting(long id) {
    return opening != null && opening.id() == id;
  }

  /** Both ends are there. */
  void join(PipeEnd its) {
    other = its;
    its.other = this;
    opened();
    its.opened();
  }

  private void opened() {
    cancelTimer.run();
    Request request = opening;
    opening = null;
    session.answer(request.ok());
  }

  OneByOne passing() {
    return passing;
  }

  /** Passes bytes on to the other end, while this is open; told when they have been written. */
  void pass(Buffer bytes, Runnable written) {
    if (other == null) {
      written.run();
    } else {
      Reply push = Reply.push("pipe.data", "pipe", pipe).withBody(bytes);
      other.session.push(push, written);
    }
  }

  /** Ends the wait for the other end. */
  void giveUp(ErrorCode code, String message) {
    cancelTimer.run();
    leave();
    Request request = opening;
    opening = null;
    session.answer(request.refused(code, message));
  }

  /** Closes the pipe behind all that was sent through it; told when that is done. */
  void close(Runnable closed) {
    passing.add(
        done -> {
          close();
          closed.run();
          done.run();
        });
  }

  private void close() {
    leave();
    PipeEnd its = other;
    if (its != null) {
      other = null;
      its.other = null;
      its.left = true;
      its.leave();
      its.session.send(Reply.push("pipe.close", "pipe", pipe));
    }
  }

  /** The connection is gone. */
  void cut() {
    if (opening != null) {
      giveUp(ErrorCode.CANCELLED, "the connection ended while the pipe waited for its other end");
    } else {
      close(() -> {});
    }
  }

  private void leave() {
    if (session.pipes().remove(pipe, this)) {
      forget.run();
    }
  }
}
