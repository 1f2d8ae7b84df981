package io.baozi.config;

/** The least severe line that the log keeps. */
public enum Level {
  /** Faults only. */
  ERROR,
  /** And what may become one. */
  WARN,
  /** And what an operator wants to know of a healthy server. */
  INFO,
  /** And what its authors want to know. */
  DEBUG
}
