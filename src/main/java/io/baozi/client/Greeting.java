package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/** The hello of a connection and the wait for its answer. On the context only. */
final class Greeting {
  private final Home home;
  private final ClientOptions options;
  private final Link link;

  /** Of no context: who waits for it goes on before what comes behind the answer is looked at. */
  private final Promise<Hello> answer = Promise.promise();

  private Greeting(Home home, ClientOptions options, Link link) {
    this.home = home;
    this.options = options;
    this.link = link;
  }

  /**
   * Says hello.
   *
   * @param id of the request
   * @param session to be resumed; null for a new one
   * @return fails, once the link is closed, if the server has something against the client
   */
  static Future<Hello> over(Link link, Home home, ClientOptions options, long id, String session) {
    return new Greeting(home, options, link).say(id, session);
  }

  private Future<Hello> say(long id, String session) {
    long patience = options.timeout().toMillis();
    long timer = home.vertx().setTimer(patience, t -> home.run(() -> giveUp(patience)));
    link.onReply(this::receive);
    link.onClosed(answer::tryFail);
    link.send(
        List.of(
            Outgoing.of(
                    Operation.HELLO.wire(),
                    Buffer.buffer(0),
                    patience,
                    "client",
                    "baozi-java",
                    "version",
                    1,
                    "session",
                    session,
                    "grace",
                    orAbsent(options.grace()),
                    "heartbeat",
                    orAbsent(options.heartbeat()))
                .request(id)));
    return answer
        .future()
        .onComplete(v -> home.vertx().cancelTimer(timer))
        .transform(this::closedIfFailed);
  }

  private static Long orAbsent(Duration duration) {
    return duration.isZero() ? null : duration.toMillis();
  }

  private void receive(Reply reply) {
    if (!reply.isPush()) {
      reply
          .refusal()
          .ifPresentOrElse(
              answer::tryFail,
              () ->
                  Client.read(reply, Hello::of)
                      .onSuccess(answer::tryComplete)
                      .onFailure(answer::tryFail));
    }
  }

  private void giveUp(long patience) {
    answer.tryFail(
        new RefusedException(ErrorCode.TIMEOUT, "no answer to hello within " + patience + " ms"));
  }

  private Future<Hello> closedIfFailed(AsyncResult<Hello> said) {
    return said.succeeded()
        ? Future.succeededFuture(said.result())
        : link.close().transform(closed -> Future.failedFuture(said.cause()));
  }
}
