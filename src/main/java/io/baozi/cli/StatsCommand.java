package io.baozi.cli;

import io.baozi.client.QueueStats;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The figures of queues. */
@Command(
    name = "stats",
    description = "Print the figures of one queue in full, or a table of several or all.",
    footer = {
      "",
      "Rates are over about the last ten seconds. OLDEST is the age of the oldest message that is",
      "ready, WAIT P/T how many puts and takes wait. As JSON it is an object a queue, with all",
      "figures as they are: bytes, milliseconds, messages a second.",
      "",
      "Examples:",
      "  baozi stats",
      "  baozi stats orders",
      "  baozi stats --output json | jq 'select(.dead > 0) | .queue'"
    })
final class StatsCommand extends ClientCommand {
  private static final List<QueueColumn> COLUMNS =
      List.of(
          QueueColumn.QUEUE,
          QueueColumn.READY,
          QueueColumn.DELAYED,
          QueueColumn.RESERVED,
          QueueColumn.DEAD,
          QueueColumn.CAPACITY,
          QueueColumn.PUTS,
          QueueColumn.TAKES,
          QueueColumn.ACKS,
          QueueColumn.BYTES,
          QueueColumn.OLDEST,
          QueueColumn.WAITING,
          QueueColumn.CONSUMERS);

  @Parameters(
      arity = "0..*",
      paramLabel = "QUEUE",
      description = "The queues' names (default: all queues).")
  private List<String> queues = List.of();

  StatsCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(Session session) {
    List<QueueStats> figures =
        queues.isEmpty()
            ? session.await(session.client().queues())
            : queues.stream()
                .map(queue -> session.await(session.client().queue(queue).stats()))
                .toList();
    lines(figures).forEach(shell().out()::line);
    return Exit.OK;
  }

  private List<String> lines(List<QueueStats> figures) {
    if (isJson()) {
      return figures.stream().map(stats -> JsonLine.of(stats).toString()).toList();
    }
    return queues.size() == 1
        ? Table.ofPairs(inFull(figures.get(0))).lines()
        : QueueColumn.table(COLUMNS, figures).lines();
  }

  private static Map<String, Object> inFull(QueueStats stats) {
    Map<String, Object> pairs = JsonLine.of(stats).members();
    pairs.put("maxBytes", stats.maxBytes() == 0 ? "no bound" : Units.bytes(stats.maxBytes()));
    pairs.put("bytes", Units.bytes(stats.bytes()));
    pairs.put("oldestAge", Units.age(stats.oldestAge()));
    return pairs;
  }
}
