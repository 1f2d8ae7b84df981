package io.baozi.bus;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one connection has under way on the event bus, and what there is to tell it. */
final class BridgeSession {
  private final Arrival.Opened opened;
  private final long maxUnread;
  private final Unread inAll;

  /** Told when there is something to send for the first time since the last departure. */
  private final Consumer<BridgeSession> dirty;

  private final Map<Long, Pending> pending = new LinkedHashMap<>();
  private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();
  private List<Reply> outbox = new ArrayList<>();

  /** Bytes that the peer has not taken yet, those in the outbox included. */
  private long unread;

  /** Those of the outbox alone. */
  private long unreadHere;

  private boolean isDirty;
  private boolean over;

  BridgeSession(
      Arrival.Opened opened, long maxUnread, Unread inAll, Consumer<BridgeSession> dirty) {
    this.opened = opened;
    this.maxUnread = maxUnread;
    this.inAll = inAll;
    this.dirty = dirty;
  }

  String replyTo() {
    return opened.replyTo();
  }

  /** The subscriptions by their ids. */
  Map<Long, Subscription> subscriptions() {
    return subscriptions;
  }

  /** Sends at the end of the tick. */
  void send(Reply reply) {
    outbox.add(reply);
    becomeDirty();
  }

  private void becomeDirty() {
    if (!isDirty) {
      isDirty = true;
      dirty.accept(this);
    }
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
    if (!over) {
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
  void end() {
    subscriptions.values().forEach(Subscription::end);
    subscriptions.clear();
    endWaits(ErrorCode.CANCELLED, "the connection ended while the request waited");
    inAll.remove(unread);
    over = true;
    becomeDirty();
  }

  /**
   * What there is to tell it.
   *
   * @param loop runs what it is given on the bridge's event loop
   */
  Departure depart(Consumer<Runnable> loop) {
    List<Reply> replies = outbox;
    long bytes = unreadHere;
    outbox = new ArrayList<>();
    unreadHere = 0;
    isDirty = false;
    Departure departure = new Departure(Service.BRIDGE, opened.connection(), replies, over);
    return bytes == 0 ? departure : departure.thenRun(() -> loop.accept(() -> taken(bytes)));
  }
}
