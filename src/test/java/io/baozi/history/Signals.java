package io.baozi.history;

/** What waits at latches and events have in common. */
final class Signals {
  private Signals() {}

  /** The earliest moment at which a wait can have run out. */
  static long deadline(Call call) {
    long sent = call.attempts().get(call.attempts().size() - 1).sent().at();
    return Stretch.after(sent, call.number("wait", 0) - SessionLife.TICK);
  }
}
