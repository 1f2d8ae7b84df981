package io.baozi.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A request of a session with its answer; sent more than once if it was sent again. */
final class Call {
  static final long NEVER = Long.MAX_VALUE;

  /**
   * One sending of it.
   *
   * @param got its answer, null if none came
   */
  record Attempt(Line sent, Line got) {
    boolean isOk() {
      return got != null && Boolean.TRUE.equals(got.header().get("ok"));
    }
  }

  private final String session;
  private final List<Attempt> attempts = new ArrayList<>();

  Call(String session) {
    this.session = session;
  }

  void add(Attempt attempt) {
    attempts.add(attempt);
    attempts.sort(Comparator.comparing(Attempt::sent));
  }

  List<Attempt> attempts() {
    return attempts;
  }

  String session() {
    return session;
  }

  Line sent() {
    return attempts.get(0).sent();
  }

  long sentAt() {
    return sent().at();
  }

  /** The first answer that was ok, or else the last one; null if none came. */
  Line answer() {
    Line last = null;
    for (Attempt attempt : attempts) {
      last = attempt.got() == null ? last : attempt.got();
      if (attempt.isOk()) {
        return last;
      }
    }
    return last;
  }

  long answeredAt() {
    return answer() == null ? NEVER : answer().at();
  }

  boolean isOk() {
    return answer() != null && Boolean.TRUE.equals(answer().header().get("ok"));
  }

  boolean isRefused(String error) {
    return answer() != null && error.equals(answer().text("error"));
  }

  String op() {
    return sent().text("op");
  }

  boolean is(String op) {
    return op.equals(op());
  }

  String text(String key) {
    return sent().text(key);
  }

  long number(String key, long absent) {
    return sent().number(key, absent);
  }

  String client() {
    return sent().client();
  }

  /** Who holds what it acquires. */
  String owner() {
    return session + "/" + text("owner");
  }

  /** Its lines, to prove something with. */
  List<Line> lines() {
    return attempts.stream()
        .flatMap(
            each ->
                each.got() == null ? Stream.of(each.sent()) : Stream.of(each.sent(), each.got()))
        .toList();
  }
}
