package io.baozi.file;

import io.baozi.bus.Arrival;
import io.baozi.bus.ServiceSession;
import io.baozi.message.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What one connection has under way with files and pipes; on the service's event loop. */
final class StreamSession extends ServiceSession {
  /** Its gets, one at a time: only one frame can leave at a time. */
  private final OneByOne gets = new OneByOne();

  /** What it asks about each file. */
  private final Turns turns;

  /** The pipes that it has opened, or waits for, by name. */
  private final Map<String, PipeEnd> pipes = new HashMap<>();

  /** What is to be told when what leaves next has been written. */
  private List<Runnable> whenWritten = new ArrayList<>();

  /** Requests that are not answered. */
  private int open;

  private boolean ended;

  /**
   * A connection that has asked for nothing.
   *
   * @param loop runs what it is given on the service's event loop, later
   */
  StreamSession(Arrival.Opened opened, Consumer<ServiceSession> dirty, Executor loop) {
    super(opened, dirty);
    this.turns = new Turns(loop);
  }

  OneByOne gets() {
    return gets;
  }

  Turns turns() {
    return turns;
  }

  Map<String, PipeEnd> pipes() {
    return pipes;
  }

  /** A request has come, which is to be answered once. */
  void ask() {
    open++;
  }

  /** Answers a request. */
  void answer(Reply reply) {
    open--;
    send(reply);
    leaveIfDone();
  }

  /** Answers a request, and is told when the answer has been written or never will be. */
  void answer(Reply reply, Runnable written) {
    whenWritten.add(written);
    answer(reply);
  }

  /** Pushes a frame, likewise. */
  void push(Reply push, Runnable written) {
    whenWritten.add(written);
    send(push);
  }

  /** What it has asked for is still answered, as far as it can be: it may have closed one half. */
  @Override
  protected void end() {
    ended = true;
    List.copyOf(pipes.values()).forEach(PipeEnd::cut);
    leaveIfDone();
  }

  private void leaveIfDone() {
    if (ended && open == 0 && !isOver()) {
      leave();
    }
  }

  @Override
  protected Runnable written() {
    if (whenWritten.isEmpty()) {
      return null;
    }
    List<Runnable> all = whenWritten;
    whenWritten = new ArrayList<>();
    return () -> all.forEach(Runnable::run);
  }
}
