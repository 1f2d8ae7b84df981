package io.baozi.journal;

/** When what is written is forced to disk. */
public enum Sync {
  /** Before it is told to be kept: it outlives a power cut. */
  ALWAYS,
  /** Every so often; told to be kept once the operating system has it: it outlives the process. */
  INTERVAL,
  /** When the operating system sees fit; told to be kept as for an interval. */
  NEVER
}
