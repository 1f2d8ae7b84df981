package io.baozi.flow;

import io.baozi.client.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes each message to the log, as one line; and can be as slow about it as one likes. The
 * message is in hand until the pause after it is over.
 */
final class LogConsumer extends Consumer {
  /**
   * Its settings.
   *
   * @param every least time from one message to the next in the same hand, in milliseconds, 0 to
   *     86400000
   */
  record Settings(long every) {
    static Settings from(String place, JsonObject config) {
      return new Settings(
          new Keys(place, config, "every").millis("every", 0, 0, 24 * 60 * 60 * 1000));
    }
  }

  private static final Logger LOG = System.getLogger(LogConsumer.class.getName());

  private final Map<Long, Promise<Void>> pauses = new HashMap<>();
  private Settings own;

  @Override
  protected Future<?> open() {
    own = Settings.from(Kind.CONSUMER.place(settings().name()), config());
    return Future.succeededFuture();
  }

  @Override
  protected Future<?> consume(Message message) {
    LOG.log(Level.INFO, settings().name() + ": " + Printable.of(message.body()));
    if (own.every() == 0) {
      return Future.succeededFuture();
    }
    Promise<Void> pause = Promise.promise();
    pauses.put(vertx.setTimer(own.every(), timer -> pauses.remove(timer).complete()), pause);
    return pause.future();
  }

  @Override
  protected void hurry() {
    Map<Long, Promise<Void>> cut = Map.copyOf(pauses);
    pauses.clear();
    cut.forEach(
        (timer, pause) -> {
          vertx.cancelTimer(timer);
          pause.complete();
        });
  }
}
