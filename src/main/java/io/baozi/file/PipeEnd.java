package io.baozi.file;

import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One end of a pipe, a connection's: it waits for the other, then each passes on to the other what
 * its client sends. On the service's event loop.
 */
final class PipeEnd {
  /** So many bytes that the other client has not taken yet are enough. */
  private static final int WINDOW = 256 * 1024;

  private final StreamSession session;
  private final String pipe;

  /** Removes the pipe from those that are open. */
  private final Runnable forget;

  /** Ends the time of the wait. */
  private Runnable cancelTimer = () -> {};

  /** That waits for the other end; null once it is answered. */
  private Request opening;

  /** Null until it has been opened, and after either has closed. */
  private PipeEnd other;

  /** Bytes of this end's client that the other's has not taken; from any thread. */
  private final AtomicLong untaken = new AtomicLong();

  /** What goes on when there is room for more. */
  private Runnable waiting;

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

  /** Counts bytes that are about to be passed on; whether no more should be. From any thread. */
  boolean fills(int bytes) {
    return untaken.addAndGet(bytes) >= WINDOW;
  }

  /** Goes on when there is room for more: now, if there is. One may wait. */
  void whenRoom(Runnable goOn) {
    if (untaken.get() < WINDOW) {
      goOn.run();
    } else {
      waiting = goOn;
    }
  }

  /**
   * Passes counted bytes on to the other end, while this is open.
   *
   * @param taken told when the other end's client has taken them, or nobody will
   */
  void pass(Buffer bytes, Runnable taken) {
    Runnable after =
        () -> {
          untaken.addAndGet(-bytes.length());
          taken.run();
          goOn();
        };
    if (other == null) {
      after.run();
    } else {
      other.session.push(Reply.push("pipe.data", "pipe", pipe).withBody(bytes), after);
    }
  }

  private void goOn() {
    Runnable its = waiting;
    if (its != null && untaken.get() < WINDOW) {
      waiting = null;
      its.run();
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

  /** Closes the pipe: the other end is told behind all that was passed to it. */
  void close() {
    leave();
    PipeEnd its = other;
    if (its != null) {
      other = null;
      its.other = null;
      its.leave();
      its.session.send(Reply.push("pipe.close", "pipe", pipe));
      its.drop();
    }
    drop();
  }

  /** What waits for room is taken and dropped: it goes nowhere any more. */
  private void drop() {
    Runnable its = waiting;
    waiting = null;
    if (its != null) {
      its.run();
    }
  }

  /** The connection is gone. */
  void cut() {
    if (opening != null) {
      giveUp(ErrorCode.CANCELLED, "the connection ended while the pipe waited for its other end");
    } else {
      close();
    }
  }

  private void leave() {
    session.pipes().remove(pipe);
    forget.run();
  }
}
