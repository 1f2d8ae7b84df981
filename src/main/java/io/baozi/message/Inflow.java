package io.baozi.message;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * A body on its way: from the connection that reads it, piece by piece, to whoever carries its
 * request out. It is handed over by reference and passes the bus once. What arrives before anybody
 * takes it, or while it is paused, is held, and the connection is not read meanwhile.
 *
 * <p>Its state belongs to the connection's event loop, on which the taker is called; {@link #to},
 * {@link #pause}, {@link #resume} and {@link #skip} may be called from any thread.
 */
public final class Inflow {
  /** Takes a body, on the event loop of the connection that it comes from. */
  public interface Taker {
    /**
     * The next bytes.
     *
     * @param piece at least one byte; a view of what the socket delivered, which it keeps alive
     * @param left bytes still to come; 0 with the last piece
     */
    void piece(Buffer piece, long left);

    /** No more will come, although the body is not complete. */
    void cut();
  }

  private final long length;
  private final Executor loop;
  private final Runnable regulate;
  private final Deque<Buffer> held = new ArrayDeque<>();
  private Taker taker;
  private boolean paused;
  private boolean cut;

  /** Bytes that the taker has not been given yet. */
  private long left;

  /**
   * A body of which nothing has arrived.
   *
   * @param length in bytes, 1 or more
   * @param loop runs what it is given on the connection's event loop, at once if it is called there
   * @param regulate told, on the loop, when {@link #isHeld} may have changed
   */
  public Inflow(long length, Executor loop, Runnable regulate) {
    this.length = length;
    this.left = length;
    this.loop = Objects.requireNonNull(loop, "loop");
    this.regulate = Objects.requireNonNull(regulate, "regulate");
  }

  /** The length of the whole body, in bytes. */
  public long length() {
    return length;
  }

  /** Gives the body, from its first byte, to a taker; once. */
  public void to(Taker taker) {
    Objects.requireNonNull(taker, "taker");
    loop.execute(
        () -> {
          this.taker = taker;
          handOver();
        });
  }

  /** Takes the body and drops it; completes at its end, and fails if it is cut. */
  public Future<Void> skip() {
    Promise<Void> end = Promise.promise();
    to(
        new Taker() {
          @Override
          public void piece(Buffer piece, long left) {
            if (left == 0) {
              end.complete();
            }
          }

          @Override
          public void cut() {
            end.fail("the body was cut");
          }
        });
    return end.future();
  }

  /** Holds back what arrives from now on. */
  public void pause() {
    loop.execute(() -> paused = true);
  }

  /** Hands over what was held back, and what arrives from now on. */
  public void resume() {
    loop.execute(
        () -> {
          paused = false;
          handOver();
        });
  }

  /** Whether nobody takes what arrives now; on the loop. */
  public boolean isHeld() {
    return taker == null || paused;
  }

  /** More of it has arrived; on the loop. */
  public void arrive(Buffer piece) {
    held.add(piece);
    handOver();
  }

  /** No more of it will arrive, although it is not complete; on the loop. */
  public void cut() {
    cut = true;
    handOver();
  }

  private void handOver() {
    while (!isHeld() && !held.isEmpty()) {
      Buffer piece = held.remove();
      left -= piece.length();
      taker.piece(piece, left);
    }
    if (cut && taker != null && held.isEmpty()) {
      cut = false;
      taker.cut();
    }
    regulate.run();
  }
}
