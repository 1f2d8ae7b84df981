package io.baozi.broker.waiting;

import java.util.Arrays;

/**
 * All that is to happen at some moment, in a binary heap whose entries know their place: setting
 * and cancelling cost O(log n), and a cancelled alarm takes no memory.
 */
public final class Alarms {
  /** What {@link #next()} says when nothing is to happen. */
  public static final long NEVER = Long.MAX_VALUE;

  private Alarm[] heap = new Alarm[64];
  private int size;
  private long orders;

  /** Sets an alarm, or sets it to another moment. */
  public void set(Alarm alarm, long due) {
    cancel(alarm);
    alarm.due = due;
    alarm.order = orders++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    up(size++, alarm);
  }

  /** Cancels an alarm; one that is not set stays so. */
  public void cancel(Alarm alarm) {
    int hole = alarm.position;
    if (hole == Alarm.UNSET) {
      return;
    }
    alarm.position = Alarm.UNSET;
    Alarm last = heap[--size];
    heap[size] = null;
    if (last != alarm) {
      up(hole, last);
      down(last.position, last);
    }
  }

  /** When the first alarm is due, {@link #NEVER} if none is set. */
  public long next() {
    return size == 0 ? NEVER : heap[0].due;
  }

  /** Rings all that are due, the earliest first, those included that are set meanwhile. */
  public void ring(long now) {
    while (size > 0 && heap[0].due <= now) {
      Alarm first = heap[0];
      cancel(first);
      first.ring(now);
    }
  }

  /** How many are set. */
  public int size() {
    return size;
  }

  private void up(int from, Alarm alarm) {
    int place = from;
    while (place > 0 && isBefore(alarm, heap[(place - 1) >>> 1])) {
      move(heap[(place - 1) >>> 1], place);
      place = (place - 1) >>> 1;
    }
    move(alarm, place);
  }

  private void down(int from, Alarm alarm) {
    int place = from;
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], alarm)) {
        break;
      }
      move(heap[child], place);
      place = child;
    }
    move(alarm, place);
  }

  private void move(Alarm alarm, int place) {
    heap[place] = alarm;
    alarm.position = place;
  }

  private static boolean isBefore(Alarm a, Alarm b) {
    return a.due != b.due ? a.due < b.due : a.order < b.order;
  }
}
