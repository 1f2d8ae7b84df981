package io.baozi.flow;

import io.baozi.client.PutOptions;
import io.baozi.frame.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a producer, a consumer or a verticle beside them is told by whoever deploys it: an object
 * under the key {@value #KEY} of its configuration, beside the settings that are its own. All else
 * about its queue is the queue's own affair.
 *
 * @param address the prefix of the server's event bus addresses
 * @param name what the log calls it
 * @param queue that it fills or empties; null for a verticle that does neither
 * @param concurrency messages that each instance of a consumer has in hand at once, 1 to 10000
 * @param ttr how long a consumer's messages stay reserved if it falls silent; null for the queue's
 *     setting
 * @param put how a producer puts what it puts without options: priority, delay, ttl and headers
 */
public record FlowSettings(
    String address, String name, String queue, int concurrency, Duration ttr, PutOptions put) {
  /** The key of a verticle's configuration that is not the verticle's own. */
  public static final String KEY = "baozi";

  /** The most that one instance may have in hand. */
  static final int MOST_CONCURRENCY = 10_000;

  public FlowSettings {
    requireText("address", address);
    requireText("name", name);
    if (queue != null && queue.isEmpty()) {
      throw new IllegalArgumentException(KEY + ".queue is empty");
    }
    if (concurrency < 1 || concurrency > MOST_CONCURRENCY) {
      throw new IllegalArgumentException(
          KEY + ".concurrency is " + concurrency + ", allowed are 1 to " + MOST_CONCURRENCY);
    }
    if (ttr != null && ttr.toMillis() < 1) {
      throw new IllegalArgumentException(KEY + ".ttr is " + ttr + ", allowed is 1ms or more");
    }
    if (put.key() != null || put.waitFor() != null) {
      throw new IllegalArgumentException(
          KEY + " has no key and no wait, which are for each put to say");
    }
  }

  /** Settings that leave to the queue what it says of its messages. */
  public FlowSettings(String address, String name, String queue, int concurrency) {
    this(address, name, queue, concurrency, null, PutOptions.DEFAULT);
  }

  private static void requireText(String key, String value) {
    if (Objects.requireNonNull(value, KEY + "." + key + " is missing").isBlank()) {
      throw new IllegalArgumentException(KEY + "." + key + " is blank");
    }
  }

  /** The same with another ttr. */
  public FlowSettings withTtr(Duration ttr) {
    return new FlowSettings(address, name, queue, concurrency, ttr, put);
  }

  /** The same with other options of puts. */
  public FlowSettings withPut(PutOptions put) {
    return new FlowSettings(address, name, queue, concurrency, ttr, put);
  }

  /**
   * Reads what {@link #toJson()} wrote. What is absent is as in {@link #FlowSettings(String,
   * String, String, int)}, a concurrency 1; durations may be texts, such as {@code "1s"}.
   */
  public static FlowSettings from(JsonObject json) {
    try {
      return new FlowSettings(
          json.getString("address"),
          json.getString("name"),
          json.getString("queue"),
          json.getInteger("concurrency", 1),
          duration(json, "ttr"),
          PutOptions.DEFAULT
              .withPriority(json.getLong("priority", 0L))
              .withDelay(duration(json, "delay"))
              .withTtl(duration(json, "ttl"))
              .withHeaders(headers(json)));
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          KEY
              + " is "
              + json
              + ": address, name and queue are texts, concurrency and priority integers, headers"
              + " an object",
          e);
    }
  }

  private static Duration duration(JsonObject json, String key) {
    Object value = json.getValue(key);
    return value == null
        ? null
        : Duration.ofMillis(
            Millis.of(value)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            KEY
                                + "."
                                + key
                                + " is "
                                + value
                                + ", allowed are milliseconds"
                                + Millis.OTHERWISE)));
  }

  private static Json headers(JsonObject json) {
    JsonObject headers = json.getJsonObject("headers");
    return headers == null ? null : Json.of(headers.mapTo(Map.class));
  }

  /** Reads the settings out of a verticle's whole configuration. */
  static FlowSettings of(JsonObject config) {
    if (config != null && config.getValue(KEY) instanceof JsonObject json) {
      return from(json);
    }
    throw new IllegalArgumentException(
        "the verticle's configuration has no object under \""
            + KEY
            + "\", such as "
            + new FlowSettings("baozi", "baker", "steamer", 1).toJson());
  }

  /** A verticle's configuration without the key that is not its own. */
  static JsonObject own(JsonObject config) {
    JsonObject own = config == null ? new JsonObject() : config.copy();
    own.remove(KEY);
    return own;
  }

  /** These settings as an object, to stand under {@value #KEY}. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("address", address).put("name", name);
    if (queue != null) {
      json.put("queue", queue);
    }
    json.put("concurrency", concurrency);
    if (put.priority() != 0) {
      json.put("priority", put.priority());
    }
    millis(ttr).ifPresent(value -> json.put("ttr", value));
    millis(put.delay()).ifPresent(value -> json.put("delay", value));
    millis(put.ttl()).ifPresent(value -> json.put("ttl", value));
    if (put.headers() != null) {
      json.put("headers", new JsonObject(put.headers().toString()));
    }
    return json;
  }

  private static Optional<Long> millis(Duration duration) {
    return Optional.ofNullable(duration).map(Duration::toMillis);
  }

  /** A verticle's own settings with these beside them: what it is to be deployed with. */
  public JsonObject with(JsonObject own) {
    return own.copy().put(KEY, toJson());
  }

  /** The queue, which must be named. */
  String requireQueue() {
    if (queue == null) {
      throw new IllegalArgumentException(KEY + ".queue is missing");
    }
    return queue;
  }
}
