package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.journal.Entry;
import java.util.ArrayList;
import java.util.List;

/** What this turn has changed so far of what is to be kept. */
final class Changes {
  /** What a change takes of memory until it is written, beside the body in it, in bytes. */
  private static final int ENTRY_MEMORY = 128;

  /**
   * All that a turn has changed.
   *
   * @param entries in the order in which it happened
   * @param contents whose bodies are among the entries
   * @param awaited whether answers wait for it, or for what was written before
   * @param memory that it takes until it is written, in bytes
   */
  record OfTurn(List<Entry> entries, List<Content> contents, boolean awaited, long memory) {
    static final OfTurn NONE = new OfTurn(List.of(), List.of(), false, 0);
  }

  private List<Entry> entries = new ArrayList<>();
  private List<Content> contents = new ArrayList<>();
  private boolean awaited;
  private long memory;

  void add(Entry entry) {
    entries.add(entry);
    memory += ENTRY_MEMORY;
  }

  /** The body of this content is in the entry that was added last. */
  void carries(Content content) {
    contents.add(content);
    memory += content.length();
  }

  /** Somebody waits until it is written. */
  void await() {
    awaited = true;
  }

  /** All of it; from now on there is nothing. */
  OfTurn take() {
    if (entries.isEmpty() && !awaited) {
      return OfTurn.NONE;
    }
    OfTurn all = new OfTurn(entries, contents, awaited, memory);
    entries = new ArrayList<>();
    contents = new ArrayList<>();
    awaited = false;
    memory = 0;
    return all;
  }
}
