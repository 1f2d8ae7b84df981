package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All that one owner holds of one lock or semaphore. On the context only.
 *
 * <p>If there is a lease, what it holds is touched at a third of that, and counted as lost before
 * the server can count it so: time runs from the moment at which the last touch that went well was
 * sent, and ends a little before the lease does. Of several leases the shortest counts.
 */
final class Tenure {
  /** The part of a lease, and at most how many milliseconds, for clocks that run differently. */
  private static final int MARGIN = 10;

  private static final long LONGEST_MARGIN = 1000;

  /** In which the permits of a grant that ran out are looked for. */
  private static final Comparator<Hold> FIRST_LOST =
      Comparator.comparing((Hold hold) -> !hold.isLeaving())
          .thenComparing(Hold::lease, Comparator.nullsLast(Comparator.naturalOrder()));

  /**
   * Whose it is.
   *
   * @param owner null for the session itself
   */
  record Key(Holdable kind, String name, String owner) {
    @Override
    public String toString() {
      return kind.key + " " + name + (owner == null ? "" : " of " + owner);
    }
  }

  private final Exchange exchange;
  private final Key key;
  private final long token;
  private final Consumer<Tenure> over;
  private final List<Hold> holds = new ArrayList<>();

  private Renewal renewal;
  private long alarm = -1;

  /** The shortest, null for none; read from any thread. */
  private volatile Duration lease;

  /** When it counts as lost, by {@link System#nanoTime()}; read from any thread. */
  private volatile long end;

  /**
   * Nothing yet.
   *
   * @param token of a lock, 0 for a semaphore
   * @param over is told when nothing is held any more
   */
  Tenure(Exchange exchange, Key key, long token, Consumer<Tenure> over) {
    this.exchange = exchange;
    this.key = key;
    this.token = token;
    this.over = over;
  }

  long token() {
    return token;
  }

  /** Whether a hold ends with the lease. */
  boolean isLeased(Hold hold) {
    return hold.lease() != null || (key.kind() == Holdable.LOCK && lease != null);
  }

  boolean isOver(long now) {
    return end - now <= 0;
  }

  /**
   * Adds what was granted.
   *
   * @param asked when the request was sent, by {@link System#nanoTime()}
   * @return completes when it may be handed out: at once, or, if so much of the lease may have gone
   *     by that nobody knows how long it is held, when the server has renewed it
   */
  Future<Hold> add(Hold hold, long asked) {
    holds.add(hold);
    hold.join(this);
    if (!isLeased(hold)) {
      return Future.succeededFuture(hold);
    }
    if (lease == null || (hold.lease() != null && hold.lease().compareTo(lease) < 0)) {
      shorten(hold.lease(), asked);
    }
    if (end - System.nanoTime() < nanos(lease) / 2) {
      return confirmed(hold);
    }
    watch();
    return Future.succeededFuture(hold);
  }

  /** Adds a part of what is there already. */
  void split(Hold part) {
    holds.add(part);
    part.join(this);
  }

  private Future<Hold> confirmed(Hold hold) {
    return touch()
        .compose(
            reply -> hold.isHeld() ? Future.succeededFuture(hold) : Future.failedFuture(late()),
            Future::failedFuture)
        .onFailure(failure -> hold.release());
  }

  private RefusedException late() {
    return new RefusedException(ErrorCode.NOT_OWNER, key + " was lost while it was granted");
  }

  private void shorten(Duration shorter, long asked) {
    boolean first = lease == null;
    stopRenewal();
    lease = shorter;
    if (first || granted(asked) - end < 0) {
      end = granted(asked);
    }
    renewal = new Renewal(exchange, lease.dividedBy(3));
    renewal.add(
        new Renewal.Entry() {
          @Override
          void touch() {
            renew();
          }
        });
  }

  /** Until when the server holds for sure what it granted to a request that was sent then. */
  private long granted(long asked) {
    long margin = Math.min(nanos(lease) / MARGIN, TimeUnit.MILLISECONDS.toNanos(LONGEST_MARGIN));
    return asked + nanos(lease) - margin;
  }

  /** Durations that are longer than this JVM will live count as a century. */
  private static long nanos(Duration duration) {
    return TimeUnit.MILLISECONDS.toNanos(
        Math.min(duration.toMillis(), TimeUnit.DAYS.toMillis(36525)));
  }

  /** After a cut, renews what became due in it. */
  void resume() {
    if (renewal != null) {
      renewal.renew();
    }
  }

  /** Renews the lease, if there is one, before it is due. */
  void renew() {
    if (lease != null) {
      touch();
    }
  }

  private Future<Reply> touch() {
    long asked = System.nanoTime();
    return exchange
        .ask(
            key.kind().touch,
            key.kind().key,
            key.name(),
            "lease",
            key.kind() == Holdable.LOCK ? Ranges.millis(lease) : null,
            "owner",
            key.owner())
        .onSuccess(reply -> renewed(asked))
        .onFailure(this::refused);
  }

  private void renewed(long asked) {
    if (lease != null && granted(asked) - end > 0) {
      end = granted(asked);
      watch();
    }
  }

  private void refused(Throwable failure) {
    if (failure instanceof RefusedException refused && refused.code() == ErrorCode.NOT_OWNER) {
      lose(new LostException(key + " is held no longer: " + refused.getMessage(), null));
    }
  }

  /** Sets the alarm by which what is held counts as lost. */
  private void watch() {
    if (alarm < 0 && !holds.isEmpty()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      alarm = exchange.home().vertx().setTimer(Math.max(1, millis), id -> ring());
    }
  }

  private void ring() {
    alarm = -1;
    if (!isOver(System.nanoTime())) {
      watch();
      return;
    }
    LostException loss =
        new LostException(
            key + " was not renewed within its lease of " + lease.toMillis() + " ms", null);
    for (Hold hold : List.copyOf(holds)) {
      if (isLeased(hold) && !hold.isLeaving()) {
        hold.abandon(loss);
      }
    }
  }

  /** Tells the server that it is given back, whatever that then counts as held. */
  Future<Reply> giveBack(Hold hold) {
    return giveBack(exchange, key, hold.permits())
        .onComplete(
            answer -> {
              hold.end();
              holds.remove(hold);
              if (answer.succeeded() && hold.told() > 0) {
                // What the server had taken already, it took once more from the others.
                lost(hold.told());
              }
              endIfIdle();
            });
  }

  /** Tells the server that permits, or one hold of a lock, are given back. */
  static Future<Reply> giveBack(Exchange exchange, Key key, long permits) {
    return exchange.ask(
        key.kind().release,
        key.kind().key,
        key.name(),
        "permits",
        key.kind() == Holdable.LOCK || permits == 1 ? null : permits,
        "owner",
        key.owner());
  }

  /** The server has taken some permits, and does not say of which grant. */
  void lost(long permits) {
    long left = permits;
    LostException loss = new LostException("the lease of " + key + " ran out", null);
    for (Hold hold : holds.stream().sorted(FIRST_LOST).toList()) {
      if (left <= 0) {
        break;
      }
      if (hold.isLeaving()) {
        long taken = Math.min(left, hold.permits() - hold.told());
        hold.tell(taken);
        left -= taken;
      } else {
        hold.lose(loss);
        holds.remove(hold);
        left -= hold.permits();
      }
    }
    if (left < 0) {
      giveBack(exchange, key, -left);
    }
    endIfIdle();
  }

  /** The server has taken all of it. */
  void lost() {
    lose(new LostException("the lease of " + key + " ran out", null));
  }

  /** The session has ended. */
  void end(Throwable cause) {
    lose(new LostException(key + " is lost with the session: " + cause.getMessage(), cause));
  }

  void lose(LostException loss) {
    List<Hold> all = List.copyOf(holds);
    holds.removeIf(hold -> !hold.isLeaving());
    all.forEach(hold -> hold.lose(loss));
    endIfIdle();
  }

  private void endIfIdle() {
    if (holds.stream().noneMatch(hold -> isLeased(hold) && !hold.isLeaving())) {
      stop();
    }
    if (holds.isEmpty()) {
      over.accept(this);
    }
  }

  private void stop() {
    stopRenewal();
    lease = null;
    if (alarm >= 0) {
      exchange.home().vertx().cancelTimer(alarm);
      alarm = -1;
    }
  }

  private void stopRenewal() {
    if (renewal != null) {
      renewal.stop();
      renewal = null;
    }
  }
}
