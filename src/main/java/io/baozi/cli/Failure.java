package io.baozi.cli;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;

/** Why a command ends before it is done: a code, a line for a person, and the exit code. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String error;
  private final int exit;

  /**
   * @param error the code: one of the protocol's, or usage, config, connection, input, output,
   *     interrupted
   */
  Failure(String error, String message, int exit) {
    this(error, message, exit, null);
  }

  Failure(String error, String message, int exit, Throwable cause) {
    super(message, cause);
    this.error = error;
    this.exit = exit;
  }

  /** The command line is wrong. */
  static Failure usage(String message) {
    return new Failure("usage", message, Exit.USAGE);
  }

  /** What was to be read cannot be. */
  static Failure input(String message) {
    return new Failure("input", message, Exit.FAILED);
  }

  /** The server said no. */
  static Failure refused(RefusedException refusal) {
    return new Failure(refusal.code().wire(), refusal.getMessage(), exit(refusal.code()), refusal);
  }

  /** Asked to end by a signal. */
  static Failure interrupted(String message) {
    return new Failure("interrupted", message, Exit.INTERRUPTED);
  }

  private static int exit(ErrorCode code) {
    return code == ErrorCode.FULL || code == ErrorCode.EMPTY || code == ErrorCode.TIMEOUT
        ? Exit.TIMED_OUT
        : Exit.FAILED;
  }

  /** The same with more to say. */
  Failure adding(String more) {
    return new Failure(error, getMessage() + "; " + more, exit, getCause());
  }

  /** The same with another exit code. */
  Failure exiting(int code) {
    return new Failure(error, getMessage(), code, getCause());
  }

  String error() {
    return error;
  }

  int exit() {
    return exit;
  }
}
