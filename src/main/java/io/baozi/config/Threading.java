package io.baozi.config;

/** The kind of thread that a verticle runs on. */
public enum Threading {
  /** An event loop: it must never block. */
  EVENT_LOOP,
  /** A thread of the worker pool: it may block. */
  WORKER,
  /** A virtual thread of its own: it may block, and wait for futures in line. */
  @NeedsJava(21)
  VIRTUAL
}
