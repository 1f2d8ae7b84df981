package io.baozi.broker;

import io.baozi.broker.sync.Holding;
import io.baozi.broker.sync.Owner;
import io.baozi.broker.sync.PermitWait;
import io.baozi.broker.sync.Semaphore;
import io.baozi.frame.Header;

/** What {@code semaphore.info} and {@code semaphore.list} tell of a semaphore. */
final class SemaphoreForm {
  /** More entries than a header has room for. */
  private static final int MANY = 4096;

  private SemaphoreForm() {}

  static Object[] flat(Semaphore semaphore, Page page) {
    return new Object[] {
      "semaphore", semaphore.name(),
      "limit", semaphore.limit(),
      "available", semaphore.available(),
      "holders", page.entries(semaphore.holdings(), SemaphoreForm::holder),
      "waiters", page.entries(semaphore.waiters(MANY), SemaphoreForm::waiter),
      "holding", semaphore.holdings().size(),
      "waiting", semaphore.waiting(),
      "more", page.more()
    };
  }

  private static Header holder(Holding holding) {
    return entry(holding.owner(), holding.permits(), holding.since());
  }

  private static Header waiter(PermitWait asks) {
    return entry(asks.owner(), asks.permits(), asks.since());
  }

  private static Header entry(Owner owner, int permits, long since) {
    return Header.of(
        "session", owner.session(), "owner", owner.name(), "permits", permits, "since", since);
  }
}
