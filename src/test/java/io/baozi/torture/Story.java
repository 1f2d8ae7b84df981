package io.baozi.torture;

import io.baozi.torture.Event.PutSent;

/** What is known of one message. */
final class Story {
  /** What clocks may differ by over a restart, in milliseconds. */
  private static final long CLOCKS = 20;

  /** What a put and a message may take on their ways together, in milliseconds. */
  private static final long SLACK = 2_000;

  final PutSent put;

  /** The largest id that had been answered when it was first sent. */
  final long idsBefore;

  /** How often it was sent. */
  int sent = 1;

  /** Its id, once the server has told; 0 until then. */
  long id;

  /** Whether it was acknowledged, or was there after a start. */
  boolean isKept;

  /** Whether something was asked for that removes it. */
  boolean mayBeGone;

  /** Whether that was answered. */
  boolean isGone;

  /** Whether it went with its queue; a take that was on its way then may still bring it. */
  boolean isDeleted;

  /** Whether anybody has had it. */
  boolean wasHanded;

  /** Where it was before its server ended, for the one who reads of a violation. */
  String last = "sent";

  Story(PutSent put, long idsBefore) {
    this.put = put;
    this.idsBefore = idsBefore;
  }

  /** Whether it may have gone by itself at a moment, as its ttl is over. */
  boolean mayHaveFaded(long at) {
    return put.ttl() > 0 && at >= put.at() + put.ttl() - CLOCKS;
  }

  /** Whether it is to have gone by itself at a moment. */
  boolean hasFaded(long at) {
    return put.ttl() > 0 && at > put.at() + put.ttl() + SLACK;
  }

  @Override
  public String toString() {
    return "message " + put.number() + (id == 0 ? "" : " (msg " + id + ")") + " of " + put.queue();
  }
}
