package io.baozi.config;

/** When what is written is forced to disk. */
public enum Sync {
  /** Before the answer: what is answered outlives a power cut. */
  ALWAYS,
  /** Every so often: what is answered outlives the process. */
  INTERVAL,
  /** When the operating system sees fit: what is answered outlives the process. */
  NEVER
}
