package io.baozi.client;

import io.vertx.core.Future;

/** A file on its way to the server or from it. Its methods may be called from any thread. */
public final class Transfer {
  private final Carriage carriage;

  Transfer(Carriage carriage) {
    this.carriage = carriage;
  }

  /**
   * What comes of it: the file, once it is whole where it was to go and its checksum is right.
   * Fails with what the server has against it, with {@code corrupt} if the checksum is wrong, with
   * {@code cancelled} if the program cancelled it, and with an {@link java.io.IOException} if
   * nothing got across for longer than its patience.
   */
  public Future<FileInfo> future() {
    return carriage.promise().future();
  }

  /** How far it is; asking costs nothing. */
  public TransferProgress progress() {
    return carriage.progress();
  }

  /**
   * Whether there is a connection for it at the moment. Without one it has not begun or has ended,
   * or it waits for a server that is away.
   */
  public boolean isConnected() {
    return carriage.isConnected();
  }

  /**
   * Lets no more get across until it is resumed. The server does not wait for a peer that stands
   * still for ever: a transfer that outlives its connection makes another when it is resumed.
   */
  public Transfer pause() {
    carriage.home.run(carriage::pause);
    return this;
  }

  /** Ends a pause. */
  public Transfer resume() {
    carriage.home.run(carriage::resume);
    return this;
  }

  /**
   * Ends it, if it has not ended, and removes what there is of the file on either side. A file that
   * the server had got whole before stays.
   */
  public void cancel() {
    carriage.home.run(carriage::cancel);
  }
}
