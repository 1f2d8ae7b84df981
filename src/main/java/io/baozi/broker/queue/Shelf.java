package io.baozi.broker.queue;

import io.baozi.broker.waiting.Memory;
import java.util.Objects;

/**
 * The bodies that are in memory although they are on disk too, up to so many bytes: the first that
 * come are kept at hand, what comes while there is no room is on disk only.
 */
public final class Shelf {
  private final long limit;
  private final Memory memory;
  private long used;

  /**
   * An empty shelf.
   *
   * @param limit bytes of bodies
   * @param memory which gets back what is not kept at hand
   */
  public Shelf(long limit, Memory memory) {
    this.limit = limit;
    this.memory = Objects.requireNonNull(memory, "memory");
  }

  /** The body of this content is on disk from now on. */
  public void stored(Content content) {
    if (content.isForgotten()) {
      return;
    }
    if (content.length() <= limit - used) {
      used += content.length();
      content.shelve();
    } else {
      memory.give(content.spill());
    }
  }

  /** Nobody needs this content any more. */
  void forget(Content content) {
    if (content.isShelved()) {
      used -= content.length();
    }
    content.forget();
  }

  /** Bytes of bodies on it. */
  public long used() {
    return used;
  }
}
