package io.baozi.client;

/** What was held is held no longer, though nobody released it. */
public final class LostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A loss in words, and what it was caused by, null for nothing that was thrown. */
  LostException(String message, Throwable cause) {
    super(message, cause, false, false);
  }
}
