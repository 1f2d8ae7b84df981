package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** The wait for the other end of a pipe. On the context only. */
final class PipeOpening implements Streams.Course {
  private final Streams streams;
  private final String name;
  private final Duration waitFor;
  private final Promise<Pipe> opened;
  private StreamLink link;
  private PipeEnd end;
  private boolean over;

  PipeOpening(Streams streams, String name, Duration waitFor) {
    this.streams = streams;
    this.name = name;
    this.waitFor = waitFor;
    this.opened = streams.home().promise();
  }

  Future<Pipe> begin() {
    streams
        .home()
        .run(
            () -> {
              streams.add(this);
              if (!over) {
                streams.open().onSuccess(this::connected).onFailure(this::end);
              }
            });
    return opened.future();
  }

  private void connected(StreamLink made) {
    if (over) {
      made.abort();
      return;
    }
    link = made;
    giveUpLater();
    Dialogue dialogue = new Dialogue(link, this::receive, this::lost);
    dialogue
        .ask(Operation.PIPE_OPEN, "pipe", name, "wait", Ranges.millis(waitFor))
        .onSuccess(v -> open(dialogue))
        .onFailure(this::end);
  }

  private void giveUpLater() {
    long patience = streams.options().patience(waitFor);
    if (patience != Long.MAX_VALUE) {
      long timer = streams.home().vertx().setTimer(patience, t -> late(patience));
      opened.future().onComplete(v -> streams.home().vertx().cancelTimer(timer));
    }
  }

  private void late(long patience) {
    end(new RefusedException(ErrorCode.TIMEOUT, "no answer within " + patience + " ms"));
  }

  private void open(Dialogue dialogue) {
    over = true;
    streams.remove(this);
    end = new PipeEnd(streams, name, dialogue);
    streams.add(end);
    opened.complete(new Pipe(streams.home(), name, end));
  }

  private void receive(Reply reply) {
    if (end != null) {
      end.receive(reply);
    } else {
      reply.refusal().ifPresent(this::end);
    }
  }

  private void lost(Throwable cause) {
    if (end != null) {
      end.lost(cause);
    } else {
      end(cause);
    }
  }

  @Override
  public void end(Throwable cause) {
    if (!over) {
      over = true;
      streams.remove(this);
      if (link != null) {
        link.abort();
      }
      opened.fail(cause);
    }
  }
}
