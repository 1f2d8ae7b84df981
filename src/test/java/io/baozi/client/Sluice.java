package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A stream that takes what it is given, but says that it is full until it is opened. */
final class Sluice implements WriteStream<Buffer> {
  private final MessageDigest digest;
  private Handler<Void> drainHandler;
  private boolean open;
  private boolean ended;

  Sluice() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Is full no longer. */
  synchronized void open() {
    open = true;
    drainHandler.handle(null);
  }

  /** The checksum of all that it was given, once it has ended. */
  synchronized String sum() {
    return ended ? HexFormat.of().formatHex(digest.digest()) : "not ended";
  }

  @Override
  public synchronized Future<Void> write(Buffer bytes) {
    digest.update(bytes.getBytes());
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<Void> end() {
    ended = true;
    return Future.succeededFuture();
  }

  @Override
  public synchronized boolean writeQueueFull() {
    return !open;
  }

  @Override
  public Sluice setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public synchronized Sluice drainHandler(Handler<Void> handler) {
    drainHandler = handler;
    return this;
  }

  @Override
  public Sluice exceptionHandler(Handler<Throwable> handler) {
    return this;
  }
}
