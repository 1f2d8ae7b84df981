package io.baozi.broker.queue;

import static io.baozi.broker.queue.QueueComparison.require;

import java.util.List;
import java.util.Random;

/** Random requests about a whole queue, to both worlds. */
final class QueueRequests {
  private final QueueTwins twins;
  private final Random random;

  QueueRequests(QueueTwins twins) {
    this.twins = twins;
    this.random = twins.random;
  }

  void any(MessageQueue queue, QueueModel its) {
    int request = random.nextInt(20);
    if (request < 5) {
      pauseOrResume(queue, its);
    } else if (request < 8) {
      join(queue, its);
    } else if (request < 13) {
      redrive(queue, its);
    } else if (request < 16) {
      purge(queue, its);
    } else if (request < 17) {
      delete(queue, its);
    } else {
      peek(queue, its);
    }
  }

  private void pauseOrResume(MessageQueue queue, QueueModel its) {
    twins.doing = (its.paused ? "resume " : "pause ") + its.name;
    if (its.paused) {
      queue.resume(twins.now);
    } else {
      queue.pause();
    }
    its.paused = !its.paused;
    its.settle(twins.now);
  }

  private void join(MessageQueue queue, QueueModel its) {
    JoinModel join =
        new JoinModel(twins.nextNumber(), twins.one(twins.sessionModels), twins.deadline());
    twins.doing =
        "join %d of %s until %d, at %d".formatted(join.number, its.name, join.deadline, twins.now);
    Join real = twins.real.new TestJoin(join.number);
    twins.waiters.put(join, real);
    queue.join(real, join.deadline, twins.now);
    its.join(join, twins.now);
  }

  private void redrive(MessageQueue queue, QueueModel its) {
    List<MessageModel> dead = its.in(State.DEAD);
    boolean all = dead.isEmpty() || random.nextBoolean();
    twins.doing = "redrive of %s in %s, at %d".formatted(all ? "all" : "one", its.name, twins.now);
    redrive(queue, its, all ? dead : List.of(twins.one(dead)));
    require(!queue.redrive(0, twins.now), "what nobody put is not dead");
  }

  private void redrive(MessageQueue queue, QueueModel its, List<MessageModel> dead) {
    for (MessageModel message : dead) {
      require(queue.redrive(message.id, twins.now), "%d is dead", message.id);
      its.redrive(message, twins.now);
    }
    queue.settle(twins.now);
    its.settle(twins.now);
  }

  /** All that is dead begins anew, and everything is handed out. */
  void revive(MessageQueue queue, QueueModel its) {
    if (its.paused) {
      pauseOrResume(queue, its);
    }
    redrive(queue, its, its.in(State.DEAD));
  }

  private void purge(MessageQueue queue, QueueModel its) {
    boolean dead = random.nextInt(3) > 0;
    twins.doing = "purge of %s, dead %s".formatted(its.name, dead);
    int purged = dead ? queue.purgeDead() : queue.purge(twins.now);
    List<State> states = dead ? List.of(State.DEAD) : List.of(State.READY, State.DELAYED);
    int expected = its.purge(states, twins.now);
    require(purged == expected, "purged %d, not %d", purged, expected);
  }

  private void delete(MessageQueue queue, QueueModel its) {
    twins.doing = "delete of %s, at %d".formatted(its.name, twins.now);
    queue.delete(twins.now);
    its.delete(twins.now);
    int left = queue.held() + queue.count(State.DEAD);
    require(queue.isDeleted() && left == 0, "%d messages are left", left);
    twins.make(its.name);
  }

  private void peek(MessageQueue queue, QueueModel its) {
    State state = twins.one(List.of(State.values()));
    long id = its.messages.isEmpty() ? 1 : twins.one(its.messages).id + random.nextInt(2);
    twins.doing = "peek at what is %s in %s behind %d".formatted(state, its.name, id);
    String found = behind(queue, state, id);
    String expected = its.behind(state, id);
    require(found.equals(expected), "found %s, not %s", found, expected);
  }

  private static String behind(MessageQueue queue, State state, long id) {
    try {
      Message message = queue.firstAfter(state, id);
      return message == null ? "nothing" : "" + message.id();
    } catch (LostPlaceException e) {
      return "lost";
    }
  }
}
