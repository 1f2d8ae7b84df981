package io.baozi.file;

import io.baozi.message.Inflow;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Executor;

/**
 * A body on its way through a pipe, gathered and passed on whole or, if it is long, in pieces as
 * they come; and no more of it is read than the other end's client takes. Taken on the source's
 * event loop, passed on on the service's.
 */
final class PipeFlow implements Inflow.Taker {
  private final PipeEnd end;
  private final Inflow source;
  private final Executor loop;
  private final Runnable over;

  /** Gathers the body if it is passed on whole; null otherwise. */
  private final Buffer whole;

  /**
   * A body from a source.
   *
   * @param whole whether it is gathered and passed on whole
   * @param loop runs what it is given on the service's event loop, in order
   * @param over told there, once, when the body has come to its end and the other end's client has
   *     taken it, or nobody will
   */
  PipeFlow(PipeEnd end, Inflow source, boolean whole, Executor loop, Runnable over) {
    this.end = end;
    this.source = source;
    this.loop = loop;
    this.over = over;
    this.whole = whole ? Buffer.buffer((int) source.length()) : null;
  }

  @Override
  public void piece(Buffer piece, long left) {
    if (whole == null) {
      pass(piece, left == 0);
    } else {
      whole.appendBuffer(piece);
      if (left == 0) {
        pass(whole, true);
      }
    }
  }

  @Override
  public void cut() {
    loop.execute(over);
  }

  private void pass(Buffer bytes, boolean last) {
    if (end.fills(bytes.length()) && !last) {
      source.pause();
      loop.execute(() -> passAndGoOn(bytes));
    } else {
      loop.execute(() -> end.pass(bytes, last ? over : () -> {}));
    }
  }

  private void passAndGoOn(Buffer bytes) {
    end.pass(bytes, () -> {});
    end.whenRoom(source::resume);
  }
}
