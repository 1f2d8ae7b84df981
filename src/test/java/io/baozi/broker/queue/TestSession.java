package io.baozi.broker.queue;

/** Whoever takes, and how much of what it was handed it has not read. */
final class TestSession {
  final Holder holder = new Holder();

  /** Once so many messages are unread its subscriptions are handed nothing. */
  int window = Integer.MAX_VALUE;

  int unread;
}
