package io.baozi.bus;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one connection has under way on the event bus, and what there is to tell it. */
final class BridgeSession extends ServiceSession {
  private final long maxUnread;
  private final Unread inAll;

  private final Map<Long, Pending> pending = new LinkedHashMap<>();
  private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();

  /** Bytes that the peer has not taken yet, those in the outbox included. */
  private long unread;

  /** Those of the outbox alone. */
  private long unreadHere;

  BridgeSession(
      Arrival.Opened opened, long maxUnread, Unread inAll, Consumer<ServiceSession> dirty) {
    super(opened, dirty);
    this.maxUnread = maxUnread;
    this.inAll = inAll;
  }

  /** The subscriptions by their ids. */
  Map<Long, Subscription> subscriptions() {
    return subscriptions;
  }

  /**
   * Answers a request once the bus has settled it, unless it is cancelled before.
   *
   * @param settled may be so already
   * @param giveUp undoes what was asked of the bus
   */
  <T> void await(Request request, Future<T> settled, Function<T, Reply> answer, Runnable giveUp) {
    Pending waiting = new Pending(request, giveUp);
    pending.put(request.id(), waiting);
    settled.onComplete(
        value -> settle(waiting, () -> answer.apply(value)),
        failure -> settle(waiting, () -> Failures.answer(request, failure)));
  }

  private void settle(Pending waiting, Supplier<Reply> answer) {
    Request request = waiting.request();
    if (!pending.remove(request.id(), waiting)) {
      return;
    }
    Reply reply;
    try {
      reply = answer.get();
    } catch (RuntimeException e) {
      reply = Failures.answer(request, e);
    }
    send(reply);
  }

  /** The answer with what a consumer replied, if there is memory for it. */
  Reply reply(Request request, Outward outward) {
    if (!inAll.hasRoom(outward.bytes())) {
      throw new RefusedException(
          ErrorCode.BUSY, "the server has no memory for the consumer's reply now, try later");
    }
    count(outward.bytes());
    return request.ok("headers", outward.headers()).withBody(outward.body());
  }

  /** Sends a push unless the peer has too much to read already; whether it does. */
  boolean push(Reply push, long bytes) {
    if ((unread > 0 && unread + bytes > maxUnread) || !inAll.hasRoom(bytes)) {
      return false;
    }
    count(bytes);
    send(push);
    return true;
  }

  private void count(long bytes) {
    unread += bytes;
    unreadHere += bytes;
    inAll.add(bytes);
  }

  /** The peer has taken bytes that were sent to it. */
  private void taken(long bytes) {
    if (!isOver()) {
      unread -= bytes;
      inAll.remove(bytes);
    }
  }

  /** Ends a wait; whether a request waited under this id. */
  boolean end(long id, ErrorCode code, String message) {
    Pending waiting = pending.remove(id);
    if (waiting == null) {
      return false;
    }
    waiting.giveUp();
    send(waiting.request().refused(code, message));
    return true;
  }

  /** Ends every wait, in the order in which they began. */
  void endWaits(ErrorCode code, String message) {
    List.copyOf(pending.keySet()).forEach(id -> end(id, code, message));
  }

  /** The connection is gone: with it go its waits and its subscriptions. */
  @Override
  protected void end() {
    subscriptions.values().forEach(Subscription::end);
    subscriptions.clear();
    endWaits(ErrorCode.CANCELLED, "the connection ended while the request waited");
    inAll.remove(unread);
    leave();
  }

  @Override
  protected Runnable written() {
    long bytes = unreadHere;
    unreadHere = 0;
    return bytes == 0 ? null : () -> taken(bytes);
  }
}
