package io.baozi.flow;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * What a producer, a consumer or a verticle beside them is told by whoever deploys it: an object
 * under the key {@value #KEY} of its configuration, beside the settings that are its own.
 *
 * @param address the prefix of the server's event bus addresses
 * @param name what the log calls it
 * @param queue that it fills or empties; null for a verticle that does neither
 * @param concurrency messages that each instance of a consumer has in hand at once, 1 to 10000
 */
public record FlowSettings(String address, String name, String queue, int concurrency) {
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
  }

  private static void requireText(String key, String value) {
    if (Objects.requireNonNull(value, KEY + "." + key + " is missing").isBlank()) {
      throw new IllegalArgumentException(KEY + "." + key + " is blank");
    }
  }

  /** Reads what {@link #toJson()} wrote; {@code concurrency} may be absent and is then 1. */
  public static FlowSettings from(JsonObject json) {
    try {
      return new FlowSettings(
          json.getString("address"),
          json.getString("name"),
          json.getString("queue"),
          json.getInteger("concurrency", 1));
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          KEY + " is " + json + ": address, name and queue are texts, concurrency an integer", e);
    }
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
    return json.put("concurrency", concurrency);
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
