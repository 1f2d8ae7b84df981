package io.baozi.cli;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Standard output as a stream, whose reader may be slow: a thread of its own writes. */
final class Outflow implements WriteStream<Buffer> {
  private final Context context;
  private final Output out;
  private final AtomicLong backlog = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "standard output");
            thread.setDaemon(true);
            return thread;
          });

  private volatile int most = 1024 * 1024;
  private volatile Handler<Void> drainHandler;

  /**
   * A stream to this output.
   *
   * @param context on which it drains
   */
  Outflow(Context context, Output out) {
    this.context = context;
    this.out = out;
  }

  /** Bytes that have left the process. */
  long written() {
    return written.get();
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    backlog.addAndGet(bytes.length());
    return onWriter(
        () -> {
          out.write(bytes.getBytes());
          written.addAndGet(bytes.length());
          drain(bytes.length());
        });
  }

  private void drain(int length) {
    long left = backlog.addAndGet(-length);
    if (left + length > most / 2) {
      tellDrained();
    }
  }

  private void tellDrained() {
    Handler<Void> handler = drainHandler;
    if (handler != null && backlog.get() <= most / 2) {
      context.runOnContext(handler);
    }
  }

  @Override
  public Future<Void> end() {
    return onWriter(() -> {}).onComplete(v -> writer.shutdown());
  }

  private Future<Void> onWriter(Runnable task) {
    Promise<Void> done = Promise.promise();
    writer.execute(
        () -> {
          try {
            task.run();
            done.complete();
          } catch (RuntimeException | Error e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  @Override
  public boolean writeQueueFull() {
    return backlog.get() >= most;
  }

  @Override
  public Outflow setWriteQueueMaxSize(int maxSize) {
    most = maxSize;
    return this;
  }

  /** Told at once if it has drained before: whoever found it full may be slower than the writer. */
  @Override
  public Outflow drainHandler(Handler<Void> handler) {
    drainHandler = handler;
    tellDrained();
    return this;
  }

  /** Each write tells of its own fault. */
  @Override
  public Outflow exceptionHandler(Handler<Throwable> handler) {
    return this;
  }
}
