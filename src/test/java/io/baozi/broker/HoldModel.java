package io.baozi.broker;

/** What an owner holds of a lock. */
final class HoldModel {
  final OwnerModel owner;
  final long token;
  final long since;
  boolean shared;
  int count;

  /** In milliseconds, 0 if it has none. */
  long lease;

  HoldModel(CallModel ask, long token) {
    this.owner = ask.owner();
    this.token = token;
    this.since = ask.world.now;
    this.shared = ask.isShared();
  }
}
