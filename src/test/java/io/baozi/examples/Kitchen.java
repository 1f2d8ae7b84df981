package io.baozi.examples;

import io.baozi.client.Client;
import io.baozi.client.Lease;
import io.baozi.client.LockOptions;
import io.baozi.client.PutOptions;
import io.baozi.client.SemaphoreOptions;
import io.baozi.client.blocking.BlockingLock;
import io.baozi.client.blocking.BlockingQueueView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;

/** Cooks who share one kitchen: the code of docs/coordination.md. */
final class Kitchen {
  private Kitchen() {}

  /** Writes the menu while nobody else does, and not after that. */
  static Future<Void> writeMenu(Client client, String menu) {
    LockOptions options = LockOptions.DEFAULT.withLease(Duration.ofSeconds(10));
    return client.lock("menu").acquire(options).compose(lease -> write(client, menu, lease));
  }

  private static Future<Void> write(Client client, String menu, Lease lease) {
    lease.lost().onSuccess(loss -> System.err.println("stop writing: " + loss.getMessage()));
    return client
        .queue("menus")
        .put(Buffer.buffer(menu), PutOptions.DEFAULT.withFence(lease.fence()))
        .eventually(lease::release)
        .mapEmpty();
  }

  /** Bakes in one of four ovens. */
  static Future<String> bake(Client client, String dough) {
    SemaphoreOptions ovens = SemaphoreOptions.DEFAULT.withLimit(4);
    return client
        .semaphore("ovens")
        .acquire(ovens)
        .compose(oven -> Future.succeededFuture("baked " + dough).eventually(oven::release));
  }

  /** Opens when three cooks are ready, and says so to the guests. */
  static Future<Void> open(Client client) {
    return client
        .barrier("cooks")
        .await(3, Duration.ofMinutes(1))
        .compose(
            index -> index == 2 ? client.event("open").set() : client.event("open").await(null));
  }

  /** Serves the dishes that others put, one cook at a time. */
  static String serve(Client client) throws InterruptedException {
    BlockingLock door = BlockingLock.of(client.lock("door"));
    BlockingQueue<String> dishes =
        BlockingQueueView.of(client.queue("dishes"), Buffer::buffer, Buffer::toString);
    door.lock();
    try {
      return dishes.take();
    } finally {
      door.unlock();
    }
  }
}
