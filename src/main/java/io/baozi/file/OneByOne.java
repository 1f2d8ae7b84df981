package io.baozi.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Things that are done one after another: the next begins when the one before says it is done. */
final class OneByOne {
  private final Deque<Consumer<Runnable>> waiting = new ArrayDeque<>();
  private boolean busy;

  /** Whether the next is looked for: what is done at once does not look for it itself. */
  private boolean looking;

  /**
   * Adds something to be done.
   *
   * @param thing begins when called, and calls what it is given, once, when it is done
   */
  void add(Consumer<Runnable> thing) {
    waiting.add(thing);
    next();
  }

  private void next() {
    if (looking) {
      return;
    }
    looking = true;
    while (!busy && !waiting.isEmpty()) {
      busy = true;
      waiting.remove().accept(this::done);
    }
    looking = false;
  }

  private void done() {
    busy = false;
    next();
  }
}
