package io.baozi.broker;

import io.baozi.broker.sync.Acquisition;
import io.baozi.broker.sync.Hold;
import io.baozi.broker.sync.Lock;
import io.baozi.frame.Header;
import java.util.Collection;
import java.util.List;

/** What {@code lock.info} and {@code lock.list} tell of a lock. */
final class LockForm {
  static final String EXCLUSIVE = "exclusive";
  static final String SHARED = "shared";

  /** More entries than a header has room for. */
  private static final int MANY = 4096;

  private LockForm() {}

  static Object[] flat(Lock lock, Page page) {
    return flat(lock.name(), lock.holds(), lock.waiters(MANY), lock.waiting(), page);
  }

  static Object[] flat(
      String name, Collection<Hold> holds, List<Acquisition> waiters, int waiting, Page page) {
    return new Object[] {
      "lock", name,
      "holders", page.entries(holds, LockForm::holder),
      "waiters", page.entries(waiters, LockForm::waiter),
      "holding", holds.size(),
      "waiting", waiting,
      "more", page.more()
    };
  }

  private static Header holder(Hold hold) {
    return Header.of(
        "session",
        hold.owner().session(),
        "owner",
        hold.owner().name(),
        "mode",
        mode(hold.isExclusive()),
        "token",
        hold.token(),
        "holds",
        hold.holds(),
        "since",
        hold.since());
  }

  private static Header waiter(Acquisition asks) {
    return Header.of(
        "session",
        asks.owner().session(),
        "owner",
        asks.owner().name(),
        "mode",
        mode(asks.isExclusive()),
        "since",
        asks.since());
  }

  private static String mode(boolean isExclusive) {
    return isExclusive ? EXCLUSIVE : SHARED;
  }
}
