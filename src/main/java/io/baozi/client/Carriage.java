package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What carries a transfer to its end, over one connection after the other if it must. It gives up
 * once no more has got across for as long as its patience lasts. On the context only, but for what
 * {@link Transfer} asks.
 */
abstract class Carriage implements Streams.Course {
  /** The pause after the first cut, in milliseconds; each is twice as long as the last. */
  private static final long SHORTEST = 20;

  /** No pause is longer. */
  private static final long LONGEST = 1000;

  /** Why a server closes a connection, where another one may do. */
  private static final Set<ErrorCode> MENDED =
      EnumSet.of(ErrorCode.TIMEOUT, ErrorCode.BUSY, ErrorCode.SHUTTING_DOWN);

  final Streams streams;
  final Home home;
  private final Duration patience;
  private final Promise<FileInfo> promise;

  // Written on the context, read anywhere.
  private volatile long done;
  private volatile long total = TransferProgress.UNKNOWN;
  private volatile boolean isConnected;

  /** Null during a cut and at the end. */
  private Dialogue dialogue;

  private boolean cut;
  private boolean paused;
  private boolean over;

  /** Whether nothing is under way because it is paused. */
  private boolean waiting;

  private Throwable cause;

  // Bytes: what went on its way, and what came through.
  private long furthest;
  private long surest;

  private long pause = SHORTEST;

  // By System.nanoTime().
  private long lastProgress;
  private long connected;

  private long pauseTimer = -1;
  private long watchTimer = -1;

  Carriage(Streams streams, Duration patience) {
    this.streams = streams;
    this.home = streams.home();
    this.patience = patience;
    this.promise = home.promise();
  }

  /** Opens what it needs on this side; asked once. */
  abstract Future<Void> open();

  /** Does what has to be done before a connection is made. */
  Future<Void> ready() {
    return Future.succeededFuture();
  }

  /** Begins on a connection that stands, or begins anew. */
  abstract void carry(Dialogue dialogue);

  /** Whether it can go on over another connection. */
  abstract boolean isRepeatable();

  /** Does no more over the connection that it was given last. */
  void halt() {}

  /** Sends or takes nothing more until it goes on. */
  abstract void hold();

  /** Goes on. */
  abstract void goOn();

  /** What the server has, if there is anything to be done about it, so that nothing is left. */
  Future<Void> forget() {
    return Future.succeededFuture();
  }

  /**
   * Closes what is open on this side, when nothing is carried any more.
   *
   * @param kept whether what was got so far may be of use later
   */
  abstract Future<Void> close(boolean kept);

  Promise<FileInfo> promise() {
    return promise;
  }

  TransferProgress progress() {
    return new TransferProgress(done, total);
  }

  boolean isConnected() {
    return isConnected;
  }

  Carriage begin() {
    home.run(
        () -> {
          streams.add(this);
          if (!over) {
            open().onSuccess(v -> opened()).onFailure(this::fail);
          }
        });
    return this;
  }

  private void opened() {
    if (over) {
      close(true).onFailure(home::report);
      return;
    }
    alive();
    watchTimer =
        home.vertx().setPeriodic(Math.max(1, patience.toMillis() / 8), t -> home.run(this::watch));
    connect();
  }

  private void connect() {
    if (over) {
      return;
    }
    if (paused) {
      waiting = true;
      return;
    }
    ready().onSuccess(v -> dial()).onFailure(this::fail);
  }

  private void dial() {
    if (!over) {
      streams.open().onSuccess(this::connected).onFailure(e -> home.run(() -> lost(e)));
    }
  }

  private void connected(StreamLink link) {
    if (over) {
      link.abort();
      return;
    }
    connected = System.nanoTime();
    isConnected = true;
    dialogue = new Dialogue(link, this::unasked, this::lost);
    carry(dialogue);
  }

  /** Whether there has been a cut. */
  boolean hasBeenCut() {
    return cut;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isOver() {
    return over;
  }

  /** Whether this is the connection that is in use. */
  boolean isOn(Dialogue asked) {
    return dialogue == asked;
  }

  /** Says how many bytes there are. */
  void total(long length) {
    total = length;
  }

  /** Says how many bytes are across. */
  void moved(long position) {
    done = position;
    if (position > furthest) {
      furthest = position;
      pause = SHORTEST;
      alive();
    }
  }

  /** Says how many bytes the other side has for certain: more than on its way was, or not. */
  void arrived(long position) {
    done = position;
    if (position > surest) {
      surest = position;
      pause = SHORTEST;
      alive();
    }
  }

  /** Something goes on. */
  void alive() {
    lastProgress = System.nanoTime();
  }

  private void watch() {
    if (over) {
      return;
    }
    if (paused) {
      alive();
    }
    long now = System.nanoTime();
    long stalled = Math.min(now - lastProgress, now - connected);
    if (now - lastProgress > patience.toNanos()) {
      fail(new IOException("no progress for " + patience.toMillis() + " ms (patience)", cause));
    } else if (dialogue == null) {
      return;
    } else if (stalled > patience.toNanos() / 3 && isRepeatable()) {
      lost(new IOException("the connection stood still for " + stalled / 1_000_000 + " ms"));
    } else {
      tick(dialogue);
    }
  }

  /** Called now and then while a connection stands. */
  void tick(Dialogue asked) {}

  /** The connection is of no more use, and another is to be tried after a pause. */
  void lost(Throwable why) {
    cause = why;
    leave();
    if (over) {
      return;
    }
    if (!isRepeatable()) {
      fail(why);
      return;
    }
    cut = true;
    long about = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
    pause = Math.min(2 * pause, LONGEST);
    pauseTimer = home.vertx().setTimer(Math.max(1, about), t -> home.run(this::connect));
  }

  /** Begins anew over another connection, at once. */
  void again() {
    leave();
    connect();
  }

  /** Needs the connection no longer. */
  void leave() {
    Dialogue left = dialogue;
    dialogue = null;
    isConnected = false;
    halt(); // before what is not sent fails
    if (left != null) {
      left.link().abort();
    }
  }

  /** What the server says unasked; but for pushes, that is why it closes the connection. */
  private void unasked(Reply reply) {
    reply.refusal().ifPresent(this::unasked);
  }

  private void unasked(RefusedException refusal) {
    if (MENDED.contains(refusal.code())) {
      lost(refusal);
    } else {
      fail(refusal);
    }
  }

  /** The server refuses what it was asked; whether that will do later, or not at all. */
  void refused(Throwable refusal) {
    if (refusal instanceof RefusedException refused && isPassing(refused.code())) {
      lost(refusal);
    } else {
      fail(refusal);
    }
  }

  /** After a cut the server may take the old connection for alive, and its put with it. */
  private boolean isPassing(ErrorCode code) {
    return code == ErrorCode.SHUTTING_DOWN || (code == ErrorCode.CONFLICT && cut);
  }

  /** It has got to its end. */
  void finish(FileInfo file) {
    if (!over) {
      over();
      close(false).onSuccess(v -> promise.complete(file)).onFailure(promise::fail);
    }
  }

  /** It gives up. */
  void fail(Throwable why) {
    if (!over) {
      over();
      close(true).onComplete(v -> promise.fail(why));
    }
  }

  private void over() {
    over = true;
    leave();
    streams.remove(this);
    home.vertx().cancelTimer(pauseTimer);
    home.vertx().cancelTimer(watchTimer);
  }

  @Override
  public void end(Throwable why) {
    fail(why);
  }

  void pause() {
    if (!paused && !over) {
      paused = true;
      hold();
    }
  }

  void resume() {
    if (paused && !over) {
      paused = false;
      alive();
      goOn();
      if (waiting) {
        waiting = false;
        connect();
      }
    }
  }

  void cancel() {
    if (!over) {
      over();
      close(false)
          .transform(closed -> forget().compose(v -> settled(closed)))
          .onSuccess(v -> promise.fail(cancelled()))
          .onFailure(e -> promise.fail(new IOException("cancelled, and something is left", e)));
    }
  }

  private static Future<Void> settled(AsyncResult<Void> result) {
    return result.succeeded() ? Future.succeededFuture() : Future.failedFuture(result.cause());
  }

  private static RefusedException cancelled() {
    return new RefusedException(ErrorCode.CANCELLED, "the transfer was cancelled");
  }
}
