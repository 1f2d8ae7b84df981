package io.baozi;

import io.baozi.config.Level;
import java.util.Locale;

/**
 * The level of the log that the fat jar brings, slf4j-simple; an embedder's own log has its own.
 */
final class LogLevel {
  private static final String DEFAULT = "org.slf4j.simpleLogger.defaultLogLevel";
  private static final String OURS = "org.slf4j.simpleLogger.log.io.baozi";

  private LogLevel() {}

  /**
   * Has the log keep nothing less severe, unless {@code -D} says otherwise. It is read once, with
   * the first logger, so this comes before any class that has one. The debug lines of libraries,
   * hundreds at every start, stay out.
   */
  static void set(Level level) {
    property(DEFAULT, level == Level.DEBUG ? Level.INFO : level);
    property(OURS, level);
  }

  private static void property(String key, Level level) {
    System.getProperties().putIfAbsent(key, level.name().toLowerCase(Locale.ROOT));
  }
}
