package io.baozi.broker.waiting;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The memory that all that is kept takes, by an account of its own, against a limit from the
 * configuration: what peers send cannot fill the heap. What can be spared goes when there is no
 * room, the oldest first.
 */
public final class Memory {
  private final long limit;

  /** The oldest first. */
  private final Set<Spare> spares = new LinkedHashSet<>();

  private long used;

  /** Bytes of {@link #used} that can be spared. */
  private long sparing;

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

  /** Whether so many bytes more stay within the limit; what can be spared makes room for them. */
  public boolean hasRoom(long bytes) {
    long lacking = bytes - (limit - used);
    if (lacking > 0 && lacking <= sparing) {
      spare(lacking);
    }
    return bytes <= limit - used;
  }

  private void spare(long lacking) {
    long enough = used - lacking;
    while (used > enough) {
      Spare oldest = spares.iterator().next();
      release(oldest);
      oldest.spared();
    }
  }

  /** Takes memory for something until somebody else needs it. */
  public void keep(Spare spare) {
    if (spares.add(spare)) {
      used += spare.bytes();
      sparing += spare.bytes();
    }
  }

  /** Gives back the memory of something that could be spared and is no longer kept. */
  public void release(Spare spare) {
    if (spares.remove(spare)) {
      used -= spare.bytes();
      sparing -= spare.bytes();
    }
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
