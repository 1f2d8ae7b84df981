package io.baozi.cli;

import io.baozi.client.Queue;
import io.baozi.client.RedriveOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The dead, ready again. */
@Command(
    name = "redrive",
    description = "Make dead messages ready again, as if they had never been delivered.",
    footer = {
      "",
      "Without MSG all of them, the first first. Exits with 1 if one that is named is not dead. If",
      "the queue has a dead-letter queue, its dead are in that one, as ordinary messages: take them.",
      "",
      "Examples:",
      "  baozi peek orders --state dead -n 10 --output json",
      "  baozi redrive orders 4711 4712",
      "  baozi redrive orders --max 100"
    })
final class RedriveCommand extends QueueCommand {
  private static final int BATCH = 1000;

  @Parameters(index = "1..*", paramLabel = "MSG", description = "The ids of the messages.")
  private List<Long> msgs;

  @Option(names = "--max", paramLabel = "N", description = "No more than so many.")
  private Integer max;

  RedriveCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    Bounds.require("--max", max, 1, Integer.MAX_VALUE);
    if (max != null && msgs != null) {
      throw Failure.usage("MSG and --max: the messages are named, or counted");
    }
    if (msgs != null) {
      msgs.forEach(msg -> Bounds.require("MSG", msg, 1, Long.MAX_VALUE));
    }
  }

  @Override
  int run(Session session, Queue target) {
    long redriven =
        msgs == null
            ? session.await(target.redrive(RedriveOptions.ALL.withMax(max)))
            : redriveNamed(session, target);
    say(Progress.messages(redriven) + " of queue " + queue() + " redriven", "redriven", redriven);
    if (msgs != null && redriven < msgs.size()) {
      String sentence = "not among the dead of queue %s: %d of the %d messages named";
      throw new Failure(
          "not_found",
          sentence.formatted(queue(), msgs.size() - redriven, msgs.size()),
          Exit.FAILED);
    }
    return Exit.OK;
  }

  private long redriveNamed(Session session, Queue target) {
    long redriven = 0;
    for (int from = 0; from < msgs.size(); from += BATCH) {
      List<Long> some = msgs.subList(from, Math.min(msgs.size(), from + BATCH));
      redriven += session.await(target.redrive(RedriveOptions.ALL.withMsgs(some)));
    }
    return redriven;
  }
}
