package io.baozi;

import io.baozi.config.Level;
import io.baozi.config.Log;
import java.util.Locale;
import java.util.Properties;

/**
 * The log of the server as a process: lines on standard error with time, level and class. What is
 * set here is for the logger that comes with the fat jar; an embedder has its own.
 */
final class ProcessLog {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private ProcessLog() {}

  /** Sets it up; before the first logger is made. What was given with {@code -D} stands. */
  static void configure(Log log) {
    Properties properties = System.getProperties();
    String level = log.level().name().toLowerCase(Locale.ROOT);
    properties.putIfAbsent(PREFIX + "log.io.baozi", level);
    // The libraries beneath have much to say that helps nobody but their authors.
    properties.putIfAbsent(PREFIX + "defaultLogLevel", log.level() == Level.DEBUG ? "info" : level);
    properties.putIfAbsent(PREFIX + "showDateTime", "true");
    properties.putIfAbsent(PREFIX + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    properties.putIfAbsent(PREFIX + "showThreadName", "false");
    properties.putIfAbsent(PREFIX + "showShortLogName", "true");
  }
}
