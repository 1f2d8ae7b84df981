package io.baozi.cli;

import io.baozi.client.Client;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Future;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Round trips to a server, timed. */
@Command(
    name = "ping",
    description = "Time round trips to a server.",
    footer = {
      "",
      "Exits with 0 if every ping was answered, with 124 if one was not within --timeout.",
      "",
      "Examples:",
      "  baozi ping                      four round trips, a second apart",
      "  baozi ping -c 0 -i 200ms        five a second until interrupted",
      "  baozi ping -c 1 --timeout 1s    is the server there?"
    })
final class PingCommand extends ClientCommand {
  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "How many; 0 is until interrupted (default: 4).")
  private int count = 4;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      description = "From one to the next (default: 1s).")
  private Duration interval = Duration.ofSeconds(1);

  PingCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (count < 0) {
      throw Failure.usage("--count is " + count + ", allowed is 0 or more");
    }
  }

  @Override
  boolean endsInOrder() {
    return true;
  }

  @Override
  int run(Session session) {
    RoundTrips trips = new RoundTrips();
    Target server =
        new Target(session.client().options().host(), session.client().options().port());
    do {
      if (trips.sent() > 0) {
        shell().interruption().pause(interval);
      }
      if (!shell().interruption().isRequested()) {
        trips.add(session.settle(ping(session.client())));
        shell().out().line(isJson() ? trips.lastAsJson() : trips.lastFrom(server));
      }
    } while (trips.sent() != count && !shell().interruption().isRequested());
    shell().out().line(isJson() ? trips.summaryAsJson() : trips.summary());
    return shell().interruption().isRequested() ? Exit.INTERRUPTED : trips.exit();
  }

  /** Nanoseconds there and back, measured where the answer arrives. */
  private static Future<Long> ping(Client client) {
    long start = System.nanoTime();
    return client
        .ping()
        .map(v -> System.nanoTime() - start)
        .recover(
            e ->
                e instanceof RefusedException refusal && refusal.code() == ErrorCode.TIMEOUT
                    ? Future.succeededFuture(RoundTrips.LOST)
                    : Future.failedFuture(e));
  }
}
