package io.baozi.torture;

/** A promise of durable queues, held against one event after the other. */
interface Rule {
  /**
   * Looks at an event.
   *
   * @param ledger as it was before the event
   * @param broken is told in a sentence what breaks the promise
   */
  void see(Event event, Ledger ledger, Broken broken);

  /** Hears of what was broken. */
  interface Broken {
    void tell(String sentence);
  }
}
