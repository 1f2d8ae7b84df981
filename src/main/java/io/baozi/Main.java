package io.baozi;

import io.baozi.cli.Cli;

/** The entry point of the fat jar. */
public final class Main {
  private Main() {}

  /** Runs the command line, and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(args, resolved -> Serving.serve(resolved.config()), Version.text()));
  }
}
