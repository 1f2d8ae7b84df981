package io.baozi.cli;

import io.baozi.client.Queue;
import io.baozi.client.QueueDeclaration;
import io.baozi.client.QueueOrder;
import io.baozi.client.QueueSettings;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a queue is. */
@Command(
    name = "declare",
    description = "Make a queue, if it is not there, and print its settings in force.",
    footer = {
      "",
      "What is not named is as the configuration has it for a queue that is made, and is not",
      "compared for one that stands. If it stands with other settings than named, exits with 1.",
      "",
      "Examples:",
      "  baozi declare orders",
      "  baozi declare orders --capacity 500 --attempts 5 --backoff 1s --dead-letter spoilt",
      "  baozi declare alarms --order priority --ttl 10m"
    })
final class DeclareCommand extends QueueCommand {
  private static final long MOST_MESSAGES = 100_000_000;
  private static final long MOST_ATTEMPTS = 1_000_000;
  private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);
  private static final Duration LONGEST_DEDUP = Duration.ofDays(7);

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = "In which messages are given: fifo, lifo or priority.")
  private QueueOrder order;

  @Option(names = "--capacity", paramLabel = "N", description = "Messages that it holds.")
  private Long capacity;

  @Option(
      names = "--ttr",
      paramLabel = "TIME",
      description = "How long a message that is taken is reserved.")
  private Duration ttr;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "Deliveries after which a message is dead; 0 is no limit.")
  private Long attempts;

  @Option(
      names = "--backoff",
      paramLabel = "TIME",
      description = "The first delay of a message that is given back; it doubles up to an hour.")
  private Duration backoff;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "After which a message is dropped; 0 is never.")
  private Duration ttl;

  @Option(
      names = "--dead-letter",
      paramLabel = "QUEUE",
      description = "The queue that dead messages go to; an empty name is none.")
  private String deadLetter;

  @Option(
      names = "--dedup",
      paramLabel = "TIME",
      description = "How long the key of a put is remembered.")
  private Duration dedup;

  @Option(names = "--durable", description = "Its messages outlive the server, on its disk.")
  private boolean isDurable;

  @Option(names = "--no-durable", description = "Its messages end with the server.")
  private boolean isVolatile;

  DeclareCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    Bounds.require("--capacity", capacity, 1, MOST_MESSAGES);
    Bounds.require("--attempts", attempts, 0, MOST_ATTEMPTS);
    Bounds.requireTtr(ttr);
    Bounds.requireUpTo(LONGEST_BACKOFF, "--backoff", backoff, "0 to 1h");
    Bounds.requireTtl(ttl);
    Bounds.requireUpTo(LONGEST_DEDUP, "--dedup", dedup, "0 to 7d");
    if (isDurable && isVolatile) {
      throw Failure.usage("--durable and --no-durable: it is one or the other");
    }
  }

  @Override
  int run(Session session, Queue target) {
    QueueSettings settings = session.await(target.declare(declaration()));
    if (isJson()) {
      shell().out().line(json(settings));
    } else {
      Table.ofPairs(text(settings).members()).lines().forEach(shell().out()::line);
    }
    return Exit.OK;
  }

  private QueueDeclaration declaration() {
    Boolean durable = isDurable ? Boolean.TRUE : isVolatile ? Boolean.FALSE : null;
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** As on the wire: durations in milliseconds, 0 for no ttl. */
  private static JsonLine json(QueueSettings settings) {
    return new JsonLine()
        .with("queue", settings.queue())
        .with("order", settings.order().wire())
        .with("capacity", settings.capacity())
        .with("maxBytes", settings.maxBytes())
        .with("durable", settings.durable())
        .with("ttr", settings.ttr().toMillis())
        .with("attempts", settings.attempts())
        .with("backoff", settings.backoff().toMillis())
        .with("ttl", settings.ttl() == null ? 0 : settings.ttl().toMillis())
        .with("deadLetter", settings.deadLetter())
        .with("dedup", settings.dedup().toMillis());
  }

  private static JsonLine text(QueueSettings settings) {
    return new JsonLine()
        .with("queue", settings.queue())
        .with("order", settings.order().wire())
        .with("capacity", settings.capacity())
        .with("maxBytes", settings.maxBytes() == 0 ? "no bound" : Units.bytes(settings.maxBytes()))
        .with("durable", settings.durable())
        .with("ttr", Durations.spelt(settings.ttr()))
        .with("attempts", settings.attempts() == 0 ? "no limit" : settings.attempts())
        .with("backoff", Durations.spelt(settings.backoff()))
        .with("ttl", settings.ttl() == null ? "none" : Durations.spelt(settings.ttl()))
        .with("deadLetter", settings.deadLetter() == null ? "none" : settings.deadLetter())
        .with("dedup", Durations.spelt(settings.dedup()));
  }

  /** The order that is spelt so. */
  static QueueOrder order(String word) {
    try {
      return QueueOrder.of(word);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("'" + word + "' is no order; allowed are fifo, lifo and priority");
    }
  }
}
