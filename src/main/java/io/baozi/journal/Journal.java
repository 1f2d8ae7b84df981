package io.baozi.journal;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps what the entries of turns say. None of its methods waits for the disk but {@link #recover};
 * they belong to one thread, and what is called back comes on threads of the journal's own.
 */
public interface Journal {
  /** What becomes of what was written; called on a thread of the journal's. */
  interface Listener {
    /** All writes up to this number are kept, as {@link #isForced} says. */
    void kept(long number);

    /** Those up to this number which were not kept before are not known to be kept. */
    void lost(long number);

    /** It is now in another state than before. */
    void changed(Health health);
  }

  /**
   * Hands over all that is kept, once, before anything is written: counters, queues, bodies that
   * are lent, then messages by queue and id, without their bodies, then keys. A key whose end has
   * passed may be among them.
   *
   * @throws JournalException if something is damaged: says what, and what to do
   */
  void recover(Consumer<Entry> to) throws JournalException;

  /** From now on, this one is told. */
  void listen(Listener listener);

  /**
   * Writes what a turn has changed, behind all that was written before.
   *
   * @param entries not to be changed any more; may be empty, to be told when all before is kept
   * @param force whether somebody waits for it; what nobody waits for may be written later
   * @return the number of this write, one more than that of the last; the first has 1
   */
  long write(List<Entry> entries, boolean force);

  /**
   * Reads bodies. What was removed by a write after this call is still found.
   *
   * @param bodies under which they are kept, all of writes that were told to be kept
   * @param then gets them in that order; null for one that is not there or damaged, which the log
   *     tells of
   */
  void read(long[] bodies, Consumer<byte[][]> then);

  /** Whether a kept write is forced to disk, so that it outlives a power cut too. */
  boolean isForced();

  /** How it is. */
  Health health();

  /** How often it was forced to disk since it was opened. */
  long forces();

  /**
   * Writes and forces what is left, and closes.
   *
   * @return completes when all is closed; fails if something could not be kept
   */
  CompletionStage<Void> close();
}
