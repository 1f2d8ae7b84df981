package io.baozi;

import io.baozi.cli.Cli;
import io.baozi.config.Config;

/** The entry point of the fat jar. */
public final class Main {
  private Main() {}

  /** Runs the command line, and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(args, resolved -> serve(resolved.config()), Version.text()));
  }

  private static int serve(Config config) throws Exception {
    LogLevel.set(config.log().level()); // first: the classes of a server have loggers
    return Serving.serve(config);
  }
}
