package io.baozi.client;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A stream that gives as long as it is asked to, on a context of its own. */
final class Spring implements ReadStream<Buffer> {
  private static final byte[] CHUNK = new byte[64 * 1024];

  private final Context context;
  private final long length;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private long given;
  private boolean flowing;

  /** A stream of so many zeros, a multiple of 64 KiB. */
  Spring(Vertx vertx, long length) {
    this.context = vertx.getOrCreateContext();
    this.length = length;
  }

  /** The bytes that it has given. */
  synchronized long given() {
    return given;
  }

  private void give() {
    Handler<Buffer> to;
    synchronized (this) {
      if (!flowing || handler == null || given == length) {
        return;
      }
      given += CHUNK.length;
      to = handler;
    }
    to.handle(Buffer.buffer(CHUNK));
    if (given() == length) {
      endHandler.handle(null);
    } else {
      context.runOnContext(v -> give());
    }
  }

  @Override
  public synchronized Spring handler(Handler<Buffer> to) {
    handler = to;
    return this;
  }

  @Override
  public Spring exceptionHandler(Handler<Throwable> to) {
    return this;
  }

  @Override
  public synchronized Spring endHandler(Handler<Void> to) {
    if (to != null) {
      endHandler = to;
    }
    return this;
  }

  @Override
  public synchronized Spring pause() {
    flowing = false;
    return this;
  }

  @Override
  public Spring resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public synchronized Spring fetch(long amount) {
    if (!flowing) {
      flowing = true;
      context.runOnContext(v -> give());
    }
    return this;
  }
}
