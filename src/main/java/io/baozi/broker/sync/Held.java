package io.baozi.broker.sync;

/** What an owner holds of an object that others wait for. */
interface Held {
  /** The object. */
  Shared of();

  /** Gives all of it back; whoever calls this settles the object. */
  void giveBack();
}
