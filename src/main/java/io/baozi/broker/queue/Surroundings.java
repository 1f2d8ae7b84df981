package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;
import java.util.Objects;

/** What a queue needs of whatever it is in. */
public abstract class Surroundings {
  private final Alarms alarms;
  private final Memory memory;
  private final Shelf shelf;

  /**
   * Surroundings.
   *
   * @param alarms where the ends of waits, reservations, delays and lives are set
   * @param memory which messages and waits take
   * @param shelf of the bodies that are on disk too
   */
  protected Surroundings(Alarms alarms, Memory memory, Shelf shelf) {
    this.alarms = Objects.requireNonNull(alarms, "alarms");
    this.memory = Objects.requireNonNull(memory, "memory");
    this.shelf = Objects.requireNonNull(shelf, "shelf");
  }

  final Alarms alarms() {
    return alarms;
  }

  final Memory memory() {
    return memory;
  }

  /** The bodies that are in memory although they are on disk too. */
  protected final Shelf shelf() {
    return shelf;
  }

  /** The id of the next message, larger than any before. */
  protected abstract long nextId();

  /** The index of the turn: chance is drawn from it, so that a replay draws the same. */
  protected abstract long index();

  /** What a dead message carries: its content, with how it died among the headers. */
  protected abstract Content obituary(Content content, Death death);

  /** The queue that takes the dead of others, made if it is not there. */
  protected abstract MessageQueue deadLetters(String name);
}
