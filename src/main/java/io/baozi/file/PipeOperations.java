package io.baozi.file;

import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import io.baozi.message.Shown;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The operations on pipes. Each answers its request once. On the service's event loop. */
final class PipeOperations {
  /** The longest wait, in milliseconds: 365 days. */
  private static final long LONGEST_WAIT = Duration.ofDays(365).toMillis();

  private static final long FOR_EVER = -1;

  /** The most pipes of one connection. */
  private static final int MOST = 1024;

  private final Vertx vertx;
  private final Lane lane;
  private final StreamSettings settings;

  /** The end of each pipe that was opened first, by name. */
  private final Map<String, PipeEnd> pipes = new HashMap<>();

  /** Bytes of bodies that are gathered to be passed on whole. */
  private long gathering;

  PipeOperations(Vertx vertx, Lane lane, StreamSettings settings) {
    this.vertx = vertx;
    this.lane = lane;
    this.settings = settings;
  }

  Map<Operation, Action> actions() {
    return Map.of(
        Operation.PIPE_OPEN, this::open,
        Operation.PIPE_DATA, this::data,
        Operation.PIPE_CLOSE, this::close);
  }

  private void open(StreamSession session, Request request) {
    Arguments arguments = request.arguments();
    String pipe = arguments.name("pipe");
    long wait = arguments.millis("wait", FOR_EVER, 0, LONGEST_WAIT);
    request.requireSize(settings.limits().maxMessage());
    PipeEnd first = pipes.get(pipe);
    if (first != null && (first.isOpen() || first.session() == session)) {
      throw new RefusedException(
          ErrorCode.CONFLICT,
          "pipe "
              + Shown.text(pipe)
              + (first.isOpen() ? " has both its ends" : " waits for another connection"));
    }
    if (first == null && wait == 0) {
      throw timeout(pipe);
    }
    if (session.pipes().size() >= MOST) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE, "the connection has " + MOST + " pipes (maxPipes)");
    }
    PipeEnd end = new PipeEnd(session, pipe, request, () -> pipes.remove(pipe));
    if (first == null) {
      pipes.put(pipe, end);
      limit(end, pipe, wait);
    } else {
      first.join(end);
    }
  }

  private void limit(PipeEnd end, String pipe, long wait) {
    if (wait != FOR_EVER) {
      long timer =
          vertx.setTimer(wait, t -> end.giveUp(ErrorCode.TIMEOUT, timeout(pipe).getMessage()));
      end.timed(() -> vertx.cancelTimer(timer));
    }
  }

  private static RefusedException timeout(String pipe) {
    return new RefusedException(
        ErrorCode.TIMEOUT, "nobody opened the other end of pipe " + Shown.text(pipe));
  }

  private void data(StreamSession session, Request request) {
    PipeEnd end = open(session, request.arguments().name("pipe"));
    end.passing().add(done -> pass(session, request, end, done));
  }

  /** What is at hand need not have been taken before the next; what is long must. */
  private void pass(StreamSession session, Request request, PipeEnd end, Runnable done) {
    boolean open = end.isOpen();
    if (request.inflow() == null) {
      end.pass(request.body(), () -> passed(session, request, open && !end.isLeft()));
      done.run();
      return;
    }
    long length = request.size();
    boolean whole =
        length <= settings.limits().maxMessage() && gathering + length <= settings.memory();
    gathering += whole ? length : 0;
    Consumer<Boolean> over =
        complete -> {
          gathering -= whole ? length : 0;
          if (complete) {
            passed(session, request, open && !end.isLeft());
          } else {
            session.answer(request.refused(ErrorCode.CANCELLED, "the body was cut"));
          }
          done.run();
        };
    request.inflow().to(new PipeFlow(end, request.inflow(), whole, lane::run, over));
  }

  private static void passed(StreamSession session, Request request, boolean passed) {
    session.answer(
        passed ? request.ok() : request.refused(closed("the pipe was closed meanwhile")));
  }

  private void close(StreamSession session, Request request) {
    PipeEnd end = session.pipes().get(request.arguments().name("pipe"));
    if (end == null) {
      throw closed("this connection has no such pipe");
    }
    if (end.isOpen()) {
      end.close(() -> session.answer(request.ok()));
    } else {
      end.giveUp(ErrorCode.CANCELLED, "the pipe was closed while it waited for its other end");
      session.answer(request.ok());
    }
  }

  private static PipeEnd open(StreamSession session, String pipe) {
    PipeEnd end = session.pipes().get(pipe);
    if (end == null || !end.isOpen()) {
      throw closed("pipe " + Shown.text(pipe) + " is not open here");
    }
    return end;
  }

  private static RefusedException closed(String message) {
    return new RefusedException(ErrorCode.NOT_FOUND, message);
  }
}
