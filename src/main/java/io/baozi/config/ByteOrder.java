package io.baozi.config;

/** The order of the four bytes before a header. */
public enum ByteOrder {
  /** Most significant byte first, as in network byte order. */
  BIG,
  /** Least significant byte first, for clients that pack a native integer. */
  LITTLE
}
