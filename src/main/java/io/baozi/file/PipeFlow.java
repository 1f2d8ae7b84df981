package io.baozi.file;

import io.baozi.message.Inflow;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A body on its way through a pipe, gathered and passed on whole or, if it is long, in pieces as
 * they come; and no more of it is read than the other end's client takes. Taken on the source's
 * event loop, passed on on the service's.
 */
final class PipeFlow implements Inflow.Taker {
  /** So many bytes that the other client has not taken yet are enough. */
  static final int WINDOW = 256 * 1024;

  private final PipeEnd end;
  private final Inflow source;
  private final Executor loop;
  private final Consumer<Boolean> over;

  /** Gathers the body if it is passed on whole; null otherwise. */
  private final Buffer whole;

  private final AtomicLong unwritten = new AtomicLong();

  /** Whether the body has come to its end, complete or cut; on the service's event loop. */
  private boolean ended;

  /** Whether all of it came; on the service's event loop. */
  private boolean complete;

  /**
   * A body from a source.
   *
   * @param whole whether it is gathered and passed on whole
   * @param loop runs what it is given on the service's event loop, in order
   * @param over told there, once, when the body has come to its end and the other end's client has
   *     taken what was passed on; true if all of it came, false if it was cut
   */
  PipeFlow(PipeEnd end, Inflow source, boolean whole, Executor loop, Consumer<Boolean> over) {
    this.end = end;
    this.source = source;
    this.loop = loop;
    this.over = over;
    this.whole = whole ? Buffer.buffer((int) source.length()) : null;
  }

  @Override
  public void piece(Buffer piece, long left) {
    if (whole == null) {
      pass(piece);
    } else {
      whole.appendBuffer(piece);
      if (left == 0) {
        pass(whole);
      }
    }
    if (left == 0) {
      loop.execute(() -> ended(true));
    }
  }

  @Override
  public void cut() {
    loop.execute(() -> ended(false));
  }

  private void ended(boolean isComplete) {
    ended = true;
    complete = isComplete;
    overIfWritten();
  }

  private void overIfWritten() {
    if (ended && unwritten.get() == 0) {
      over.accept(complete);
    }
  }

  private void pass(Buffer bytes) {
    int length = bytes.length();
    if (unwritten.addAndGet(length) >= WINDOW) {
      source.pause();
    }
    loop.execute(() -> end.pass(bytes, () -> written(length)));
  }

  private void written(int length) {
    if (unwritten.addAndGet(-length) < WINDOW) {
      source.resume();
    }
    overIfWritten();
  }
}
