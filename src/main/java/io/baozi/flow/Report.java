package io.baozi.flow;

import io.baozi.client.QueueStats;
import io.baozi.message.ErrorCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says in the log, again and again, how a queue fares: its depth, its rates, and who waits. */
final class Report extends VerticleBase {
  /**
   * Its settings.
   *
   * @param queue to report on; it need not exist yet
   * @param every time from one line to the next, in milliseconds, 10 to 86400000
   */
  record Settings(String queue, long every) {
    static Settings from(String place, JsonObject config) {
      Keys keys = new Keys(place, config, "queue", "every");
      return new Settings(keys.text("queue"), keys.millis("every", 1000, 10, 24 * 60 * 60 * 1000));
    }
  }

  private static final Logger LOG = System.getLogger(Report.class.getName());

  // On the verticle's context only.
  private FlowSettings settings;
  private Settings own;
  private FlowSession session;
  private boolean asking;
  private boolean over;
  private long puts;
  private long acks;
  private long asked;

  @Override
  public Future<?> start() {
    settings = FlowSettings.of(context.config());
    own = Settings.from(Kind.VERTICLE.place(settings.name()), FlowSettings.own(context.config()));
    return FlowSession.open(vertx, context, settings.address(), this::lost, this::begin);
  }

  /** The first figures are what the first rates count from. */
  private Future<Void> begin(FlowSession opened) {
    session = opened;
    return stats()
        .transform(
            first -> {
              if (first.succeeded()) {
                remember(first.result());
              }
              asked = System.nanoTime();
              vertx.setPeriodic(own.every(), timer -> ask());
              return Future.succeededFuture();
            });
  }

  private Future<QueueStats> stats() {
    return session.here(session.queue(own.queue()).stats());
  }

  /** An answer slower than the pace makes lines rarer, not requests more. */
  private void ask() {
    if (!asking && !over) {
      asking = true;
      stats().onComplete(this::answered);
    }
  }

  private void answered(AsyncResult<QueueStats> stats) {
    asking = false;
    if (over) {
      return;
    }
    long now = System.nanoTime();
    if (stats.succeeded()) {
      LOG.log(Level.INFO, line(stats.result(), puts, acks, now - asked));
      remember(stats.result());
    } else if (FlowSession.isRefused(stats.cause(), ErrorCode.NOT_FOUND)) {
      LOG.log(Level.INFO, own.queue() + " is no queue yet");
      puts = 0;
      acks = 0;
    } else if (FlowSession.isEnd(stats.cause())) {
      lost(stats.cause());
    } else {
      LOG.log(Level.WARNING, own.queue() + " says nothing: " + stats.cause().getMessage());
    }
    asked = now;
  }

  private void remember(QueueStats stats) {
    puts = stats.puts();
    acks = stats.acks();
  }

  /**
   * The line of a report.
   *
   * @param puts counted by the last one
   * @param acks counted by the last one
   * @param nanos since the last one
   */
  static String line(QueueStats stats, long puts, long acks, long nanos) {
    double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
    return String.format(
        Locale.ROOT,
        "%s %d/%d | in %.1f/s out %.1f/s | %s, %s | oldest %d ms",
        stats.queue(),
        stats.ready() + stats.delayed() + stats.reserved(),
        stats.capacity(),
        (stats.puts() - puts) / seconds,
        (stats.acks() - acks) / seconds,
        waiting(stats.waitingPuts(), "put"),
        waiting(stats.waitingTakes(), "take"),
        stats.oldestAge());
  }

  private static String waiting(long count, String what) {
    return count == 1 ? "1 " + what + " waits" : count + " " + what + "s wait";
  }

  private void lost(Throwable cause) {
    if (!over) {
      over = true;
      LOG.log(Level.INFO, settings.name() + " stops: " + cause.getMessage());
    }
  }

  @Override
  public Future<?> stop() {
    over = true;
    return session.close();
  }
}
