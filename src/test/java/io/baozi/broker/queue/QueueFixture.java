package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A queue with a false clock, and requests whose ends are written down. */
final class QueueFixture {
  /** What a take's answer holds, in bytes of bodies. */
  static final int FITS = 64;

  final Alarms alarms;
  final Memory memory;
  final MessageQueue queue;

  /** The ends of requests: number, ending, and what it had put or taken by then. */
  final List<String> ends = new ArrayList<>();

  private long lastId;

  QueueFixture(int capacity, long ttr) {
    this(capacity, ttr, new Alarms(), new Memory(Long.MAX_VALUE));
  }

  QueueFixture(int capacity, long ttr, Alarms alarms, Memory memory) {
    this.alarms = alarms;
    this.memory = memory;
    this.queue =
        new MessageQueue("q", TestSettings.of(capacity, ttr), new Alone(alarms, memory), 0);
  }

  static Content content(int length) {
    return new Content(new byte[length], null, 0, Terms.DEFAULT);
  }

  /** Surroundings without other queues. */
  private final class Alone extends Surroundings {
    Alone(Alarms alarms, Memory memory) {
      super(alarms, memory);
    }

    @Override
    protected long nextId() {
      return ++lastId;
    }

    @Override
    protected long index() {
      return lastId;
    }

    @Override
    protected Content obituary(Content content, Death death) {
      return content;
    }

    @Override
    protected MessageQueue deadLetters(String name) {
      throw new AssertionError("no dead letters are asked for");
    }
  }

  final class TestPut extends Put {
    private final int number;

    TestPut(int number, boolean each, int... lengths) {
      super(IntStream.of(lengths).mapToObj(QueueFixture::content).toList(), null, each);
      this.number = number;
    }

    @Override
    protected void ended(Ending ending, long now) {
      ends.add(number + " " + ending + " " + Arrays.toString(ids()));
    }
  }

  final class TestTake extends Take {
    private final int number;

    TestTake(int number, Holder holder, int max, long ttr, boolean autoAck) {
      super(holder, max, ttr, autoAck);
      this.number = number;
    }

    @Override
    protected boolean fits(Message message) {
      int bytes = messages().stream().mapToInt(m -> m.content().body().length).sum();
      return bytes + message.content().body().length <= FITS;
    }

    @Override
    protected void ended(Ending ending, long now) {
      List<String> taken =
          messages().stream().map(message -> message.id() + "*" + message.attempt()).toList();
      ends.add(number + " " + ending + " " + taken);
    }
  }
}
