package io.baozi.client;

import java.util.Objects;

/**
 * What a handler of messages fails with to say how its message is given back: after a delay of its
 * own, or never again. Any other failure gives it back as {@link NackOptions#DEFAULT} says.
 */
public final class NackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient NackOptions options;

  /** A failure with a reason in words and what it was caused by, null for nothing. */
  public NackException(NackOptions options, String reason, Throwable cause) {
    super(reason, cause);
    this.options = Objects.requireNonNull(options, "options");
  }

  /** Gives the message up: it is dead at once, whatever attempts it has left. */
  public static NackException dead(String reason) {
    return new NackException(NackOptions.DEFAULT.withDead(true), reason, null);
  }

  /** How the message is given back. */
  public NackOptions options() {
    return options;
  }
}
