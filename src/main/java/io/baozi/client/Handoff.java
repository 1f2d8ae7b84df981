package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes on their way to a worker, which gets all that have gathered meanwhile at once, one batch
 * after the other. On the context only, but for the work.
 */
final class Handoff {
  /** Bytes that may wait before it is full. */
  private static final int HIGH = 1024 * 1024;

  /** Bytes at which there is room again. */
  private static final int LOW = HIGH / 2;

  /** What is done with a batch, on a worker. */
  interface Work {
    void accept(ByteBuffer[] batch) throws IOException;
  }

  private final Home home;
  private final Work work;
  private final Runnable room;
  private final Handler<Throwable> failed;
  private List<Buffer> gathered = new ArrayList<>();
  private long backlog;
  private boolean working;
  private boolean dead;

  /** Completes when the worker has nothing more to do; null if nobody waits for it. */
  private Promise<Void> idle;

  /**
   * None yet.
   *
   * @param room called whenever it may be full no longer
   * @param failed told, once, that the work has failed; what is added afterwards is dropped
   */
  Handoff(Home home, Work work, Runnable room, Handler<Throwable> failed) {
    this.home = home;
    this.work = work;
    this.room = room;
    this.failed = failed;
  }

  void add(Buffer bytes) {
    if (!dead) {
      gathered.add(bytes);
      backlog += bytes.length();
      next();
    }
  }

  boolean isFull() {
    return backlog > HIGH;
  }

  /** Completes once all that was added is done, or can no longer be. */
  Future<Void> idle() {
    if (!working) {
      return Future.succeededFuture();
    }
    if (idle == null) {
      idle = home.promise();
    }
    return idle.future();
  }

  /** Drops what has not been begun, and all that comes. */
  void stop() {
    dead = true;
    gathered = new ArrayList<>();
    backlog = 0;
  }

  private void next() {
    if (working || gathered.isEmpty()) {
      return;
    }
    List<Buffer> batch = gathered;
    gathered = new ArrayList<>();
    working = true;
    home.blocking(
            () -> {
              work.accept(views(batch));
              return null;
            })
        .onComplete(v -> done(batch), this::fail);
  }

  private static ByteBuffer[] views(List<Buffer> batch) {
    ByteBuffer[] views = new ByteBuffer[batch.size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = ((BufferInternal) batch.get(i)).getByteBuf().nioBuffer();
    }
    return views;
  }

  private void done(List<Buffer> batch) {
    working = false;
    if (!dead) {
      backlog -= batch.stream().mapToLong(Buffer::length).sum();
      next();
      if (backlog <= LOW) {
        room.run();
      }
    }
    rest();
  }

  private void fail(Throwable cause) {
    working = false;
    boolean told = dead;
    stop();
    if (!told) {
      failed.handle(cause);
    }
    rest();
  }

  private void rest() {
    if (!working && idle != null) {
      Promise<Void> waiting = idle;
      idle = null;
      waiting.complete();
    }
  }
}
