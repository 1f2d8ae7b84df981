package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An end of a pipe that is open: what is written comes out of the other end, in order and buffer by
 * buffer, and whoever reads slowly holds back whoever writes. Handlers are called on the client's
 * context; methods may be called from any thread.
 *
 * <p>Whichever end closes it, closes it for both: the other one's stream ends, after all that was
 * written before. A lost connection is told to the exception handler, and there is no end then; the
 * other end is told that the pipe was closed. Nothing is read until there is a handler.
 */
public final class Pipe implements ReadStream<Buffer>, WriteStream<Buffer> {
  private static final int DEFAULT_QUEUE = 256 * 1024;

  private final Home home;
  private final String name;
  private final PipeEnd end;

  /** Bytes written and not on their way. */
  private final AtomicLong queued = new AtomicLong();

  private volatile long maxQueue = DEFAULT_QUEUE;

  // On the context only.
  private Handler<Void> drainHandler;
  private boolean wasFull;

  Pipe(Home home, String name, PipeEnd end) {
    this.home = home;
    this.name = name;
    this.end = end;
  }

  /** The pipe's name. */
  public String name() {
    return name;
  }

  @Override
  public Pipe handler(Handler<Buffer> handler) {
    home.run(() -> end.handler(handler));
    return this;
  }

  @Override
  public Pipe endHandler(Handler<Void> handler) {
    home.run(() -> end.endHandler(handler));
    return this;
  }

  @Override
  public Pipe exceptionHandler(Handler<Throwable> handler) {
    home.run(() -> end.exceptionHandler(handler));
    return this;
  }

  @Override
  public Pipe pause() {
    home.run(end::pause);
    return this;
  }

  @Override
  public Pipe resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Pipe fetch(long amount) {
    Ranges.require("amount", amount, 0, Long.MAX_VALUE);
    home.run(() -> end.fetch(amount));
    return this;
  }

  /**
   * Writes a buffer, which goes out of the other end as one, unless it is longer than the server's
   * {@code maxMessage}. So does an empty one, which may mean something to who reads.
   *
   * @return completes once it is on its way; fails if the pipe is closed or lost
   */
  @Override
  public Future<Void> write(Buffer bytes) {
    Promise<Void> promise = home.promise();
    boolean full = queued.addAndGet(bytes.length()) >= maxQueue;
    home.run(
        () -> {
          wasFull |= full;
          end.write(bytes).onComplete(promise).onComplete(v -> gone(bytes.length()));
        });
    return promise.future();
  }

  private void gone(int length) {
    queued.addAndGet(-length);
    if (wasFull) {
      tellDrained();
    }
  }

  /** Also to whoever begins to listen when it has happened already. */
  private void tellDrained() {
    if (queued.get() <= maxQueue / 2) {
      wasFull = false;
      if (drainHandler != null) {
        drainHandler.handle(null);
      }
    }
  }

  /**
   * Closes the pipe, behind all that was written.
   *
   * @return completes once the server has handed on what was written
   */
  @Override
  public Future<Void> end() {
    Promise<Void> promise = home.promise();
    home.run(() -> end.close().onComplete(promise));
    return promise.future();
  }

  /**
   * Sets how much may be written and not be on its way.
   *
   * @param maxSize bytes, 1 or more
   */
  @Override
  public Pipe setWriteQueueMaxSize(int maxSize) {
    Ranges.require("maxSize", maxSize, 1, Integer.MAX_VALUE);
    maxQueue = maxSize;
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return queued.get() >= maxQueue;
  }

  @Override
  public Pipe drainHandler(Handler<Void> handler) {
    home.run(
        () -> {
          drainHandler = handler;
          tellDrained();
        });
    return this;
  }
}
