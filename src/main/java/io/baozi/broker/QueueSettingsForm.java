package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.frame.Header;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Shown;
import java.util.List;

/** The settings of a queue as requests and answers have them: read, compared, shown. */
final class QueueSettingsForm {
  /** What a declare may name. */
  private static final List<String> KEYS =
      List.of(
          "order",
          "capacity",
          "durable",
          "ttr",
          "attempts",
          "backoff",
          "ttl",
          "deadLetter",
          "dedup");

  private QueueSettingsForm() {}

  /** The settings that a request asks for; what it does not name is as in {@code otherwise}. */
  static Settings read(Arguments arguments, String queue, Settings otherwise) {
    return new Settings(
        order(arguments, otherwise.order()),
        (int) arguments.integer("capacity", otherwise.capacity(), 1, Ranges.CAPACITY),
        otherwise.maxBytes(),
        arguments.has("durable") ? arguments.flag("durable") : otherwise.durable(),
        arguments.millis("ttr", otherwise.ttr(), 1, Ranges.TTR),
        (int) arguments.integer("attempts", otherwise.attempts(), 0, Ranges.ATTEMPTS),
        arguments.millis("backoff", otherwise.backoff(), 0, Ranges.BACKOFF),
        arguments.millis("ttl", otherwise.ttl(), 0, Ranges.DURATION),
        deadLetter(arguments, queue, otherwise.deadLetter()),
        arguments.millis("dedup", otherwise.dedup(), 0, Ranges.DEDUP));
  }

  private static Order order(Arguments arguments, Order otherwise) {
    String order = arguments.text("order");
    return order == null
        ? otherwise
        : Order.of(order)
            .orElseThrow(
                () ->
                    badRequest(
                        "order is "
                            + Shown.value(order)
                            + ", allowed are fifo, lifo and priority"));
  }

  private static String deadLetter(Arguments arguments, String queue, String otherwise) {
    if (!arguments.has("deadLetter")) {
      return otherwise;
    }
    String deadLetter = arguments.name("deadLetter");
    if (deadLetter.equals(queue)) {
      throw badRequest(
          "deadLetter is " + queue + ", the queue itself; leave it out to keep the dead there");
    }
    return deadLetter;
  }

  /** Refuses a request that names a setting which the queue has otherwise. */
  static void requireSame(Arguments arguments, String queue, Settings asked, Settings standing) {
    Header its = Header.of(flat(queue, standing));
    Header other = Header.of(flat(queue, asked));
    for (String key : KEYS) {
      if (arguments.has(key) && !other.get(key).equals(its.get(key))) {
        throw new RefusedException(
            ErrorCode.CONFLICT,
            "queue "
                + queue
                + " stands with "
                + key
                + " "
                + (its.get(key) == null ? "not set" : its.get(key))
                + ", not "
                + other.get(key));
      }
    }
  }

  /** The settings with the queue's name, as keys and values in turn. */
  static Object[] flat(String queue, Settings settings) {
    return new Object[] {
      "queue", queue,
      "order", settings.order().wire(),
      "capacity", settings.capacity(),
      "maxBytes", settings.maxBytes(),
      "durable", settings.durable(),
      "ttr", settings.ttr(),
      "attempts", settings.attempts(),
      "backoff", settings.backoff(),
      "ttl", settings.ttl(),
      "deadLetter", settings.deadLetter(),
      "dedup", settings.dedup()
    };
  }
}
