package io.baozi;

import io.baozi.cli.Cli;
import io.baozi.cli.Place;
import io.baozi.cli.Serving;
import io.baozi.config.Resolved;
import java.util.function.Consumer;

/** The entry point of the fat jar. */
public final class Main {
  private Main() {}

  /** Runs the command line, and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(args, new Server(), Version.text()));
  }

  /** What {@code serve} and {@code config check} need of the server. */
  private static final class Server implements Serving {
    @Override
    public int serve(Resolved configuration, Consumer<Place> started) throws Exception {
      return ServerProcess.serve(configuration.config(), started);
    }

    @Override
    public void check(Resolved configuration) {
      // Before any verticle is looked at: its class may have a logger.
      ProcessLog.configure(configuration.config().log());
      Deployment.check(configuration.config());
    }
  }
}
