package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** A stream that a download goes to. On the context only, to which the stream drains. */
final class StreamTarget implements DownloadTarget {
  private final Home home;
  private final WriteStream<Buffer> stream;
  private final Sha256 digest = new Sha256();
  private Handoff handoff;
  private Handler<Throwable> failed;

  /** Writes that are not done. */
  private Future<Void> written = Future.succeededFuture();

  StreamTarget(Home home, WriteStream<Buffer> stream) {
    this.home = home;
    this.stream = stream;
  }

  @Override
  public Future<Long> open(Runnable room, Handler<Throwable> failed) {
    this.failed = failed;
    handoff = new Handoff(home, digest::add, room, failed);
    stream.exceptionHandler(e -> home.run(() -> failed.handle(e)));
    stream.drainHandler(v -> home.run(room));
    return Future.succeededFuture(0L);
  }

  @Override
  public void add(Buffer bytes) {
    handoff.add(bytes);
    written = stream.write(bytes).onFailure(e -> home.run(() -> failed.handle(e)));
  }

  @Override
  public boolean isFull() {
    return stream.writeQueueFull() || handoff.isFull();
  }

  @Override
  public Future<String> sum() {
    Future<Void> last = written;
    return handoff.idle().compose(v -> last).map(v -> digest.hex());
  }

  @Override
  public boolean canStartOver() {
    return false;
  }

  @Override
  public Future<Void> startOver() {
    return Future.failedFuture(new IllegalStateException("what was written stays written"));
  }

  @Override
  public Future<Void> complete() {
    return stream.end();
  }

  @Override
  public Future<Void> close(boolean kept) {
    if (handoff == null) {
      return Future.succeededFuture();
    }
    stream.exceptionHandler(null);
    stream.drainHandler(null);
    handoff.stop();
    return handoff.idle();
  }
}
