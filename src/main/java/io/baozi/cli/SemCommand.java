package io.baozi.cli;

import io.baozi.client.Permits;
import io.baozi.client.SemaphoreOptions;
import io.vertx.core.Future;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command with permits. */
@Command(
    name = "sem",
    description = "Run a command while permits of a semaphore are held: so many at once, no more.",
    footer = {
      "",
      "All is as with `baozi lock`: streams, signals, what happens if the permits are lost, and exit",
      "codes. The environment has BAOZI_SEMAPHORE, the name, and BAOZI_PERMITS, how many are held.",
      "Whoever comes first sets the limit, and it stands as long as somebody holds or wants permits;",
      "all give the same --limit.",
      "",
      "Exit codes: the command's, 128 + N if signal N ended it; 125 if permits were lost, 126 if the",
      "command cannot be run, 127 if there is none. Before it runs: 124 if --wait ran out, 1 with",
      "--fail, or for both that of --conflict-exit-code; 1 refused or no server, 2 wrong usage.",
      "",
      "Examples:",
      "  baozi sem ovens --limit 4 -- ./bake",
      "  baozi sem memory --limit 64 --permits 16 --wait 1h -- ./train",
      "  find . -name '*.png' | xargs -P 20 -I {} baozi sem shrink --limit 6 -- optipng {}"
    })
final class SemCommand extends GuardCommand {
  private static final int MOST = 1_000_000;

  @Option(names = "--permits", paramLabel = "N", description = "How many to hold (default: 1).")
  private int permits = 1;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many there are in all (default: as many as it has, 1 if it is new).")
  private Integer limit;

  SemCommand(Shell shell) {
    super(shell);
  }

  @Override
  String example() {
    return "ovens";
  }

  @Override
  void check() {
    super.check();
    Bounds.require("--limit", limit, 1, MOST);
    Bounds.require("--permits", permits, 1, limit == null ? MOST : limit);
  }

  @Override
  Future<Held> acquire(Session session, String name, Terms terms) {
    SemaphoreOptions options =
        SemaphoreOptions.DEFAULT
            .withPermits(permits)
            .withLimit(limit)
            .withOwner(terms.owner())
            .withWait(terms.waitFor())
            .withLease(terms.lease());
    return session.client().semaphore(name).acquire(options).map(SemCommand::held);
  }

  private static Held held(Permits permits) {
    Map<String, String> variables =
        Map.of("BAOZI_SEMAPHORE", permits.semaphore(), "BAOZI_PERMITS", "" + permits.permits());
    return new Held(
        "semaphore " + permits.semaphore(), variables, permits.lost(), permits::release);
  }
}
