package io.baozi.broker.waiting;

/** Something that is kept only as long as nobody else needs its {@link Memory}. */
public abstract class Spare {
  private final long bytes;

  /**
   * Something to spare.
   *
   * @param bytes that it takes
   */
  protected Spare(long bytes) {
    this.bytes = bytes;
  }

  /** Bytes that it takes. */
  public final long bytes() {
    return bytes;
  }

  /** It has gone, for others to have its memory. */
  protected abstract void spared();
}
