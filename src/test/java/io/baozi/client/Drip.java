package io.baozi.client;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A stream that gives a few bytes, and nothing more. */
final class Drip implements ReadStream<Buffer> {
  private static final byte[] FEW = new byte[1000];

  private final Promise<Void> given;
  private Handler<Buffer> handler;
  private Handler<Throwable> exceptionHandler;

  /**
   * A stream.
   *
   * @param given completed once it has given all that it gives
   */
  Drip(Promise<Void> given) {
    this.given = given;
  }

  /** Fails. */
  void fail(Throwable cause) {
    exceptionHandler.handle(cause);
  }

  @Override
  public Drip handler(Handler<Buffer> to) {
    handler = to;
    return this;
  }

  @Override
  public Drip exceptionHandler(Handler<Throwable> to) {
    exceptionHandler = to;
    return this;
  }

  @Override
  public Drip endHandler(Handler<Void> to) {
    return this;
  }

  @Override
  public Drip pause() {
    return this;
  }

  @Override
  public Drip resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Drip fetch(long amount) {
    if (handler != null && !given.future().isComplete()) {
      handler.handle(Buffer.buffer(FEW));
      given.complete();
    }
    return this;
  }
}
