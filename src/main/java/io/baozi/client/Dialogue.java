package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Requests over a stream link and their answers. The futures complete before anything behind the
 * answer is looked at, and never once the link is closed. On the context only.
 */
final class Dialogue implements StreamLink.Listener {
  private static final Buffer EMPTY = Buffer.buffer(0);

  /** Who gets a body that comes in pieces. */
  interface Pieces {
    void piece(Buffer piece, long left);
  }

  private final StreamLink link;
  private final Handler<Reply> others;
  private final Handler<Throwable> closed;
  private final Map<Long, Promise<Reply>> asked = new HashMap<>();
  private long lastId;
  private long streaming;
  private Pieces pieces;

  /**
   * A dialogue in which nothing has been said.
   *
   * @param others gets what answers none of its requests: pushes, and the server's last word
   * @param closed told, once, that nothing comes any more
   */
  Dialogue(StreamLink link, Handler<Reply> others, Handler<Throwable> closed) {
    this.link = link;
    this.others = others;
    this.closed = closed;
    link.listen(this);
  }

  StreamLink link() {
    return link;
  }

  /** Asks; a refusal fails the answer. */
  Future<Reply> ask(Operation operation, Object... arguments) {
    return ask(operation, EMPTY, arguments);
  }

  private Future<Reply> ask(Operation operation, Buffer body, Object... arguments) {
    Promise<Reply> answer = Promise.promise();
    asked.put(++lastId, answer);
    link.send(header(operation, arguments), body);
    return answer.future();
  }

  /** Asks with a body of this size, which whoever calls this sends over the link. */
  Future<Reply> begin(Operation operation, long size, Object... arguments) {
    Promise<Reply> answer = Promise.promise();
    asked.put(++lastId, answer);
    link.begin(header(operation, arguments), size);
    return answer.future();
  }

  /** Asks for an answer with a body, whose pieces come once the future has completed. */
  Future<Reply> fetch(Operation operation, Pieces pieces, Object... arguments) {
    this.pieces = pieces;
    streaming = lastId + 1;
    return ask(operation, arguments);
  }

  private Header header(Operation operation, Object... arguments) {
    return Header.of("op", operation.wire(), "id", lastId).with(arguments);
  }

  @Override
  public boolean streams(Header header) {
    Reply reply = Reply.read(header, EMPTY);
    if (reply.id() != streaming || !reply.isOk()) {
      return false;
    }
    Promise<Reply> answer = asked.remove(streaming);
    if (answer != null) {
      answer.complete(reply);
    }
    return true;
  }

  @Override
  public void piece(Buffer piece, long left) {
    pieces.piece(piece, left);
  }

  @Override
  public void frame(Reply reply) {
    Promise<Reply> answer = reply.isPush() ? null : asked.remove(reply.id());
    if (answer == null) {
      others.handle(reply);
    } else {
      reply.refusal().ifPresentOrElse(answer::fail, () -> answer.complete(reply));
    }
  }

  @Override
  public void closed(Throwable cause) {
    closed.handle(cause);
  }
}
