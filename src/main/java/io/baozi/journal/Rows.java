package io.baozi.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows that entries become, and what they are again. Each value begins with its version. */
final class Rows {
  private static final byte[] LAST = "last".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int DEAD = 1;
  private static final int HEADERS = 2;

  /** In the place of a queue: of bodies that are lent. */
  private static final long LENT = 0;

  private final Octets key = new Octets();
  private final Octets value = new Octets();

  /** Adds what an entry changes to a batch, whose families have these numbers in their order. */
  void add(Entry entry, int[] families, Batch to) {
    if (entry instanceof Entry.Message message) {
      message(message, families, to);
    } else if (entry instanceof Entry.MessageGone gone) {
      to.remove(families[Family.INDEX.place()], key.clear().eight(gone.queue()).eight(gone.id()));
    } else if (entry instanceof Entry.BodyGone gone) {
      to.remove(families[Family.BODIES.place()], key.clear().eight(gone.body()));
    } else if (entry instanceof Entry.BodyLent lent) {
      value.clear().octet(VERSION);
      to.put(families[Family.INDEX.place()], key.clear().eight(LENT).eight(lent.body()), value);
    } else if (entry instanceof Entry.BodyReturned returned) {
      to.remove(families[Family.INDEX.place()], key.clear().eight(LENT).eight(returned.body()));
    } else if (entry instanceof Entry.Key given) {
      value.clear().octet(VERSION).varint(given.msg()).signed(given.until());
      to.put(
          families[Family.KEYS.place()], key.clear().eight(given.queue()).text(given.key()), value);
    } else if (entry instanceof Entry.KeyGone gone) {
      to.remove(families[Family.KEYS.place()], key.clear().eight(gone.queue()).text(gone.key()));
    } else if (entry instanceof Entry.Counter counter) {
      value.clear().octet(VERSION).signed(counter.value());
      to.put(families[Family.COUNTERS.place()], key.clear().text(counter.name()), value);
    } else if (entry instanceof Entry.Queue queue) {
      value.clear().octet(VERSION).octet(queue.paused() ? 1 : 0);
      value.sized(queue.name()).text(queue.settings());
      to.put(families[Family.QUEUES.place()], key.clear().eight(queue.id()), value);
    } else if (entry instanceof Entry.QueueGone gone) {
      to.remove(families[Family.QUEUES.place()], key.clear().eight(gone.id()));
    }
  }

  /** Adds which write of the log a batch is. */
  void number(long number, int[] families, Batch to) {
    value.clear().eight(number);
    to.put(families[Family.LOG.place()], key.clear().all(LAST), value);
  }

  /** The row that says which write came last. */
  static byte[] last() {
    return LAST.clone();
  }

  /** Which write came last, by that row; 0 for none. */
  static long number(byte[] value) {
    return value == null ? 0 : new Fields(value).eight();
  }

  private void message(Entry.Message message, int[] families, Batch to) {
    if (message.bytes() != null) {
      to.put(families[Family.BODIES.place()], key.clear().eight(message.body()), message.bytes());
    }
    boolean headers = message.headers() != null;
    value.clear().octet(VERSION).octet((message.dead() ? DEAD : 0) | (headers ? HEADERS : 0));
    value.signed(message.priority()).signed(message.putAt());
    value.signed(message.readyAt() - message.putAt()).signed(message.ttl());
    value.varint(message.attempt()).varint(message.length());
    value.signed(message.body() - message.id());
    if (headers) {
      value.all(message.headers());
    }
    to.put(
        families[Family.INDEX.place()],
        key.clear().eight(message.queue()).eight(message.id()),
        value);
  }

  /** The families in the order in which they are handed over. */
  static List<Family> order() {
    return List.of(Family.COUNTERS, Family.QUEUES, Family.INDEX, Family.KEYS);
  }

  /**
   * The entry that a row was.
   *
   * @throws RuntimeException if it is none
   */
  static Entry entry(Family family, byte[] key, byte[] value) {
    Fields name = new Fields(key);
    Fields held = new Fields(value);
    int version = held.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException("is of version " + version + ", not " + VERSION);
    }
    return switch (family) {
      case COUNTERS -> new Entry.Counter(name.text(), held.signed());
      case QUEUES -> queue(name.eight(), held);
      case INDEX -> indexed(name.eight(), name.eight(), held);
      case KEYS -> new Entry.Key(name.eight(), name.text(), held.varint(), held.signed());
      case BODIES -> throw new IllegalArgumentException("is a body");
      case LOG -> throw new IllegalArgumentException("is of the log");
    };
  }

  private static Entry queue(long id, Fields held) {
    boolean paused = held.octet() == 1;
    return new Entry.Queue(id, held.sized(), held.text(), paused);
  }

  private static Entry indexed(long queue, long id, Fields held) {
    return queue == LENT ? new Entry.BodyLent(id) : message(queue, id, held);
  }

  private static Entry message(long queue, long id, Fields held) {
    int flags = held.octet();
    long priority = held.signed();
    long putAt = held.signed();
    long readyAt = putAt + held.signed();
    long ttl = held.signed();
    int attempt = (int) held.varint();
    int length = (int) held.varint();
    long body = id + held.signed();
    byte[] headers = (flags & HEADERS) == 0 ? null : held.rest();
    boolean dead = (flags & DEAD) != 0;
    return new Entry.Message(
        queue, id, dead, priority, putAt, readyAt, ttl, attempt, headers, length, body, null);
  }
}
