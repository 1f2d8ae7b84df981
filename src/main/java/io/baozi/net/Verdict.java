package io.baozi.net;

import io.baozi.message.Reply;

/** What becomes of a request: a route to whoever carries it out, or a refusal. */
sealed interface Verdict permits Route, Verdict.Refused {
  /**
   * It is passed on to nobody.
   *
   * @param reply to a request that wants an answer, else of a negative id
   */
  record Refused(Reply reply) implements Verdict {}
}
