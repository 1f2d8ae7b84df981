package io.baozi.cli;

import java.io.IOException;

/** Standard output takes no more. */
final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutputException(IOException cause) {
    super("cannot write to standard output: " + cause.getMessage(), cause);
  }

  /** Whether that is because its reader has gone, which is no fault: {@code | head -1}. */
  boolean isBrokenPipe() {
    String message = String.valueOf(getCause().getMessage());
    return message.contains("Broken pipe")
        || message.contains("Connection reset")
        || message.contains("pipe is being closed");
  }
}
