package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The obvious bounded queue, as far as puts, takes and acknowledgements go. */
final class RoomModel extends ThingModel {
  /** A message, and who has reserved it if anybody has. */
  private static final class Message {
    final long id;
    SessionModel holder;
    long attempt;

    Message(long id) {
      this.id = id;
    }
  }

  private final int capacity;
  private final List<Message> messages = new ArrayList<>();
  private final List<CallModel> puts = new ArrayList<>();
  private final List<CallModel> takes = new ArrayList<>();
  private long lastId;

  RoomModel(WorldModel world, String name, int capacity) {
    super(world, name);
    this.capacity = capacity;
  }

  /** Who has to wait for nobody is answered behind those who have its message. */
  void put(CallModel call) {
    if (puts.isEmpty() && messages.size() < capacity) {
      long id = ++lastId;
      messages.add(new Message(id));
      settle();
      call.ok("msg", id, "durable", "memory");
    } else {
      puts.add(call);
      await(call);
    }
  }

  void take(CallModel call) {
    takes.add(call);
    settle();
    await(call);
  }

  private void await(CallModel call) {
    boolean waits = puts.contains(call) || takes.contains(call);
    if (waits && call.isNow()) {
      remove(call);
      call.refused(timeout(call));
    } else if (waits) {
      call.waitAt(this);
    }
  }

  /** Takes while there are messages, then a put while there is room. */
  @Override
  void settle() {
    while (true) {
      if (!takes.isEmpty() && ready() != null) {
        hand(takes.remove(0));
      } else if (!puts.isEmpty() && messages.size() < capacity) {
        admit(puts.remove(0));
      } else {
        return;
      }
    }
  }

  /** The oldest that nobody has reserved. */
  private Message ready() {
    return messages.stream().filter(m -> m.holder == null).findFirst().orElse(null);
  }

  private void hand(CallModel take) {
    if (take.isFenced()) {
      take.refused("fenced");
      return;
    }
    Message message = ready();
    message.attempt++;
    if (take.arguments.flag("autoAck")) {
      messages.remove(message);
    } else {
      message.holder = take.session;
      world.agenda.set(message, world.now + take.number("ttr", 0), () -> lapse(message));
    }
    Object msg = Map.of("msg", message.id, "attempt", message.attempt);
    take.ok("queue", name, "msgs", List.of(msg), "sizes", List.of(0));
  }

  private void admit(CallModel put) {
    if (put.isFenced()) {
      put.refused("fenced");
    } else {
      messages.add(new Message(++lastId));
      put.ok("msg", lastId, "durable", "memory");
    }
  }

  /** Of one message; the answer comes before whoever has room now. */
  void acknowledge(CallModel call) {
    long[] ids = call.arguments.integers("msgs", 0, Long.MAX_VALUE);
    boolean held = messages.removeIf(m -> m.id == ids[0] && m.holder == call.session && end(m));
    call.ok("acked", held ? 1 : 0, "missing", held ? List.of() : List.of(ids[0]));
    settle();
  }

  private boolean end(Message message) {
    world.agenda.cancel(message);
    message.holder = null;
    return true;
  }

  private void lapse(Message message) {
    end(message);
    settle();
  }

  /** What a session has reserved takes its old place; whoever waits goes on later. */
  boolean giveBack(SessionModel session) {
    List<Message> its = messages.stream().filter(m -> m.holder == session).toList();
    its.forEach(this::end);
    return !its.isEmpty();
  }

  /** The ids of what a session has reserved. */
  List<Long> held(SessionModel session) {
    return messages.stream().filter(m -> m.holder == session).map(m -> m.id).toList();
  }

  /** Nothing is left of it. */
  void delete(CallModel call) {
    messages.forEach(this::end);
    world.things.rooms.remove(name);
    call.ok();
  }

  @Override
  String timeout(CallModel call) {
    return call.request.op().equals("queue.put") ? "full" : "empty";
  }

  @Override
  void remove(CallModel call) {
    puts.remove(call);
    takes.remove(call);
  }

  @Override
  boolean isIdle() {
    return false;
  }
}
