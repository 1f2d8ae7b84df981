package io.baozi.broker.waiting;

/** Something that is to happen at a moment unless it is cancelled before. */
public abstract class Alarm {
  static final int UNSET = -1;

  /** Milliseconds since 1970; means something only while the alarm is set. */
  long due;

  /** Of two alarms due at once the one set first rings first. */
  long order;

  /** Its place in the heap of {@link Alarms}. */
  int position = UNSET;

  /** Happens, once; the alarm is no longer set. */
  protected abstract void ring(long now);

  /** Whether it is going to ring. */
  public final boolean isSet() {
    return position != UNSET;
  }
}
