package io.baozi.cli;

import io.baozi.client.Pipe;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Standard input on its way into a pipe: a thread of its own reads, no faster than it is taken. */
final class PipeIn {
  /** What a pipe of the system holds. */
  private static final int PIECE = 64 * 1024;

  private static final int WINDOW = 8 * PIECE;

  private final Pipe pipe;
  private final Source source;
  private final Window window = new Window(Integer.MAX_VALUE, WINDOW);
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** Whether it has read something that it could not hand on yet. */
  private volatile boolean isHolding;

  /** Whether something was not taken, since the pipe is closed or lost. */
  private volatile boolean isRefused;

  PipeIn(Pipe pipe, Source source) {
    this.pipe = pipe;
    this.source = source;
  }

  /** Begins to read. */
  void start() {
    Thread reader = new Thread(this::read, "standard input");
    reader.setDaemon(true); // it may be in a read that nobody ends
    reader.start();
  }

  /**
   * Completes once all of it is on its way; fails if it cannot be read. If the pipe is closed or
   * lost before, that is the pipe's to tell.
   */
  CompletableFuture<Void> end() {
    return end;
  }

  /** Bytes that are on their way. */
  long sent() {
    return sent.get();
  }

  /** Whether there is known to be more than was sent. */
  boolean isBehind() {
    try {
      return isHolding || isRefused || source.stream().available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void read() {
    byte[] piece = new byte[PIECE];
    try {
      for (int read = source.read(piece); read >= 0; read = source.read(piece)) {
        isHolding = true;
        if (!window.enter(1, read)) {
          return;
        }
        send(Buffer.buffer(Arrays.copyOf(piece, read)));
        isHolding = false;
      }
      window.close();
      window.drained().join();
      if (!isRefused) {
        end.complete(null);
      }
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Buffer bytes) {
    int length = bytes.length();
    pipe.write(bytes)
        .onSuccess(v -> sent.addAndGet(length))
        .onFailure(why -> refuse())
        .onComplete(v -> window.leave(1, length));
  }

  private void refuse() {
    isRefused = true;
    window.close();
  }
}
