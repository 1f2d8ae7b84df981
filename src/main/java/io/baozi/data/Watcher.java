package io.baozi.data;

/** Is told how far long work is, and may end it by what it throws. */
public interface Watcher {
  /** What is counted. */
  enum Unit {
    BYTES,
    MESSAGES
  }

  /**
   * A part of the work begins.
   *
   * @param part a word or two for people
   * @param steps how many it has, about; 0 if nobody knows
   */
  void begin(String part, Unit unit, long steps);

  /** So many more steps are done. */
  void step(long steps);
}
