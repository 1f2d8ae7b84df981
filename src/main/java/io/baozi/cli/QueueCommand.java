package io.baozi.cli;

import io.baozi.client.Queue;
import picocli.CommandLine.Parameters;

/** A command on one queue. */
abstract class QueueCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue's name.")
  private String queue;

  QueueCommand(Shell shell) {
    super(shell);
  }

  @Override
  final int run(Session session) {
    return run(session, session.client().queue(queue));
  }

  /** Does it to the queue; gives the exit code. */
  abstract int run(Session session, Queue target);

  /** The queue's name. */
  final String queue() {
    return queue;
  }

  /** Says what has become of the queue: a sentence, or the queue and this. */
  final void say(String sentence, String key, Object value) {
    shell().out().line(isJson() ? new JsonLine().with("queue", queue).with(key, value) : sentence);
  }
}
