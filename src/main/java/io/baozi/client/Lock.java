package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Objects;

/**
 * A lock on the server, shared by all who name it.
 *
 * <p>Its owner is the session, unless the options name an {@code owner}: two tasks of one program
 * that share a client and name none are the same owner, and have the lock both. Two acquires of one
 * owner are two holds of one lock, and each {@link Lease} releases its own.
 */
public final class Lock {
  private final Client client;
  private final String name;

  Lock(Client client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The lock's name. */
  public String name() {
    return name;
  }

  /** Acquires it for the session, waiting for it as long as the client's options say. */
  public Future<Lease> acquire() {
    return acquire(LockOptions.DEFAULT);
  }

  /**
   * Acquires it. What the server grants after the client has given the call up is released at once.
   *
   * @return fails with {@code timeout} if it was not to be had in time, and with a {@link
   *     io.baozi.message.DeadlockException} if those who have it wait, in the end, for this owner
   */
  public Future<Lease> acquire(LockOptions options) {
    return attempt(options).future();
  }

  /** The same, to be cancelled if need be. */
  public Attempt<Lease> attempt(LockOptions options) {
    Duration wait = client.options().waitOr(options.waitFor());
    return client
        .pipeline()
        .attempt(
            Outgoing.of(
                Operation.LOCK_ACQUIRE.wire(),
                Buffer.buffer(0),
                client.options().patience(wait),
                "lock",
                name,
                "wait",
                Ranges.millis(wait),
                "lease",
                Ranges.millis(options.lease()),
                "mode",
                options.mode() == LockMode.EXCLUSIVE ? null : options.mode().wire(),
                "reentrant",
                options.reentrant() ? null : false,
                "owner",
                options.owner(),
                "fence",
                Fence.json(options.fence())),
            answer -> granted(options, System.nanoTime(), answer),
            Lease::release);
  }

  private Future<Lease> granted(LockOptions how, long asked, Future<Reply> answer) {
    Exchange exchange = client.pipeline().exchange();
    Tenure.Key key = new Tenure.Key(Holdable.LOCK, name, how.owner());
    Hold hold = new Hold(exchange.home(), 1, how.lease());
    return answer
        .compose(
            reply ->
                Client.read(reply, Grant::of).onFailure(e -> exchange.holds().giveBack(key, 1)))
        .compose(
            grant ->
                exchange
                    .holds()
                    .add(key, grant.token(), hold, asked)
                    .map(
                        held ->
                            new Lease(
                                held, new Fence(name, grant.token()), grant.holds(), how.owner())));
  }

  /** Who has it and who waits for it; nobody, for a lock that nobody knows. */
  public Future<LockInfo> info() {
    return client
        .call(Operation.LOCK_INFO, Buffer.buffer(0), "lock", name)
        .compose(reply -> Client.read(reply, r -> r.header().json().as(LockInfo.class)));
  }

  /** What the answer to an acquire says. */
  private record Grant(long token, int holds) {
    static Grant of(Reply reply) {
      Object holds = Objects.requireNonNull(reply.header().get("holds"), "holds");
      return new Grant((Long) reply.header().get("token"), Math.toIntExact((Long) holds));
    }
  }
}
