package io.baozi.journal;

import java.io.IOException;

/** A force to disk failed: what is on the disk is not known any more. */
final class ForceException extends IOException {
  private static final long serialVersionUID = 1L;

  ForceException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
