package io.baozi.config;

import java.time.Duration;
import java.util.Map;

/**
 * A verticle that empties a queue. Exactly one of {@code type} and {@code className} is set, the
 * other is null; {@code name} and {@code ttr} are null where none was given.
 */
public record ConsumerSettings(
    @Key(doc = "A kind that comes with Baozi; this or class.") String type,
    @Key(key = "class", doc = "The name of your own class; this or type.") String className,
    @Key(doc = "What the log and the statistics call it.") String name,
    @Key(required = true, name = true, doc = "The queue that it empties.") String queue,
    @Key(value = "1", min = "1", max = "1000", doc = "Instances to deploy.") int instances,
    @Key(value = "event-loop", doc = "What it runs on; virtual needs Java 21 or later.")
        Threading threading,
    @Key(doc = "Its own settings, of any shape.") Map<String, Object> config,
    @Key(
            value = "1",
            min = "1",
            max = "10000",
            doc = "Messages that each instance has in hand at once.")
        int concurrency,
    @Key(
            min = "1ms",
            max = "7d",
            doc =
                "How long its messages stay reserved if it falls silent; without it as long as the"
                    + " queue says.")
        Duration ttr)
    implements OwnVerticle {

  /** Refuses what is out of range, and both or neither of type and class; copies the map. */
  public ConsumerSettings {
    Row.check(
        ConsumerSettings.class,
        type,
        className,
        name,
        queue,
        instances,
        threading,
        config,
        concurrency,
        ttr);
    Refused.unlessOneOf(type, className);
    config = Node.copy(config);
  }

  /** The record in words, without its secrets. */
  @Override
  public String toString() {
    return Secrets.text(this);
  }
}
