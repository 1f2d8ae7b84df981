package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.message.Operation;

/** What a session can hold until it gives it back, and the operations on it. */
enum Holdable {
  LOCK(
      "lock",
      Operation.LOCK_ACQUIRE,
      Operation.LOCK_RELEASE,
      Operation.LOCK_TOUCH,
      Operation.LOCK_INFO),
  SEMAPHORE(
      "semaphore",
      Operation.SEMAPHORE_ACQUIRE,
      Operation.SEMAPHORE_RELEASE,
      Operation.SEMAPHORE_TOUCH,
      Operation.SEMAPHORE_INFO);

  /** Under which an operation names it. */
  final String key;

  final Operation acquire;
  final Operation release;
  final Operation touch;
  final Operation info;

  Holdable(String key, Operation acquire, Operation release, Operation touch, Operation info) {
    this.key = key;
    this.acquire = acquire;
    this.release = release;
    this.touch = touch;
    this.info = info;
  }

  /** What the push is called that says that it is held no longer. */
  String lost() {
    return key + ".lost";
  }

  /** What a request would acquire. */
  static Holdable of(Header acquire) {
    return acquire.text("op").equals(LOCK.acquire.wire()) ? LOCK : SEMAPHORE;
  }
}
