package io.baozi.data;

import java.io.IOException;

/** A file or a directory is not what it should be; the message names the place. */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1;

  DataException(String message) {
    super(message);
  }
}
