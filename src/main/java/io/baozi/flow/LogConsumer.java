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
 * Writes each message to the log, as one line; and can be as slow about it as one likes, or fail,
 * to try out what becomes of slowness and failures. The message is in hand until the pause after it
 * is over.
 */
final class LogConsumer extends Consumer {
  /**
   * Its settings.
   *
   * @param every least time from one message to the next in the same hand, in milliseconds, 0 to
   *     86400000
   * @param fail a text: a message that has it in its body is a failure; empty for none
   */
  record Settings(long every, String fail) {
    static Settings from(String place, JsonObject config) {
      Keys keys = new Keys(place, config, "every", "fail");
      return new Settings(keys.millis("every", 0, 0, 24 * 60 * 60 * 1000), keys.text("fail", ""));
    }

    boolean isFailure(Message message) {
      return !fail.isEmpty() && message.body().toString().contains(fail);
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
    return pause().compose(v -> judge(message));
  }

  private Future<Void> judge(Message message) {
    return own.isFailure(message)
        ? Future.failedFuture("its body has \"" + own.fail() + "\" in it")
        : Future.succeededFuture();
  }

  private Future<Void> pause() {
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
