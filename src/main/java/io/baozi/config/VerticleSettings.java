package io.baozi.config;

import java.util.Map;

/**
 * A verticle that the server deploys beside its own. Exactly one of {@code type} and {@code
 * className} is set, the other is null; {@code name} is null where none was given.
 */
public record VerticleSettings(
    @Key(doc = "A kind that comes with Baozi; this or class.") String type,
    @Key(key = "class", doc = "The name of your own class; this or type.") String className,
    @Key(doc = "What the log and the statistics call it.") String name,
    @Key(value = "1", min = "1", max = "1000", doc = "Instances to deploy.") int instances,
    @Key(value = "event-loop", doc = "What it runs on; virtual needs Java 21 or later.")
        Threading threading,
    @Key(doc = "Its own settings, of any shape.") Map<String, Object> config)
    implements OwnVerticle {

  /** Refuses what is out of range, and both or neither of type and class; copies the map. */
  public VerticleSettings {
    Row.check(VerticleSettings.class, type, className, name, instances, threading, config);
    Refused.unlessOneOf(type, className);
    config = Node.copy(config);
  }

  /** The record in words, without its secrets. */
  @Override
  public String toString() {
    return Secrets.text(this);
  }
}
