package io.baozi.broker.waiting;

/**
 * The memory that all that is kept takes, by an account of its own, against a limit from the
 * configuration: what peers send cannot fill the heap.
 */
public final class Memory {
  private final long limit;
  private long used;

  /**
   * An account.
   *
   * @param limit in bytes, above 0
   */
  public Memory(long limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit is " + limit + ", it must be positive");
    }
    this.limit = limit;
  }

  /** Whether so many bytes more stay within the limit. */
  public boolean hasRoom(long bytes) {
    return bytes <= limit - used;
  }

  /** Takes bytes, over the limit if need be: whoever can refuse asks first. */
  public void take(long bytes) {
    used += bytes;
  }

  /** Gives bytes back. */
  public void give(long bytes) {
    used -= bytes;
  }

  /** Bytes taken. */
  public long used() {
    return used;
  }

  /** Most bytes that may be taken. */
  public long limit() {
    return limit;
  }
}
