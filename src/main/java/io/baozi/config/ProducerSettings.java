package io.baozi.config;

import java.time.Duration;
import java.util.Map;

/**
 * A verticle that fills a queue. Exactly one of {@code type} and {@code className} is set, the
 * other is null; {@code name} and {@code ttl} are null where none was given.
 */
public record ProducerSettings(
    @Key(doc = "A kind that comes with Baozi; this or class.") String type,
    @Key(key = "class", doc = "The name of your own class; this or type.") String className,
    @Key(doc = "What the log and the statistics call it.") String name,
    @Key(required = true, name = true, doc = "The queue that it fills.") String queue,
    @Key(value = "1", min = "1", max = "1000", doc = "Instances to deploy.") int instances,
    @Key(value = "event-loop", doc = "What it runs on; virtual needs Java 21 or later.")
        Threading threading,
    @Key(doc = "Its own settings, of any shape.") Map<String, Object> config,
    @Key(
            value = "0",
            min = "-9007199254740991",
            max = "9007199254740991",
            doc = "The priority of its messages, in a queue ordered by it; the lowest is first.")
        long priority,
    @Key(
            value = "0",
            min = "0",
            max = "365d",
            doc = "Until a message that it has put may be taken.")
        Duration delay,
    @Key(
            min = "1ms",
            max = "365d",
            doc = "How long its messages live; without it as long as the queue says.")
        Duration ttl,
    @Key(doc = "What travels beside the body of each of its messages, an object of any shape.")
        Map<String, Object> headers)
    implements OwnVerticle {

  /** Refuses what is out of range, and both or neither of type and class; copies the maps. */
  public ProducerSettings {
    Row.check(
        ProducerSettings.class,
        type,
        className,
        name,
        queue,
        instances,
        threading,
        config,
        priority,
        delay,
        ttl,
        headers);
    Refused.unlessOneOf(type, className);
    config = Node.copy(config);
    headers = Node.copy(headers);
  }

  /** The record in words, without its secrets. */
  @Override
  public String toString() {
    return Secrets.text(this);
  }
}
