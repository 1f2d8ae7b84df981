package io.baozi.cli;

import io.baozi.client.TakeOptions;
import io.baozi.message.ErrorCode;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Messages out of a queue. */
@Command(
    name = "take",
    description = "Take a message from a queue, or many, and print their bodies byte for byte.",
    footer = {
      "",
      "A message is acknowledged once its bytes are written; one that is not comes back to the",
      "queue when the command ends, however it ends. What a pipe has taken counts as written.",
      "If no message comes within --wait, exits with 124, or with 0 under --until-empty, whose",
      "wait of 2s bridges a producer that is behind for a moment; if none came at all, it says so",
      "on standard error. On a terminal a body that does not end its line is followed by a newline.",
      "A queue that is not there is made, so with a misspelt name it waits for ever.",
      "Messages are taken ahead of what is written: a slow reader that shares a queue with others",
      "wants --max-batch 1.",
      "",
      "Examples:",
      "  baozi take orders --wait 5s",
      "  baozi take urgent orders        from urgent if it has something, else from orders",
      "  baozi take words --lines --until-empty > words",
      "  baozi take log --lines --follow | grep ERROR",
      "  baozi take orders -n 10 --output json"
    })
final class TakeCommand extends ClientCommand {
  private static final int BATCH = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Parameters(
      arity = "1..*",
      paramLabel = "QUEUE",
      description = "The queue's name; of several, the first that has something is taken from.")
  private List<String> queues;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "How many (default: 1, or all there are with --until-empty and --follow).")
  private Long count;

  @Option(names = "--lines", description = "End each body with a newline.")
  private boolean isLines;

  @Option(names = "--until-empty", description = "Go on until no message comes within --wait.")
  private boolean isUntilEmpty;

  @Option(names = "--follow", description = "Go on until interrupted.")
  private boolean isFollowing;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For the next message; 0 is not at all (default: forever; --until-empty: 2s).")
  private Duration wait;

  @Option(
      names = "--ttr",
      paramLabel = "TIME",
      description = "How long messages are reserved to be written (default: the queue's).")
  private Duration ttr;

  @Option(
      names = "--auto-ack",
      description = "Remove messages as they are taken: faster, and lost if they are not written.")
  private boolean isAutoAck;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      description = "Messages taken at a time (default: 500).")
  private int batch = BATCH;

  TakeCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (count != null && count < 1) {
      throw Failure.usage("--count is " + count + ", allowed is 1 or more; --follow has no end");
    }
    if (batch < 1 || batch > 1_000_000) {
      throw Failure.usage("--max-batch is " + batch + ", allowed are 1 to 1000000");
    }
    if (isFollowing && (isUntilEmpty || wait != null)) {
      throw Failure.usage("--follow has no end, so it goes with neither --until-empty nor --wait");
    }
    Bounds.requireTtr(ttr);
  }

  @Override
  boolean endsInOrder() {
    return true;
  }

  @Override
  int run(Session session) {
    TakeOptions options = new TakeOptions(batch, patience(), ttr, isAutoAck, null);
    Taking taking = new Taking(session, queues, options, shell(), style(isLines));
    try {
      taking.run(limit());
    } catch (Failure failure) {
      boolean isEnd = isUntilEmpty && failure.error().equals(ErrorCode.EMPTY.wire());
      if (!isEnd) {
        throw failure;
      }
      if (taking.taken() == 0) {
        note(emptiness());
      }
    }
    return Exit.OK;
  }

  /** Who takes before anything is put shall not think that all has been taken. */
  private String emptiness() {
    String were =
        queues.size() == 1
            ? "queue " + queues.get(0) + " was"
            : "queues " + String.join(", ", queues) + " were";
    return patience().isZero()
        ? were + " empty; --wait waits for a message"
        : "%s empty for %s; --wait waits longer".formatted(were, Durations.text(patience()));
  }

  private Duration patience() {
    return wait == null && isUntilEmpty ? PATIENCE : wait;
  }

  private long limit() {
    if (count != null) {
      return count;
    }
    return isUntilEmpty || isFollowing ? Long.MAX_VALUE : 1;
  }
}
