package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** A count on the server that others count down, and that opens for good at 0. */
public final class Latch {
  private final Client client;
  private final String name;
  private final Fence fence;

  Latch(Client client, String name, Fence fence) {
    this.client = client;
    this.name = name;
    this.fence = fence;
  }

  /** The latch's name. */
  public String name() {
    return name;
  }

  /** The same latch, made, counted down and deleted only as long as a lock is held. */
  public Latch withFence(Fence fence) {
    return new Latch(client, name, fence);
  }

  /**
   * Makes it, if it is not there.
   *
   * @param count to count down from, 0 to 2^53-1
   * @return the count that it has; fails with {@code conflict} if it was made with another
   */
  public Future<Long> create(long count) {
    Ranges.require("count", count, 0, Ranges.LONGEST.toMillis());
    return change(Operation.LATCH_CREATE, "count", count);
  }

  /** Counts down by 1. */
  public Future<Long> countDown() {
    return countDown(1);
  }

  /**
   * Counts down, to 0 at the lowest.
   *
   * @param by 1 to 2^53-1
   * @return the count that is left; fails with {@code not_found} if it was never made
   */
  public Future<Long> countDown(long by) {
    Ranges.require("by", by, 1, Ranges.LONGEST.toMillis());
    return change(Operation.LATCH_COUNTDOWN, "by", by == 1 ? null : by);
  }

  private Future<Long> change(Operation operation, String key, Long value) {
    return client
        .call(operation, Buffer.buffer(0), "latch", name, key, value, "fence", Fence.json(fence))
        .compose(reply -> Client.read(reply, Latch::count));
  }

  private static long count(Reply reply) {
    return (Long) reply.header().get("count");
  }

  /** Deletes it; who waits for it gets {@code not_found}. */
  public Future<Void> delete() {
    return client
        .call(Operation.LATCH_DELETE, Buffer.buffer(0), "latch", name, "fence", Fence.json(fence))
        .mapEmpty();
  }

  /**
   * Waits until it is at 0.
   *
   * @param waitFor null for the client's default
   * @return fails with {@code timeout} if it took too long, and with {@code not_found} if it was
   *     never made
   */
  public Future<Void> await(Duration waitFor) {
    return attempt(waitFor).future();
  }

  /** The same, to be cancelled if need be. */
  public Attempt<Void> attempt(Duration waitFor) {
    return client.attempt(Operation.LATCH_AWAIT, waitFor, reply -> null, "latch", name);
  }
}
