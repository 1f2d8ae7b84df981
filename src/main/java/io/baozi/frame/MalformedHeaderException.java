package io.baozi.frame;

/** The bytes of a header are not the JSON object that the protocol asks for; says why. */
public final class MalformedHeaderException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedHeaderException(String message) {
    super(message, null, false, false);
  }
}
