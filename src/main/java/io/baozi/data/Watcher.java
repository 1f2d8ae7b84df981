package io.baozi.data;

/** Is told how far long work has come. */
public interface Watcher {
  /** Nobody is. */
  Watcher NONE =
      new Watcher() {
        @Override
        public void begin(String what, String unit, long total) {}

        @Override
        public void step(long more) {}
      };

  /**
   * A part of it begins, and the one before has ended.
   *
   * @param unit of what is counted
   * @param total about how many there are; 0 if that is not known
   */
  void begin(String what, String unit, long total);

  /** So many more are done. */
  void step(long more);
}
