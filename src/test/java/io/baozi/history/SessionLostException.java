package io.baozi.history;

/** The session is over, and all that it held and waited for with it. */
final class SessionLostException extends Exception {
  private static final long serialVersionUID = 1;
}
