package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;

/** An end of a pipe that is open, over its connection. On the context only. */
final class PipeEnd implements Streams.Course {
  private final Streams streams;
  private final String name;
  private final Dialogue dialogue;
  private final StreamLink link;

  /** What came and nobody has asked for: no more than what the connection gave at once. */
  private final ArrayDeque<Buffer> pending = new ArrayDeque<>();

  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private long demand = Long.MAX_VALUE;
  private boolean delivering;

  /** Whether nothing more will come, and what has come is all. */
  private boolean ended;

  private boolean endTold;

  /** Why nothing may be written any more; null if something may. */
  private Throwable shut;

  /** Why the connection was lost, until somebody has been told. */
  private Throwable untold;

  /** Null before this end is closed. */
  private Promise<Void> closing;

  PipeEnd(Streams streams, String name, Dialogue dialogue) {
    this.streams = streams;
    this.name = name;
    this.dialogue = dialogue;
    this.link = dialogue.link();
    link.pause();
  }

  void receive(Reply reply) {
    String op = reply.header().text("op");
    if (Operation.PIPE_DATA.wire().equals(op)) {
      pending.add(reply.body());
      deliver();
    } else if (Operation.PIPE_CLOSE.wire().equals(op)) {
      shut(new RefusedException(ErrorCode.NOT_FOUND, "the other end has closed pipe " + name));
      ended();
    } else {
      reply.refusal().ifPresent(this::lost);
    }
  }

  private void ended() {
    ended = true;
    streams.remove(this);
    link.close();
    if (closing != null) {
      closing.tryComplete();
    }
    deliver();
  }

  private void shut(Throwable why) {
    if (shut == null) {
      shut = why;
    }
  }

  /** The connection is cut, or the server ends it. */
  void lost(Throwable cause) {
    if (!ended) {
      shut(cause);
      streams.remove(this);
      link.abort();
      ended = true;
      endTold = true;
      pending.clear();
      if (closing != null) {
        closing.tryFail(cause);
      }
      untold = cause;
      tellLoss();
    }
  }

  private void tellLoss() {
    if (untold != null && exceptionHandler != null) {
      Throwable cause = untold;
      untold = null;
      exceptionHandler.handle(cause);
    }
  }

  @Override
  public void end(Throwable cause) {
    lost(cause);
  }

  void handler(Handler<Buffer> to) {
    handler = to;
    deliver();
  }

  void endHandler(Handler<Void> to) {
    endHandler = to;
    deliver();
  }

  /** Told at once if it was lost before: whoever opened it may be slower than the network. */
  void exceptionHandler(Handler<Throwable> to) {
    exceptionHandler = to;
    tellLoss();
  }

  void pause() {
    demand = 0;
    link.pause();
  }

  void fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    deliver();
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      while (isWanted() && !pending.isEmpty()) {
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        handler.handle(pending.poll());
      }
      if (ended) {
        tellEnd();
      }
    } finally {
      delivering = false;
    }
    flow();
  }

  private boolean isWanted() {
    return handler != null && demand > 0;
  }

  private void flow() {
    if (isWanted() || closing != null) {
      link.resume();
    } else {
      link.pause();
    }
  }

  private void tellEnd() {
    if (pending.isEmpty() && !endTold && endHandler != null) {
      endTold = true;
      endHandler.handle(null);
    }
  }

  /** Sends a frame; completes once it is on its way. */
  Future<Void> write(Buffer bytes) {
    if (shut != null) {
      return Future.failedFuture(shut);
    }
    link.begin(Header.of("op", Operation.PIPE_DATA.wire(), "pipe", name), bytes.length());
    return link.write(bytes);
  }

  /** Closes the pipe behind all that was written. */
  Future<Void> close() {
    if (closing == null) {
      closing = streams.home().promise();
      if (shut == null) {
        say();
      } else if (isClosed(shut)) {
        closing.complete();
      } else {
        closing.fail(shut);
      }
    }
    return closing.future();
  }

  private void say() {
    shut(new RefusedException(ErrorCode.NOT_FOUND, "this end has closed pipe " + name));
    flow();
    dialogue
        .ask(Operation.PIPE_CLOSE, "pipe", name)
        .onSuccess(v -> ended())
        .onFailure(refusal -> notClosed(refusal));
  }

  private void notClosed(Throwable refusal) {
    if (isClosed(refusal)) {
      ended();
    } else {
      lost(refusal);
    }
  }

  /** The other end may be faster: there is nothing left to close then. */
  private static boolean isClosed(Throwable why) {
    return why instanceof RefusedException refused && refused.code() == ErrorCode.NOT_FOUND;
  }
}
