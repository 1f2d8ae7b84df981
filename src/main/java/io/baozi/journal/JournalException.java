package io.baozi.journal;

import java.io.IOException;

/** The journal cannot be used; the message names what is wrong, where, and what to do. */
public final class JournalException extends IOException {
  private static final long serialVersionUID = 1;

  /** A sentence for whoever runs the server. */
  public JournalException(String message) {
    super(message);
  }

  /** The same with its cause. */
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
