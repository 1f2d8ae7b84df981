package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Objects;

/** A flag on the server that is set or not, and that others wait to see set. */
public final class Event {
  private final Client client;
  private final String name;
  private final Fence fence;

  Event(Client client, String name, Fence fence) {
    this.client = client;
    this.name = name;
    this.fence = fence;
  }

  /** The event's name. */
  public String name() {
    return name;
  }

  /** The same event, set and cleared only as long as a lock is held. */
  public Event withFence(Fence fence) {
    return new Event(client, name, fence);
  }

  /** Sets it: who waits goes on, and who comes does not wait, until it is cleared. */
  public Future<Void> set() {
    return change(Operation.EVENT_SET);
  }

  /** Clears it. */
  public Future<Void> clear() {
    return change(Operation.EVENT_CLEAR);
  }

  private Future<Void> change(Operation operation) {
    return client
        .call(operation, Buffer.buffer(0), "event", name, "fence", Fence.json(fence))
        .mapEmpty();
  }

  /** Whether it is set; one that nobody has set is not. */
  public Future<Boolean> isSet() {
    return client
        .call(Operation.EVENT_GET, Buffer.buffer(0), "event", name)
        .compose(reply -> Client.read(reply, Event::set));
  }

  private static boolean set(Reply reply) {
    return (Boolean) Objects.requireNonNull(reply.header().get("set"), "set");
  }

  /**
   * Waits until it is set.
   *
   * @param waitFor null for the client's default
   * @return fails with {@code timeout} if it was not set in time
   */
  public Future<Void> await(Duration waitFor) {
    return attempt(waitFor).future();
  }

  /** The same, to be cancelled if need be. */
  public Attempt<Void> attempt(Duration waitFor) {
    return client.attempt(Operation.EVENT_WAIT, waitFor, reply -> null, "event", name);
  }
}
