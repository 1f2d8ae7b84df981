package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * Permits on the server, of which no more are handed out than there are. They belong to the
 * session, unless the options name an {@code owner}.
 */
public final class Semaphore {
  private final Client client;
  private final String name;

  Semaphore(Client client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The semaphore's name. */
  public String name() {
    return name;
  }

  /** Acquires one permit, waiting for it as long as the client's options say. */
  public Future<Permits> acquire() {
    return acquire(SemaphoreOptions.DEFAULT);
  }

  /**
   * Acquires permits, all that are asked for or none. What the server grants after the client has
   * given the call up is released at once.
   *
   * @return fails with {@code timeout} if they were not to be had in time, with {@code conflict} if
   *     the semaphore has another limit, and with a {@link io.baozi.message.DeadlockException} if
   *     those who have them wait, in the end, for this owner
   */
  public Future<Permits> acquire(SemaphoreOptions options) {
    return attempt(options).future();
  }

  /** The same, to be cancelled if need be. */
  public Attempt<Permits> attempt(SemaphoreOptions options) {
    Duration wait = client.options().waitOr(options.waitFor());
    return client
        .pipeline()
        .attempt(
            Outgoing.of(
                Operation.SEMAPHORE_ACQUIRE.wire(),
                Buffer.buffer(0),
                client.options().patience(wait),
                "semaphore",
                name,
                "permits",
                options.permits() == 1 ? null : options.permits(),
                "limit",
                options.limit(),
                "wait",
                Ranges.millis(wait),
                "lease",
                Ranges.millis(options.lease()),
                "owner",
                options.owner(),
                "fence",
                Fence.json(options.fence())),
            answer -> granted(options, System.nanoTime(), answer),
            Permits::release);
  }

  private Future<Permits> granted(SemaphoreOptions how, long asked, Future<Reply> answer) {
    Exchange exchange = client.pipeline().exchange();
    Tenure.Key key = new Tenure.Key(Holdable.SEMAPHORE, name, how.owner());
    Hold hold = new Hold(exchange.home(), how.permits(), how.lease());
    return answer
        .compose(
            reply ->
                Client.read(reply, Semaphore::available)
                    .onFailure(e -> exchange.holds().giveBack(key, how.permits())))
        .compose(
            available ->
                exchange
                    .holds()
                    .add(key, 0, hold, asked)
                    .map(held -> new Permits(held, name, available, how.owner())));
  }

  static int available(Reply reply) {
    return Math.toIntExact((Long) reply.header().get("available"));
  }

  /** Who has permits and who waits for some; nobody, for a semaphore that nobody knows. */
  public Future<SemaphoreInfo> info() {
    return client
        .call(Operation.SEMAPHORE_INFO, Buffer.buffer(0), "semaphore", name)
        .compose(reply -> Client.read(reply, r -> r.header().json().as(SemaphoreInfo.class)));
  }
}
