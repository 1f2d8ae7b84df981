package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.client.LockOptions;
import io.baozi.client.Queue;
import io.baozi.client.RedriveOptions;
import io.baozi.torture.Event.Asked;
import io.baozi.torture.Event.Deed;
import io.baozi.torture.Event.Done;
import io.baozi.torture.Event.Granted;
import io.vertx.core.Future;
import java.time.Duration;

/** Acquires locks, and does to queues as a whole what is done to them, over and over. */
final class Warden {
  private final Stage stage;
  private final int life;
  private final Client client;

  Warden(Stage stage, int life, Client client) {
    this.stage = stage;
    this.life = life;
    this.client = client;
  }

  void run() {
    if (stage.isNow(life)) {
      act()
          .onComplete(
              result ->
                  stage.later(
                      1 + stage.random().nextInt(30),
                      () -> stage.goOn(life, result.cause(), this::run)));
    }
  }

  private Future<?> act() {
    int chance = stage.random().nextInt(100);
    if (chance < 60) {
      return lock("lock" + chance % 3);
    } else if (chance < 74) {
      return deed(Plan.STAYING, Deed.REDRIVE);
    } else if (chance < 80) {
      return deed(Plan.PASSING, Deed.PURGE);
    } else if (chance < 85) {
      return deed(Plan.PASSING, Deed.DELETE).eventually(() -> deed(Plan.PASSING, Deed.DECLARE));
    } else if (chance < 91) {
      return deed(Plan.PASSING, Deed.PAUSE);
    } else if (chance < 98) {
      return deed(Plan.PASSING, Deed.RESUME);
    }
    return deed(Plan.STAYING, Deed.PURGE_DEAD);
  }

  private Future<?> lock(String name) {
    return client
        .lock(name)
        .acquire(LockOptions.DEFAULT.withWait(Duration.ofSeconds(1)))
        .compose(
            lease -> {
              stage.see(new Granted(name, lease.token()));
              return lease.release();
            });
  }

  /** Declares all queues. */
  Future<?> declareAll() {
    Future<?> all = Future.succeededFuture();
    for (Plan plan : Plan.values()) {
      all = all.compose(done -> deed(plan, Deed.DECLARE));
    }
    return all;
  }

  private Future<?> deed(Plan plan, Deed deed) {
    stage.see(new Asked(plan, deed));
    return ask(plan, deed).onSuccess(done -> stage.see(new Done(plan, deed)));
  }

  private Future<?> ask(Plan plan, Deed deed) {
    Queue queue = client.queue(plan.queue());
    return switch (deed) {
      case DECLARE -> queue.declare(plan.declaration());
      case PURGE -> queue.purge();
      case PURGE_DEAD -> queue.purgeDead();
      case REDRIVE -> queue.redrive(RedriveOptions.ALL);
      case DELETE -> queue.delete();
      case PAUSE -> queue.pause();
      case RESUME -> queue.resume();
    };
  }
}
