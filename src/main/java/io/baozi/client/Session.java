package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A session on the server and the link that carries it now: with grace, a cut is followed by
 * another link, and the session goes on. On the context only.
 */
final class Session {
  /** The id of the hello that makes it. */
  static final long FIRST_ID = 1;

  /** How long a close waits for the server's last word, in milliseconds. */
  private static final long LAST_WORD = 1000;

  private final Home home;
  private final ClientOptions options;
  private final Hello hello;
  private final Supplier<Future<Link>> dial;

  private Handler<Reply> replies = reply -> {};
  private Runnable resumed = () -> {};
  private Handler<Throwable> lost = cause -> {};

  /** What carries it; null during a cut and after the end. */
  private Link link;

  /** The way out of a cut; null if it is not cut. */
  private Resumption resumption;

  /** Ids are never used twice in a session. */
  private long lastId = FIRST_ID;

  /**
   * A session that has been greeted.
   *
   * @param dial makes another link; null where a link is never cut
   */
  Session(Home home, ClientOptions options, Link link, Hello hello, Supplier<Future<Link>> dial) {
    this.home = home;
    this.options = options;
    this.hello = hello;
    this.dial = dial;
    carryOver(link);
  }

  /**
   * Binds what happens to it.
   *
   * @param replies gets replies and pushes
   * @param resumed called once a cut is over, before anything comes of it
   * @param lost told, once, that the session has ended, and why
   */
  void bind(Handler<Reply> replies, Runnable resumed, Handler<Throwable> lost) {
    this.replies = replies;
    this.resumed = resumed;
    this.lost = lost;
  }

  /** What the server said at its beginning. */
  Hello hello() {
    return hello;
  }

  /** Whether nothing can be sent now. */
  boolean isCut() {
    return link == null;
  }

  /** Whether it outlives its link. */
  boolean isResumable() {
    return dial != null && !options.grace().isZero();
  }

  /** An id that no request of the session had before. */
  long nextId() {
    return ++lastId;
  }

  /** Sends requests in order; not during a cut. */
  void send(List<Request> requests) {
    link.send(requests);
  }

  private void carryOver(Link next) {
    link = next;
    next.onReply(
        reply -> {
          if (link == next) {
            replies.handle(reply);
          }
        });
    next.onClosed(
        cause -> {
          if (link == next) {
            cut(cause);
          }
        });
    if (!options.heartbeat().isZero()) {
      next.beat(options.heartbeat());
    }
  }

  /** Gives up the link, and with it, unless another may follow, the session. */
  void cut(Throwable cause) {
    Link old = link;
    link = null;
    if (!isResumable()) {
      old.close();
      lost.handle(cause);
      return;
    }
    resumption = new Resumption(home, options, dial, this, this::resume, lost);
    resumption.begin(cause);
    old.close();
  }

  private void resume(Link next) {
    resumption = null;
    carryOver(next);
    resumed.run();
  }

  /** Ends it; what it holds goes back, in a cut once the server's grace is over. */
  Future<Void> close() {
    Link last = link;
    Resumption trying = resumption;
    link = null;
    resumption = null;
    if (last != null) {
      return leave(last);
    }
    return trying == null ? Future.succeededFuture() : trying.stop();
  }

  /** Ends a link and the session with it, which outlives its link if it has grace. */
  Future<Void> leave(Link last) {
    return options.grace().isZero() ? last.close() : sayBye(last);
  }

  private Future<Void> sayBye(Link last) {
    Promise<Void> gone = Promise.promise();
    long timer = home.vertx().setTimer(LAST_WORD, t -> gone.tryComplete());
    last.onReply(reply -> {});
    last.onClosed(cause -> gone.tryComplete());
    last.send(List.of(Outgoing.of(Operation.BYE.wire(), Buffer.buffer(0), 0).unanswered()));
    return gone.future()
        .onComplete(v -> home.vertx().cancelTimer(timer))
        .compose(v -> last.close());
  }
}
