package io.baozi.message;

/** Who carries an operation out, behind the event bus. */
public enum Service {
  /** The state machine that owns sessions and queues. */
  BROKER,
  /** The bridge to the event bus itself. */
  BRIDGE,
  /** Streamed files, and pipes between two clients. */
  STREAMS
}
