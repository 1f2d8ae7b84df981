package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/** Where a download goes. On the context only. */
interface DownloadTarget {
  /**
   * Opens it; asked once, before anything else.
   *
   * @param room called whenever it may be full no longer
   * @param failed told that it cannot go on
   * @return how many bytes it has already
   */
  Future<Long> open(Runnable room, Handler<Throwable> failed);

  /** Takes the next bytes. */
  void add(Buffer bytes);

  /** Whether it should be given no more for now. */
  boolean isFull();

  /** The SHA-256 of all that it has, once that is written. */
  Future<String> sum();

  /** Whether it can begin again with nothing. */
  boolean canStartOver();

  /** Begins again with nothing. */
  Future<Void> startOver();

  /** Makes a file of it: that was all, and it is right. */
  Future<Void> complete();

  /** Closes it when it is no file yet; what it has may be kept for later, or is removed. */
  Future<Void> close(boolean kept);
}
