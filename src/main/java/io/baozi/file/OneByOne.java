package io.baozi.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Things that are done one after another: the next begins when the one before says it is done. */
final class OneByOne {
  private final Deque<Consumer<Runnable>> waiting = new ArrayDeque<>();
  private boolean busy;

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
    if (!busy && !waiting.isEmpty()) {
      busy = true;
      waiting
          .remove()
          .accept(
              () -> {
                busy = false;
                next();
              });
    }
  }
}
