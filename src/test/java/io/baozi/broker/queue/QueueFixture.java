package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Queues with a false clock, and requests whose ends are written down. */
final class QueueFixture {
  /** What a take's answer holds, in bytes of bodies. */
  static final int FITS = 64;

  final Alarms alarms = new Alarms();
  final Memory memory = new Memory(Long.MAX_VALUE);
  final Map<String, MessageQueue> queues = new LinkedHashMap<>();

  /** The ends of requests: number, ending, and what it had put or taken by then. */
  final List<String> ends = new ArrayList<>();

  /** What was pushed: number of the subscription, id, attempt. */
  final List<String> pushes = new ArrayList<>();

  /** The index of the turn. */
  long index;

  private final Surroundings surroundings = new Together(alarms, memory);
  private long lastId;

  /** Makes a queue, in the place of the one of this name if there is one. */
  MessageQueue make(String name, Settings settings, long now) {
    MessageQueue queue = new MessageQueue(name, settings, new NoLedger(), surroundings, now);
    queues.put(name, queue);
    return queue;
  }

  /** The queue of a name, which is there. */
  MessageQueue queue(String name) {
    MessageQueue queue = queues.get(name);
    if (queue == null) {
      throw new AssertionError("there is no queue " + name);
    }
    return queue;
  }

  static List<Content> contents(Terms terms, int... lengths) {
    return Arrays.stream(lengths)
        .mapToObj(length -> new Content(new byte[length], null, 0, terms))
        .toList();
  }

  /** What the headers of a message take that died so, in bytes. */
  static int length(Death death) {
    return 7 + death.history().size();
  }

  /** The surroundings that all the queues have in common. */
  private final class Together extends Surroundings {
    Together(Alarms alarms, Memory memory) {
      super(alarms, memory, new Shelf(0, memory));
    }

    @Override
    protected long nextId() {
      return ++lastId;
    }

    @Override
    protected long index() {
      return index;
    }

    @Override
    protected Content obituary(Content content, Death death) {
      return content.withHeaders(death, length(death));
    }

    @Override
    protected MessageQueue deadLetters(String name) {
      return queue(name);
    }
  }

  final class TestPut extends Put {
    private final int number;

    TestPut(int number, List<Content> contents, List<String> keys, boolean each) {
      super(contents, keys, each);
      this.number = number;
    }

    TestPut(int number, boolean each, int... lengths) {
      this(number, contents(Terms.DEFAULT, lengths), null, each);
    }

    @Override
    protected void ended(Ending ending, long now) {
      ends.add(number + " " + ending + " " + Arrays.toString(ids()));
    }
  }

  final class TestTake extends Take {
    private final int number;
    private final TestSession session;

    TestTake(int number, TestSession session, int max, long ttr, boolean autoAck) {
      super(session.holder, max, ttr, autoAck);
      this.number = number;
      this.session = session;
    }

    @Override
    protected boolean fits(Message message) {
      int bytes = messages().stream().mapToInt(Message::bytes).sum();
      return bytes + message.bytes() <= FITS;
    }

    @Override
    protected void ended(Ending ending, long now) {
      session.unread += messages().size();
      List<String> taken =
          messages().stream().map(message -> message.id() + "*" + message.attempt()).toList();
      ends.add(
          number + " " + ending + " " + taken + (source() == null ? "" : " " + source().name()));
    }
  }

  final class TestSubscription extends Subscription {
    private final int number;
    private final TestSession session;

    TestSubscription(int number, TestSession session, int credit, long ttr) {
      super(session.holder, credit, ttr);
      this.number = number;
      this.session = session;
    }

    @Override
    protected void push(Message message) {
      session.unread++;
      pushes.add(number + " " + message.id() + "*" + message.attempt());
    }

    @Override
    protected boolean isFlowing() {
      return session.unread < session.window;
    }

    @Override
    protected void ended(Ending ending, long now) {
      ends.add(number + " " + ending);
    }
  }

  final class TestJoin extends Join {
    private final int number;

    TestJoin(int number) {
      this.number = number;
    }

    @Override
    protected void ended(Ending ending, long now) {
      ends.add(number + " " + ending);
    }
  }
}
