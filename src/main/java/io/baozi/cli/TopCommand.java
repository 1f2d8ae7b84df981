package io.baozi.cli;

import io.baozi.client.QueueStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The queues of a server, live. */
@Command(
    name = "top",
    description = "Show the queues of a server and what goes through them, live.",
    footer = {
      "",
      "At a terminal q or Ctrl-C ends it, and what does not fit is left out: the last columns, the",
      "last queues. Elsewhere it prints a table an interval, or with --output json an object with",
      "server and queues. Rates are over about the last ten seconds; WAIT P/T is how many puts and",
      "takes wait, CONS how many subscriptions there are.",
      "",
      "Examples:",
      "  baozi top",
      "  baozi top --sort dead --interval 5s",
      "  baozi top -n 1 | head"
    })
final class TopCommand extends ClientCommand {
  private static final Duration LEAST = Duration.ofMillis(10);

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      description = "From one look to the next (default: 1s).")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "Looks; 0 is until it is told to end (default: 0).")
  private long count;

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description =
          "The column to sort by, the largest first: queue, ready, delayed, reserved, dead, put,"
              + " take, ack, oldest, bytes, waiting, consumers or order (default: queue).")
  private String sort = QueueColumn.QUEUE.word();

  private QueueColumn key;
  private boolean isPrinted;

  TopCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    key = QueueColumn.of(Look.COLUMNS, sort);
    Bounds.require("--count", count, 0, Long.MAX_VALUE);
    Bounds.require("--interval", interval, LEAST, Bounds.LONGEST, "10ms to 365d");
  }

  @Override
  boolean endsInOrder() {
    return true;
  }

  @Override
  int run(Session session) {
    if (isJson() || !shell().out().isTerminal()) {
      return watch(session, shell().interruption().request(), this::print);
    }
    try (Screen screen = Screen.open(shell())) {
      CompletableFuture<?> end =
          CompletableFuture.anyOf(screen.quit(), shell().interruption().request());
      return watch(session, end, look -> screen.draw(look.within(screen.size())));
    }
  }

  private int watch(Session session, CompletableFuture<?> end, Consumer<Look> watcher) {
    long looks = 0;
    boolean isOver = false;
    while (!isOver) {
      watcher.accept(look(session));
      looks++;
      isOver = looks == count || isDone(end, interval);
    }
    return shell().interruption().isRequested() ? Exit.INTERRUPTED : Exit.OK;
  }

  /** Asks even if it is told to end meanwhile: the client bounds the time. */
  private Look look(Session session) {
    var info = session.client().info();
    var queues = session.client().queues();
    Target server =
        new Target(session.client().options().host(), session.client().options().port());
    List<QueueStats> sorted = session.settle(queues).stream().sorted(key.order()).toList();
    return new Look(server, session.settle(info), sorted);
  }

  private void print(Look look) {
    if (isJson()) {
      shell().out().line(look.json());
    } else {
      String text = String.join("\n", look.lines());
      shell().out().line(isPrinted ? "\n" + text : text);
      isPrinted = true;
    }
  }

  /** Whether something is done within a time. */
  private static boolean isDone(CompletableFuture<?> end, Duration time) {
    try {
      end.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
