package io.baozi.broker.queue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random requests of producers, to both worlds. */
final class PutRequests {
  private static final List<String> KEYS = List.of("k", "key", "longer key");

  private final QueueTwins twins;
  private final Random random;

  PutRequests(QueueTwins twins) {
    this.twins = twins;
    this.random = twins.random;
  }

  void put(MessageQueue queue, QueueModel its) {
    SessionModel session = twins.one(twins.sessionModels);
    boolean batch = random.nextInt(3) == 0;
    boolean each = batch && random.nextBoolean();
    int[] lengths = lengths(its.settings, batch, each);
    List<String> keys = random.nextInt(3) == 0 ? keys(lengths.length) : null;
    PutModel put =
        new PutModel(twins.nextNumber(), session, twins.deadline(), lengths, keys, terms(), each);
    twins.doing =
        "put %d to %s, lengths %s, keys %s, %s, each %s, until %d, at %d"
            .formatted(
                put.number,
                its.name,
                Arrays.toString(lengths),
                keys,
                put.terms,
                each,
                put.deadline,
                twins.now);
    List<Content> contents = QueueFixture.contents(put.terms, lengths);
    Put real = twins.real.new TestPut(put.number, contents, keys, each);
    twins.waiters.put(put, real);
    queue.put(real, put.deadline, twins.now);
    its.puts.arrive(put, twins.now);
  }

  /** A batch, all or none, that could never have room is refused before it comes to a queue. */
  private int[] lengths(Settings settings, boolean batch, boolean each) {
    int most = settings.capacity() + (each ? 2 : 0);
    int[] lengths = random.ints(batch ? 1 + random.nextInt(most) : 1, 0, 40).toArray();
    if (!each && settings.maxBytes() > 0 && IntStream.of(lengths).sum() > settings.maxBytes()) {
      return new int[] {lengths[0]};
    }
    return lengths;
  }

  private List<String> keys(int count) {
    return Stream.generate(() -> random.nextInt(3) == 0 ? null : twins.one(KEYS))
        .limit(count)
        .toList();
  }

  private Terms terms() {
    long delay = random.nextInt(4) == 0 ? random.nextInt(40) : 0;
    long ttl =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> 1 + random.nextInt(80);
          default -> Terms.QUEUE_TTL;
        };
    return new Terms(random.nextInt(5) - 2, delay, ttl);
  }
}
