package io.baozi.journal;

/** A map of positive ids to positive lengths, in two arrays: 12 bytes for each slot. */
final class Lengths {
  private long[] ids = new long[1024];
  private int[] lengths = new int[1024];
  private int count;

  /** Sets one; the length before, or 0. */
  int put(long id, int length) {
    if (count >= ids.length / 2) {
      grow();
    }
    int slot = slot(id);
    int before = lengths[slot];
    if (before == 0) {
      count++;
    }
    ids[slot] = id;
    lengths[slot] = length;
    return before;
  }

  /** Removes one; the length that it had, or 0. */
  int remove(long id) {
    int slot = slot(id);
    int before = lengths[slot];
    if (before > 0) {
      lengths[slot] = 0;
      count--;
      closeUp(slot);
    }
    return before;
  }

  /** Where it is, or would be: the first slot from its own on that has it or is empty. */
  private int slot(long id) {
    int slot = home(id);
    while (lengths[slot] != 0 && ids[slot] != id) {
      slot = (slot + 1) & (ids.length - 1);
    }
    return slot;
  }

  private int home(long id) {
    return (int) ((id * 0x9e3779b97f4a7c15L) >>> 40) & (ids.length - 1);
  }

  /** Puts those behind a slot that became empty where they are found again. */
  private void closeUp(int empty) {
    int from = (empty + 1) & (ids.length - 1);
    while (lengths[from] != 0) {
      int length = lengths[from];
      lengths[from] = 0;
      int to = slot(ids[from]);
      ids[to] = ids[from];
      lengths[to] = length;
      from = (from + 1) & (ids.length - 1);
    }
  }

  private void grow() {
    long[] oldIds = ids;
    int[] oldLengths = lengths;
    long[] newIds = new long[oldIds.length * 2];
    lengths = new int[newIds.length]; // if either cannot be had, all stays as it was
    ids = newIds;
    for (int i = 0; i < oldIds.length; i++) {
      if (oldLengths[i] != 0) {
        int slot = slot(oldIds[i]);
        ids[slot] = oldIds[i];
        lengths[slot] = oldLengths[i];
      }
    }
  }
}
