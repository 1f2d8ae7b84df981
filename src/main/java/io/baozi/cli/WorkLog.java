package io.baozi.cli;

import io.baozi.cli.WorkTerms.Outcome;
import io.baozi.client.Message;
import java.io.PrintStream;

/** Says on standard error what becomes of messages. Safe for use by several threads. */
final class WorkLog {
  private final PrintStream err;
  private final boolean isJson;
  private final WorkQueues queues;
  private long done;
  private long givenBack;
  private long dead;

  WorkLog(PrintStream err, boolean isJson, WorkQueues queues) {
    this.err = err;
    this.isJson = isJson;
    this.queues = queues;
  }

  /**
   * A command has ended, and what it means for its message is decided.
   *
   * @param isHeld whether the message was still reserved, so that the outcome counts
   */
  synchronized void ended(Message message, int exit, Outcome outcome, boolean isHeld) {
    Outcome fate = queues.fate(message, outcome);
    count(fate);
    if (isJson) {
      err.println(line(message, exit, fate, isHeld));
    } else {
      tell(message, exit, fate, isHeld);
    }
  }

  private JsonLine line(Message message, int exit, Outcome fate, boolean isHeld) {
    boolean isDead = fate == Outcome.DEAD;
    return line(message)
        .with("exit", exit)
        .with("outcome", fate.toString())
        .with("deadLetter", isDead ? queues.deadLetter(message.queue()) : null)
        .with("reserved", isHeld ? null : false);
  }

  private void tell(Message message, int exit, Outcome fate, boolean isHeld) {
    if (fate != Outcome.DONE) {
      String where = fate == Outcome.DEAD ? ", " + grave(message.queue()) : "";
      say(message, "exit code " + exit + ", attempt " + message.attempt() + ", " + fate + where);
    }
    if (!isHeld) {
      String end = queues.isAtLastAttempt(message) ? "it is dead" : "it comes again";
      say(message, "too late, its reservation had run out; " + end);
    }
  }

  /** Where the dead of a queue are. */
  private String grave(String queue) {
    String deadLetter = queues.deadLetter(queue);
    return deadLetter == null
        ? "among the dead of " + queue
        : "in queue " + deadLetter + " (deadLetter)";
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case DONE -> done++;
      case DEAD -> dead++;
      case GIVEN_BACK, UNTOUCHED -> givenBack++;
    }
  }

  /** A message is somebody else's while its command runs. */
  synchronized void lost(Message message) {
    trouble(message, "its reservation ran out while its command runs; it may be run twice");
  }

  /** What a command has come to cannot be told to the server. */
  synchronized void untold(Message message, int exit) {
    trouble(message, "exit code " + exit + ", which the server was not told; it may come again");
  }

  private void trouble(Message message, String sentence) {
    if (isJson) {
      err.println(line(message).with("message", sentence));
    } else {
      say(message, sentence);
    }
  }

  private void say(Message message, String sentence) {
    err.println("baozi: message %d of %s: %s".formatted(message.msg(), message.queue(), sentence));
  }

  private static JsonLine line(Message message) {
    return new JsonLine()
        .with("queue", message.queue())
        .with("msg", message.msg())
        .with("attempt", message.attempt());
  }

  /** How many there were. */
  synchronized String summary() {
    StringBuilder summary = new StringBuilder(Progress.messages(done) + " done");
    if (givenBack > 0) {
      summary.append(", ").append(givenBack).append(" given back");
    }
    if (dead > 0) {
      summary.append(", ").append(dead).append(" dead");
    }
    return summary.toString();
  }
}
