package io.baozi.config;

/** What the log keeps. */
public record Log(
    @Key(value = "info", doc = "The least severe line that the log keeps.") Level level) {

  /** Refuses a missing level. */
  public Log {
    Row.check(Log.class, level);
  }
}
