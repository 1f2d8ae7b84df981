package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.Death;
import io.baozi.broker.queue.Ledger;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.queue.Shelf;
import io.baozi.broker.queue.Surroundings;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;
import io.baozi.journal.Entry;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import java.util.Collection;
import java.util.TreeMap;

/** All queues, by name. Those that the configuration names are there from the start. */
final class Queues extends Surroundings {
  /** What a queue takes of memory, empty, beside its names. */
  private static final int QUEUE_MEMORY = 2048;

  /** A peer may leave this part of all memory unread. */
  private static final int SHARE = 4;

  private final Broker broker;
  private final BrokerSettings settings;
  private final Memory memory;
  private final TreeMap<String, MessageQueue> queues = new TreeMap<>();
  private final Changes changes;
  private final Kept kept;
  private final Numbers ids;
  private final Numbers queueIds;
  private long now;

  Queues(
      Broker broker,
      BrokerSettings settings,
      Alarms alarms,
      Memory memory,
      Changes changes,
      long startedAt) {
    super(alarms, memory, new Shelf(settings.bodies(), memory));
    this.broker = broker;
    this.settings = settings;
    this.memory = memory;
    this.changes = changes;
    this.kept = new Kept(settings, changes);
    this.ids = new Numbers("message", changes, 0);
    this.queueIds = new Numbers("queue", changes, 0);
    this.now = startedAt;
    if (!settings.isKeeping()) {
      open();
    }
  }

  /** The queues that the configuration names are there. */
  void open() {
    ids.open();
    queueIds.open();
    kept.open();
    settings.queues().forEach(this::makeIfMissing);
  }

  /** No message comes any more. */
  void close() {
    ids.close();
    queueIds.close();
  }

  /** Something stands again as it stood before a restart. */
  void recover(Entry entry, long at) {
    now = at;
    if (entry instanceof Entry.Counter counter) {
      (counter.name().equals(ids.name()) ? ids : queueIds).recover(counter.value());
    } else if (entry instanceof Entry.Queue queue) {
      recover(queue);
    } else if (entry instanceof Entry.Message message) {
      ids.recover(message.id());
      kept.recover(message, at);
    } else if (entry instanceof Entry.BodyLent lent) {
      kept.recover(lent);
    } else if (entry instanceof Entry.Key key) {
      kept.recover(key);
    }
  }

  private void recover(Entry.Queue row) {
    queueIds.recover(row.id());
    MessageQueue queue = make(row.name(), kept.settings(row), kept.ledger(row));
    kept.add(row, queue);
    if (row.paused()) {
      queue.pause();
    }
  }

  /** The body of this content is on disk. */
  void stored(Content content) {
    shelf().stored(content);
  }

  /** Something of a queue as a whole has changed. */
  void changed(MessageQueue queue) {
    kept.changed(queue);
  }

  /** A turn begins. */
  void turn(long at) {
    now = at;
  }

  int count() {
    return queues.size();
  }

  /** The last id that was given to a message. */
  long lastId() {
    return ids.last();
  }

  /** The queue of a name, null if it is not there. */
  MessageQueue find(String name) {
    return queues.get(name);
  }

  /** The queue that a request names; refused if it is not there, or asks for what nobody does. */
  MessageQueue named(Request request) {
    String name = request.arguments().name("queue");
    Requests.requireKnown(request.arguments());
    MessageQueue queue = queues.get(name);
    if (queue == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND, "no queue is called " + name);
    }
    return queue;
  }

  /** The queue of a name, made if it is not there. */
  MessageQueue made(String name) {
    return made(name, settings.queue(name));
  }

  /** The queue of a name, made of these settings if it is not there. */
  MessageQueue made(String name, Settings its) {
    MessageQueue queue = queues.get(name);
    if (queue == null) {
      requireMemory(memory(name, its));
      queue = make(name, its);
    }
    return queue;
  }

  private void makeIfMissing(String name, Settings its) {
    if (find(name) == null) {
      make(name, its);
    }
  }

  private MessageQueue make(String name, Settings its) {
    if (!settings.isKept(its)) {
      return make(name, its, new VolatileLedger(changes));
    }
    long id = queueIds.next();
    MessageQueue queue = make(name, its, new DurableLedger(id, changes));
    kept.add(id, queue);
    return queue;
  }

  private MessageQueue make(String name, Settings its, Ledger ledger) {
    memory.take(memory(name, its));
    MessageQueue queue = new MessageQueue(name, its, ledger, this, now);
    queues.put(name, queue);
    return queue;
  }

  private static long memory(String name, Settings its) {
    int deadLetter = its.deadLetter() == null ? 0 : its.deadLetter().length();
    return QUEUE_MEMORY + 2L * (name.length() + deadLetter);
  }

  /** What a queue of this name has, or would be made with. */
  Settings settings(String name) {
    MessageQueue queue = queues.get(name);
    return queue == null ? settings.queue(name) : queue.settings();
  }

  void delete(MessageQueue queue, long at) {
    queues.remove(queue.name());
    memory.give(memory(queue.name(), queue.settings()));
    queue.delete(at);
    kept.remove(queue);
  }

  /** All behind a name, in the order of names; null for all there are. */
  Collection<MessageQueue> after(String name) {
    return (name == null ? queues : queues.tailMap(name, false)).values();
  }

  /** Refuses what takes more memory than there is. */
  void requireMemory(long bytes) {
    Requests.requireMemory(memory, bytes);
  }

  /**
   * Refuses to hand out more to a peer that has not read what it was handed, while memory is short
   * or it has taken its share. Whoever reads can always take, and so make room.
   */
  void requireReader(Session session) {
    long unread = session.unwritten();
    if (unread > memory.limit() / SHARE || (unread > 0 && !memory.hasRoom(0))) {
      throw new RefusedException(
          ErrorCode.BUSY,
          unread
              + " bytes of messages are on their way to this client, which it has to read first;"
              + " the server holds "
              + memory.used()
              + " of "
              + memory.limit()
              + " bytes (server.memory)");
    }
  }

  @Override
  protected long nextId() {
    return ids.next();
  }

  @Override
  protected long index() {
    return broker.index();
  }

  /** What travels with a message must leave room for an answer's own keys beside it. */
  @Override
  protected Content obituary(Content content, Death death) {
    return Obituary.write(content, death, settings.limits().maxHeader() / 8 * 5);
  }

  /** Made though memory be short: a message that died must go somewhere. */
  @Override
  protected MessageQueue deadLetters(String name) {
    MessageQueue queue = queues.get(name);
    return queue == null ? make(name, settings.queue(name)) : queue;
  }
}
