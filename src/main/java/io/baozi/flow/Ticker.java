package io.baozi.flow;

import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * Puts a message at a rate. While it waits for room in a full queue its ticks pass; afterwards it
 * makes up at once for those of the last second, and skips the older ones.
 */
final class Ticker extends PullProducer {
  /**
   * Its settings.
   *
   * @param rate messages a second, 0.00001 to 1000000
   * @param body of each message; {@code {n}} in it is the message's number, from 1, and {@code
   *     {time}} the moment, such as 2026-11-01T08:30:00.123Z
   * @param count how many messages, then it is done; 0 for no end
   */
  record Settings(double rate, String body, long count) {
    static Settings from(String place, JsonObject config) {
      Keys keys = new Keys(place, config, "rate", "body", "count");
      return new Settings(
          keys.decimal("rate", 1, 0.00001, 1_000_000),
          keys.text("body", "tick {n}"),
          keys.integer("count", 0, 0, Long.MAX_VALUE));
    }

    long interval() {
      return Math.round(TimeUnit.SECONDS.toNanos(1) / rate);
    }
  }

  private Settings own;
  private Pace pace;
  private long ticks;
  private Timer timer;

  @Override
  protected Future<?> open() {
    own = Settings.from(Kind.PRODUCER.place(settings().name()), config());
    pace = new Pace(own.interval(), System.nanoTime());
    return Future.succeededFuture();
  }

  @Override
  protected Future<Buffer> next() {
    if (own.count() > 0 && ticks == own.count()) {
      return Future.succeededFuture();
    }
    long wait = pace.next(System.nanoTime());
    if (wait == 0) {
      return Future.succeededFuture(tick());
    }
    timer = vertx.timer(wait, TimeUnit.NANOSECONDS);
    return timer.map(v -> tick());
  }

  private Buffer tick() {
    ticks++;
    String body = own.body().replace("{n}", Long.toString(ticks));
    return Buffer.buffer(
        body.contains("{time}")
            ? body.replace("{time}", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
            : body);
  }

  @Override
  protected Future<?> close() {
    if (timer != null) {
      timer.cancel();
    }
    return Future.succeededFuture();
  }
}
