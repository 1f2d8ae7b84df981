package io.baozi.history;

import java.util.ArrayList;
import java.util.List;

/**
 * A lock or permits in the hands of one owner, from a grant to its end: when it certainly had them,
 * and when it may have.
 */
final class Claim {
  private final Call grant;
  private final SessionLife session;
  private final List<Line> lines = new ArrayList<>();
  private long leasedUntil = Call.NEVER;
  private long mayBeLeasedUntil = Call.NEVER;
  private long exclusiveFrom;
  private long givenBackAt = Call.NEVER;
  private long goneAt = Call.NEVER;
  private long holds;

  Claim(Call grant, SessionLife session) {
    this.grant = grant;
    this.session = session;
    exclusiveFrom = Call.NEVER;
    again(grant);
  }

  /** It is acquired by its owner once more, or touched. */
  void again(Call call) {
    lines.addAll(call.lines());
    long lease = grant.number("lease", 0);
    if (lease > 0) {
      leasedUntil = Stretch.after(call.sentAt(), lease - SessionLife.TICK);
      mayBeLeasedUntil = Stretch.after(call.answeredAt(), lease);
    }
    if (call.isOk() && call.op().endsWith(".acquire") && !"shared".equals(call.text("mode"))) {
      exclusiveFrom = Math.min(exclusiveFrom, call.answeredAt());
    }
    if (call.isOk()) {
      holds = call.answer().number("holds", 1);
    }
  }

  /** One of its holds is given back; whether that was the last for all we know. */
  boolean release(Call call) {
    lines.addAll(call.lines());
    holds = call.isOk() ? call.answer().number("holds", 0) : 0;
    if (holds == 0) {
      givenBackAt = call.sentAt();
      goneAt = call.isOk() || call.isRefused("not_owner") ? call.answeredAt() : goneAt;
    }
    return holds == 0;
  }

  /** By then its owner knew that it had it no more. */
  void gone(long at) {
    goneAt = Math.min(goneAt, at);
  }

  Call grant() {
    return grant;
  }

  long holds() {
    return holds;
  }

  long token() {
    return grant.isOk() ? grant.answer().number("token", 0) : 0;
  }

  long permits() {
    return grant.number("permits", 1);
  }

  /** The lock or semaphore. */
  String object() {
    return grant.text("lock") == null ? grant.text("semaphore") : grant.text("lock");
  }

  /** Whether nobody sees its grant, so that there may be none. */
  boolean isGuess() {
    return !grant.isOk();
  }

  /** Until then neither lease nor session can have ended. */
  long standsUntil() {
    return Math.min(leasedUntil, session.standsUntil());
  }

  /** When its owner certainly had it. */
  Stretch certain() {
    return new Stretch(grant.answeredAt(), Math.min(givenBackAt, standsUntil()));
  }

  /** When it certainly shared it with nobody. */
  Stretch exclusive() {
    return new Stretch(exclusiveFrom, certain().until());
  }

  boolean isExclusiveFromStart() {
    return exclusiveFrom == grant.answeredAt();
  }

  /** When its owner may have had it. */
  Stretch possible(Pauses pauses) {
    long leased = isGuess() ? Call.NEVER : mayBeLeasedUntil;
    long until = Math.min(Math.min(goneAt, leased), session.mayStandUntil());
    return new Stretch(possibleFrom(pauses), until);
  }

  private long possibleFrom(Pauses pauses) {
    if (isGuess() || grant.attempts().size() > 1) {
      return grant.sentAt();
    }
    long from = pauses.startBefore(grant.client(), grant.answeredAt(), WakeupRule.BOUND);
    return Math.max(from, grant.sentAt());
  }

  List<Line> lines() {
    return lines;
  }
}
