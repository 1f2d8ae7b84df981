package io.baozi.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;

/**
 * Gives back the space of what was removed, although nothing new is written: when what is dead is
 * more than what lives, all that lives is written anew, which costs less than what was removed.
 */
final class Reclaimer {
  private static final Logger LOG = System.getLogger(Reclaimer.class.getName());
  private static final long LEAST = 64L << 20;
  private static final long EVERY_MILLIS = 1000;

  private final Store store;
  private final Sizes sizes;
  private final Thread thread = new Thread(this::run, "baozi-journal-space");
  private long seen; // removals, when it last looked
  private final CountDownLatch over = new CountDownLatch(1);

  Reclaimer(Store store, Sizes sizes) {
    this.store = store;
    this.sizes = sizes;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Begins no more; what is under way ends by itself, or with the store. */
  void close() {
    over.countDown();
  }

  private void run() {
    try {
      while (rest()) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does; space is given back after the next start
    }
  }

  private boolean rest() throws InterruptedException {
    return !over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long removals = sizes.removals();
    try {
      if (removals != seen && isWorth()) {
        store.compact(List.of(Family.BODIES, Family.INDEX));
      }
      seen = removals;
    } catch (RocksDBException e) {
      LOG.log(Level.DEBUG, "Giving back space was broken off: {0}", Damage.why(e));
    } catch (OutOfMemoryError e) { // when others have what they need, it is tried again
      LOG.log(Level.DEBUG, "Giving back space was broken off", e);
    }
  }

  private boolean isWorth() throws RocksDBException {
    long live = sizes.live();
    return store.valuesInTables(Family.BODIES) - live > Math.max(LEAST, live);
  }
}
