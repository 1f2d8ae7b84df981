package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The way out of a cut: one connection after the other is tried, until one of them resumes the
 * session or its grace is over. On the context only.
 */
final class Resumption {
  /** The pause before the first attempt, in milliseconds; each is twice as long as the last. */
  private static final long SHORTEST = 20;

  /** No pause is longer. */
  private static final long LONGEST = 1000;

  private final Home home;
  private final ClientOptions options;
  private final Supplier<Future<Link>> dial;
  private final Session session;
  private final Handler<Link> resumed;
  private final Handler<Throwable> lost;

  private Throwable cause;
  private long pause = SHORTEST;
  private long attempt;
  private long end;
  private boolean over;

  /** The connection that has said hello; null if none has. */
  private Link trying;

  /**
   * None has been tried yet.
   *
   * @param resumed gets the link that carries the session from now on, before anything comes of it
   * @param lost told that there will be none
   */
  Resumption(
      Home home,
      ClientOptions options,
      Supplier<Future<Link>> dial,
      Session session,
      Handler<Link> resumed,
      Handler<Throwable> lost) {
    this.home = home;
    this.options = options;
    this.dial = dial;
    this.session = session;
    this.resumed = resumed;
    this.lost = lost;
  }

  /** Begins to try, because the connection was lost for this reason. */
  void begin(Throwable cut) {
    cause = cut;
    end = home.vertx().setTimer(options.grace().toMillis(), t -> home.run(this::giveUp));
    pause();
  }

  /** Tries no more; what stands of a connection says bye. */
  Future<Void> stop() {
    over = true;
    home.vertx().cancelTimer(end);
    home.vertx().cancelTimer(attempt);
    return trying == null ? Future.succeededFuture() : session.leave(trying);
  }

  /** Clients that were cut off at the same moment do not all come back at the same moment. */
  private void pause() {
    long about = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
    attempt = home.vertx().setTimer(about, t -> home.run(this::tryOne));
    pause = Math.min(2 * pause, LONGEST);
  }

  private void tryOne() {
    if (!over) {
      dial.get().compose(this::greet).onFailure(e -> home.run(() -> failed(e)));
    }
  }

  private Future<Void> greet(Link link) {
    if (over) {
      return link.close();
    }
    trying = link;
    return Greeting.over(link, home, options, session.nextId(), session.hello().session())
        .map(hello -> take(link, hello));
  }

  private Void take(Link link, Hello hello) {
    if (!over && hello.resumed()) {
      trying = null;
      stop();
      resumed.handle(link);
    } else if (!over) {
      lose("the session was over when it was to be resumed");
    }
    return null;
  }

  private void failed(Throwable e) {
    trying = null;
    cause = e;
    if (!over) {
      pause();
    }
  }

  private void giveUp() {
    if (!over) {
      long grace = options.grace().toMillis();
      lose("the session was not resumed within " + grace + " ms (grace)");
    }
  }

  private void lose(String why) {
    stop();
    lost.handle(new IOException("the connection was lost, and " + why, cause));
  }
}
