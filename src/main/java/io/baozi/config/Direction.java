package io.baozi.config;

/** Which way messages may pass between clients and an address of the event bus. */
public enum Direction {
  /** From clients to the address. */
  IN,
  /** From the address to clients. */
  OUT,
  /** Both ways. */
  BOTH
}
