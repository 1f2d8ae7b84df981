package io.baozi.history;

/** A connection of a client, from its hello on. */
final class Connection {
  private final Line hello;
  private Line greeting;
  private long cutAt = Call.NEVER;
  private long endedAt = Call.NEVER;
  private long saidByeAt = Call.NEVER;
  private long byeAnsweredAt = Call.NEVER;
  private long byeId = -1;

  Connection(Line hello) {
    this.hello = hello;
  }

  Line hello() {
    return hello;
  }

  /** The answer to its hello, null if none came. */
  Line greeting() {
    return greeting;
  }

  boolean isGreeted() {
    return greeting != null;
  }

  String name() {
    return hello.name();
  }

  /** The name of its session, unknown to all if it was never told. */
  String session() {
    return greeting == null ? "of " + name() : greeting.text("session");
  }

  /** The session that it asked for, null if it wanted a new one. */
  String wanted() {
    return hello.text("session");
  }

  boolean hasResumed() {
    return greeting != null && Boolean.TRUE.equals(greeting.header().get("resumed"));
  }

  void sent(Line line) {
    if ("bye".equals(line.text("op"))) {
      saidByeAt = line.at();
      byeId = line.number("id", 0);
    }
  }

  void got(Line line) {
    long id = line.number("id", 0);
    if (id == hello.number("id", 0) && greeting == null) {
      greeting = line;
    } else if (id == byeId) {
      byeAnsweredAt = line.at();
    }
  }

  void cut(long at) {
    cutAt = Math.min(cutAt, at);
  }

  void ended(long at) {
    endedAt = Math.min(endedAt, at);
  }

  /** It was whole until then. */
  long cutAt() {
    return Math.min(cutAt, endedAt);
  }

  /** Whether somebody cut it, so that its end is no fault of the server. */
  boolean wasCut() {
    return cutAt < Call.NEVER;
  }

  long endedAt() {
    return endedAt;
  }

  /** When it was over for certain. */
  long overAt() {
    return endedAt == Call.NEVER ? cutAt : wasCut() ? Math.max(cutAt, endedAt) : endedAt;
  }

  long saidByeAt() {
    return saidByeAt;
  }

  long byeAnsweredAt() {
    return byeAnsweredAt;
  }
}
