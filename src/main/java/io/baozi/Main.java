package io.baozi;

/** The entry point of the fat jar. */
public final class Main {
  private Main() {}

  /** Runs the command line. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(
        Serving.serve(
            io.baozi.config.Config.load(
                    java.util.Optional.empty(),
                    System.getenv(),
                    java.util.List.of(),
                    Runtime.version().feature())
                .config()));
  }
}
