package io.baozi.cli;

import io.baozi.client.Message;
import io.baozi.client.PeekOptions;
import io.baozi.client.Queue;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A look at messages. */
@Command(
    name = "peek",
    description = "Print messages of a queue as take does, and leave them where they are.",
    footer = {
      "",
      "If there is none, says so on standard error and exits with 0. The ids that --after and",
      "redrive want are in the output as JSON. If the queue has a dead-letter queue, its dead are in",
      "that one, as ordinary messages.",
      "",
      "Examples:",
      "  baozi peek orders",
      "  baozi peek orders --state dead -n 100 --output json",
      "  baozi peek orders -n 10 --after 4711 --lines"
    })
final class PeekCommand extends QueueCommand {
  private static final int BATCH = 500;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Which: ready, delayed, reserved or dead (default: ready).")
  private PeekOptions.State state = PeekOptions.State.READY;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "How many, at most (default: 1).")
  private long count = 1;

  @Option(
      names = "--after",
      paramLabel = "MSG",
      description = "Those behind the message of this id (default: from the first).")
  private Long after;

  @Option(names = "--lines", description = "End each body with a newline.")
  private boolean isLines;

  PeekCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    Bounds.require("--count", count, 1, Long.MAX_VALUE);
    Bounds.require("--after", after, 1, Long.MAX_VALUE);
  }

  @Override
  int run(Session session, Queue target) {
    MessageWriter writer = new MessageWriter(shell(), style(isLines), written -> {});
    long left = count;
    Long last = after;
    List<Message> page = page(session, target, left, last);
    if (page.isEmpty()) {
      note(nothing());
    }
    while (!page.isEmpty()) {
      writer.write(page);
      left -= page.size();
      last = page.get(page.size() - 1).msg();
      page = left > 0 ? page(session, target, left, last) : List.of();
    }
    return Exit.OK;
  }

  private List<Message> page(Session session, Queue target, long left, Long last) {
    return session.await(target.peek(new PeekOptions(state, (int) Math.min(left, BATCH), last)));
  }

  private String nothing() {
    String kind = state.name().toLowerCase(Locale.ROOT);
    String behind = after == null ? "" : " behind " + after;
    return "queue %s has no %s message%s".formatted(queue(), kind, behind);
  }

  /** The state that is spelt so. */
  static PeekOptions.State state(String word) {
    for (PeekOptions.State state : PeekOptions.State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
        return state;
      }
    }
    throw Failure.usage(
        "'" + word + "' is no state; allowed are ready, delayed, reserved and dead");
  }
}
