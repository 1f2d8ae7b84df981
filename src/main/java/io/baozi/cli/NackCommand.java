package io.baozi.cli;

import io.baozi.client.Message;
import io.baozi.client.NackOptions;
import io.baozi.client.Queue;
import io.baozi.client.TakeOptions;
import io.baozi.message.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Messages put off, or given up. */
@Command(
    name = "nack",
    description = "Take the first messages of a queue and give them back, for later or as dead.",
    footer = {
      "",
      "For the message at the head of a queue that holds up the others: it is put off by --delay,",
      "or laid aside with the dead, where peek shows it and redrive makes it ready again. It counts",
      "as a delivery like any other, so a message may die of it: see attempts in declare. A message",
      "that a consumer has reserved cannot be given back by anybody else. If the queue has none",
      "ready, exits with 124.",
      "",
      "Examples:",
      "  baozi nack orders --delay 10m",
      "  baozi nack orders -n 5 --dead"
    })
final class NackCommand extends QueueCommand {
  private static final int BATCH = 500;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "How many, at most (default: 1).")
  private int count = 1;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Until they come again (default: the queue's backoff).")
  private Duration delay;

  @Option(names = "--dead", description = "Lay them aside with the dead.")
  private boolean isDead;

  NackCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    Bounds.require("--count", count, 1, Integer.MAX_VALUE);
    Bounds.requireDelay("--delay", delay);
    if (isDead && delay != null) {
      throw Failure.usage("--delay and --dead: a dead message does not come again");
    }
  }

  @Override
  int run(Session session, Queue target) {
    session.await(target.stats()); // a take would make a queue that is not there
    List<Message> taken = take(session, target);
    int nacked = session.await(target.nack(taken, new NackOptions(delay, isDead, null)));
    String became = isDead ? " dead" : " given back";
    say(Progress.messages(nacked) + " of queue " + queue() + became, "nacked", nacked);
    return Exit.OK;
  }

  /** All of them before any is given back, or the first would come again. */
  private List<Message> take(Session session, Queue source) {
    List<Message> taken = new ArrayList<>();
    try {
      while (taken.size() < count) {
        int most = Math.min(BATCH, count - taken.size());
        taken.addAll(
            session.await(source.take(TakeOptions.ONE.withMax(most).withWait(Duration.ZERO))));
      }
    } catch (Failure failure) {
      if (taken.isEmpty() || !failure.error().equals(ErrorCode.EMPTY.wire())) {
        throw failure;
      }
    }
    return taken;
  }
}
