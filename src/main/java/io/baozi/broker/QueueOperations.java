package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.queue.LostPlaceException;
import io.baozi.broker.queue.Message;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.queue.State;
import io.baozi.broker.sync.Link;
import io.baozi.broker.sync.WaitGraph;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operations on queues as a whole: to make, watch, empty and end them. */
final class QueueOperations {
  private final Broker broker;
  private final BrokerSettings settings;
  private final Queues queues;
  private final Coordination coordination;

  QueueOperations(
      Broker broker, BrokerSettings settings, Queues queues, Coordination coordination) {
    this.broker = broker;
    this.settings = settings;
    this.queues = queues;
    this.coordination = coordination;
  }

  Map<Operation, Broker.Action> actions() {
    return Map.ofEntries(
        Map.entry(Operation.QUEUE_DECLARE, this::declare),
        Map.entry(Operation.QUEUE_JOIN, this::join),
        Map.entry(Operation.QUEUE_PEEK, this::peek),
        Map.entry(Operation.QUEUE_REDRIVE, this::redrive),
        Map.entry(Operation.QUEUE_PAUSE, this::pause),
        Map.entry(Operation.QUEUE_RESUME, this::resume),
        Map.entry(Operation.QUEUE_PURGE, this::purge),
        Map.entry(Operation.QUEUE_DELETE, this::delete),
        Map.entry(Operation.QUEUE_STATS, this::stats),
        Map.entry(Operation.QUEUE_LIST, this::list));
  }

  private void declare(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("queue");
    Requests.requireKnown(arguments);
    Settings asked = QueueSettingsForm.read(arguments, name, queues.settings(name));
    if (queues.find(name) != null) {
      QueueSettingsForm.requireSame(arguments, name, asked, queues.settings(name));
    }
    requireSize(request);
    if (queues.find(name) == null) {
      broker.requireKeeping(asked);
    }
    MessageQueue queue = queues.made(name, asked);
    broker.promise(session, queue, request.ok(QueueSettingsForm.flat(name, queue.settings())));
  }

  private void join(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    long deadline = Waits.deadline(request.arguments(), now);
    requireSize(request);
    if (deadline > now && queue.held() > 0) {
      queues.requireMemory(MessageQueue.WAIT_MEMORY);
    }
    JoinRequest join =
        new JoinRequest(broker, session, queue, request, coordination.owner(session), now);
    if (deadline > now && queue.held() > 0) {
      List<Link> cycle = WaitGraph.cycle(join);
      if (!cycle.isEmpty()) {
        broker.send(session, CycleForm.refused(broker, session, request.id(), cycle));
        return;
      }
    }
    queue.join(join, deadline, now);
    if (join.isWaiting()) {
      session.waits(request.id(), join);
      join.owner().waits(join);
    }
  }

  private void peek(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    MessageQueue queue = queues.named(request);
    State state = state(arguments);
    int max = (int) arguments.integer("max", 1, 1, Ranges.MESSAGES);
    long after = arguments.integer("after", 0, 1, Header.MAX_INTEGER);
    Message next = after == 0 ? queue.first(state) : firstAfter(queue, state, after);
    requireSize(request);
    queues.requireReader(session);
    MessageFrame frame = new MessageFrame(1);
    FrameRoom room = new FrameRoom(settings.limits());
    for (int i = 0; i < max && next != null && (room.take(next) || i == 0); i++) {
      frame.add(next);
      next = queue.after(state, next);
    }
    queues.requireMemory(frame.memory());
    broker.handOut(session, frame.memory());
    Reply reply = request.ok("queue", queue.name());
    broker.post(session, Parcel.messages(reply, frame, false));
  }

  private static State state(Arguments arguments) {
    String state = arguments.text("state");
    return state == null
        ? State.READY
        : State.of(state)
            .orElseThrow(
                () ->
                    badRequest(
                        "state is "
                            + Shown.value(state)
                            + ", allowed are ready, delayed, reserved and dead"));
  }

  private static Message firstAfter(MessageQueue queue, State state, long after) {
    try {
      return queue.firstAfter(state, after);
    } catch (LostPlaceException e) {
      throw new RefusedException(
          ErrorCode.NOT_FOUND,
          "after is "
              + after
              + ", which queue "
              + queue.name()
              + " has no longer ready, and in its order by priority that place is lost");
    }
  }

  private void redrive(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    MessageQueue queue = queues.named(request);
    long[] msgs = arguments.integers("msgs", 1, Header.MAX_INTEGER);
    long max = arguments.integer("max", Long.MAX_VALUE, 1, Header.MAX_INTEGER);
    requireSize(request);
    long redriven = msgs == null ? redriveAll(queue, max, now) : redrive(queue, msgs, max, now);
    broker.promise(session, queue, request.ok("redriven", redriven));
    queue.settle(now);
  }

  private static long redriveAll(MessageQueue queue, long max, long now) {
    long redriven = 0;
    for (Message next = queue.first(State.DEAD);
        next != null && redriven < max;
        next = queue.first(State.DEAD)) {
      queue.redrive(next.id(), now);
      redriven++;
    }
    return redriven;
  }

  private static long redrive(MessageQueue queue, long[] msgs, long max, long now) {
    long redriven = 0;
    for (long msg : msgs) {
      if (redriven < max && queue.redrive(msg, now)) {
        redriven++;
      }
    }
    return redriven;
  }

  private void pause(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    requireSize(request);
    queue.pause();
    queues.changed(queue);
    broker.promise(session, queue, request.ok());
  }

  private void resume(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    requireSize(request);
    queue.resume(now);
    queues.changed(queue);
    broker.promise(session, queue, request.ok());
  }

  private void purge(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    boolean dead = request.arguments().flag("dead");
    requireSize(request);
    broker.promise(
        session, queue, request.ok("purged", dead ? queue.purgeDead() : queue.purge(now)));
  }

  private void delete(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    requireSize(request);
    queues.delete(queue, now);
    broker.promise(session, queue, request.ok());
  }

  private void stats(Session session, Request request, long now) {
    MessageQueue queue = queues.named(request);
    requireSize(request);
    broker.send(session, request.ok(QueueStatsForm.flat(queue, now)));
  }

  private void list(Session session, Request request, long now) {
    String after = request.arguments().text("after");
    requireSize(request);
    int left = settings.limits().maxHeader() / 2;
    List<Header> page = new ArrayList<>();
    boolean more = false;
    for (MessageQueue queue : queues.after(after)) {
      Header figures = Header.of(QueueStatsForm.flat(queue, now));
      left -= figures.json().length();
      if (left < 0 && !page.isEmpty()) {
        more = true;
        break;
      }
      page.add(figures);
    }
    broker.send(
        session,
        request.ok("queues", Json.array(page.toArray(Header[]::new)), "more", more ? true : null));
  }

  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }
}
