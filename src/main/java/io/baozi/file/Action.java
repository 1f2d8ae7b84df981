package io.baozi.file;

import io.baozi.message.Request;

/** Carries one operation out, and answers its request once. */
@FunctionalInterface
interface Action {
  /**
   * Carries it out; what it throws is answered, once the body has come to its end.
   *
   * @throws io.baozi.message.RefusedException if it is refused before anything was begun
   */
  void run(StreamSession session, Request request);
}
