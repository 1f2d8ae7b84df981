package io.baozi.cli;

import io.baozi.data.Watcher;

/** How far long work is, shown to whoever watches standard error. */
final class Bar implements Watcher, AutoCloseable {
  private Bar() {}

  /** One that is shown where standard error is a terminal. */
  static Bar of(Shell shell) {
    return new Bar();
  }

  /** One for work whose results go to standard output: not shown where they are. */
  static Bar beside(Shell shell) {
    return new Bar();
  }

  @Override
  public void begin(String part, long steps) {}

  @Override
  public void step(long steps) {}

  /** Makes room for a line. */
  void clear() {}

  @Override
  public void close() {}
}
