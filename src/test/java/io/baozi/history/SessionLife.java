package io.baozi.history;

import java.util.ArrayList;
import java.util.List;

/** A session as far as its client and those who cut it off can know. */
final class SessionLife {
  /** The server's clock ticks in milliseconds, so an end may come this much early. */
  static final long TICK = 2;

  private final List<Connection> connections = new ArrayList<>();
  private final long grace;
  private long overAt = Call.NEVER;

  SessionLife(long grace) {
    this.grace = grace;
  }

  long grace() {
    return grace;
  }

  /** A connection that had it, or that may have resumed it unseen. */
  void add(Connection connection) {
    connections.add(connection);
  }

  /** By then the server has said that it is over. */
  void over(long at) {
    overAt = Math.min(overAt, at);
  }

  /** It stands at least until then. */
  long standsUntil() {
    Connection last = last(connections.stream().filter(Connection::isGreeted).toList());
    if (last.saidByeAt() < last.cutAt()) {
      return last.saidByeAt();
    }
    return grace == 0 ? last.cutAt() : Stretch.after(last.cutAt(), grace - TICK);
  }

  /** It is over then, but for the time that the server takes to notice. */
  long mayStandUntil() {
    long end = 0;
    for (Connection connection : connections) {
      end = Math.max(end, Stretch.after(connection.overAt(), grace));
    }
    Connection last = last(connections);
    return Math.min(overAt, last.byeAnsweredAt() < Call.NEVER ? last.byeAnsweredAt() : end);
  }

  private static Connection last(List<Connection> connections) {
    return connections.get(connections.size() - 1);
  }
}
