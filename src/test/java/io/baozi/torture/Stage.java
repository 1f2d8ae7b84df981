package io.baozi.torture;

import io.baozi.message.RefusedException;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What all clients of a life of the server share. On the one event loop only, but for the end. */
final class Stage {
  /** How many messages there are to be at most, about. */
  private static final int CROWD = 1_500;

  private static final int KEYS = 300;

  private final Vertx vertx;
  private final Checker checker;
  private final Random random;
  private final List<Long> keyed = new ArrayList<>();
  private final AtomicInteger life = new AtomicInteger();
  private long lastNumber;

  Stage(Vertx vertx, Checker checker, long seed) {
    this.vertx = vertx;
    this.checker = checker;
    this.random = new Random(seed);
  }

  void see(Event event) {
    checker.see(event);
  }

  Random random() {
    return random;
  }

  /** Another life begins; whoever belongs to one before stops. */
  int begin() {
    return life.incrementAndGet();
  }

  boolean isNow(int its) {
    return life.get() == its;
  }

  boolean isCrowded() {
    return checker.live() > CROWD;
  }

  /** A number that no message had. */
  synchronized long next(boolean alone) {
    lastNumber += 2;
    return lastNumber + (alone ? 1 : 0);
  }

  /** One that was put under a key before, or a new one. */
  long keyed() {
    if (!keyed.isEmpty() && random.nextInt(4) == 0) {
      return keyed.get(random.nextInt(keyed.size()));
    }
    long number = next(random.nextBoolean());
    if (keyed.size() < KEYS) {
      keyed.add(number);
    } else {
      keyed.set(random.nextInt(KEYS), number);
    }
    return number;
  }

  void later(long millis, Runnable what) {
    vertx.setTimer(Math.max(1, millis), timer -> what.run());
  }

  /** Goes on after an outcome: at once, after a pause if it was refused, not if nobody answers. */
  void goOn(int its, Throwable failure, Runnable what) {
    if (isNow(its) && (failure == null || failure instanceof RefusedException)) {
      if (failure == null) {
        vertx.runOnContext(v -> what.run());
      } else {
        later(5 + ThreadLocalRandom.current().nextInt(10), what);
      }
    }
  }
}
