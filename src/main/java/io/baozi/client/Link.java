package io.baozi.client;

import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;

/** What carries a client's requests to the server and the replies back; used on one context. */
interface Link {
  /** Sends requests in order, in one write if they are not long. */
  void send(List<Request> requests);

  /** Who gets replies and pushes from now on; set before the first request. */
  void onReply(Handler<Reply> handler);

  /** Who is told from now on, once, that no reply will come any more, and why. */
  void onClosed(Handler<Throwable> handler);

  /** Minds its silence from now on, at either end, if it can be cut. */
  void beat(Duration heartbeat);

  /** Closes; the closed handler is told. */
  Future<Void> close();
}
