package io.baozi.cli;

/** The exit codes of the command line. */
final class Exit {
  /** Done. */
  static final int OK = 0;

  /** The server refused it, or it failed. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong; nothing was tried. */
  static final int USAGE = 2;

  /** A wait ran out. */
  static final int TIMED_OUT = 124;

  /** What a command was to hold while it ran was lost before it had ended. */
  static final int LOST = 125;

  /** A command is there and cannot be run, as a shell says it. */
  static final int NOT_EXECUTABLE = 126;

  /** A command is not there, as a shell says it. */
  static final int NOT_FOUND = 127;

  /** Ended by SIGINT, as a shell would say it: 128 + 2. */
  static final int INTERRUPTED = 130;

  /** Nobody reads standard output any more, as a shell would say of SIGPIPE: 128 + 13. */
  static final int BROKEN_PIPE = 141;

  private Exit() {}
}
