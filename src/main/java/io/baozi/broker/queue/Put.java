package io.baozi.broker.queue;

import io.baozi.broker.waiting.Waiter;
import java.util.List;

/**
 * A request to put messages: all or none, or each for itself. It is told of its end once, when the
 * last of its messages is decided.
 */
public abstract class Put extends Waiter {
  private final List<Content> contents;
  private final boolean each;
  private final long[] ids;
  private int accepted;
  private MessageQueue queue;

  /**
   * A request.
   *
   * @param contents of one message or more
   * @param each whether every message waits for its own room, and not for room for all
   */
  protected Put(List<Content> contents, boolean each) {
    if (contents.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to put");
    }
    this.contents = contents;
    this.each = each;
    this.ids = new long[contents.size()];
  }

  /** How many messages were put; the first so many, in order. */
  public final int accepted() {
    return accepted;
  }

  /** The ids of the messages; those that were not put have 0. */
  public final long[] ids() {
    return ids;
  }

  /** How many messages it asks to put. */
  public final int size() {
    return ids.length;
  }

  /** The memory that all its messages take. */
  public final long memory() {
    return memoryFrom(0);
  }

  final long memoryFrom(int index) {
    long memory = 0;
    for (Content content : contents.subList(index, contents.size())) {
      memory += content.memory();
    }
    return memory;
  }

  /** The room that its next step needs. */
  final int roomNeeded() {
    return each ? 1 : contents.size();
  }

  final boolean isDecided() {
    return accepted == ids.length;
  }

  final Content next() {
    return contents.get(accepted);
  }

  final void accept(long id) {
    ids[accepted++] = id;
  }

  final void waitAt(MessageQueue queue) {
    this.queue = queue;
  }

  @Override
  protected final void ring(long now) {
    queue.timeOut(this, now);
  }

  @Override
  protected final void left(long now) {
    queue.left(this, now);
  }
}
