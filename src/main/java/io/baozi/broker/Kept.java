package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.Ledger;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.queue.Terms;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.frame.MalformedHeaderException;
import io.baozi.journal.Entry;
import io.baozi.message.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The queues that outlive the process, under the numbers that the journal knows them by. */
final class Kept {
  private final BrokerSettings settings;
  private final Changes changes;
  private final Map<MessageQueue, Long> ids = new HashMap<>();

  /** As they were found, until {@link #open}. */
  private final Map<Long, Found> found = new HashMap<>();

  /** The bodies that messages had which are no more; until {@link #open}. */
  private final Set<Long> lent = new TreeSet<>();

  private record Found(Entry.Queue row, MessageQueue queue) {}

  Kept(BrokerSettings settings, Changes changes) {
    this.settings = settings;
    this.changes = changes;
  }

  /** A queue is made that is to be kept. */
  void add(long id, MessageQueue queue) {
    ids.put(queue, id);
    changed(queue);
  }

  /** A queue stands again. */
  void add(Entry.Queue row, MessageQueue queue) {
    found.put(row.id(), new Found(row, queue));
  }

  /** Something of a queue has changed that may be kept. */
  void changed(MessageQueue queue) {
    Long id = ids.get(queue);
    if (id != null) {
      changes.add(row(id, queue));
    }
  }

  /** A queue is no more that may have been kept. */
  void remove(MessageQueue queue) {
    Long id = ids.remove(queue);
    if (id != null) {
      changes.add(new Entry.QueueGone(id));
    }
  }

  /**
   * What a queue is told that stands again: the configuration has the last word on those it names.
   */
  Settings settings(Entry.Queue row) {
    Settings named = settings.queues().get(row.name());
    return named == null ? read(row) : named;
  }

  private Settings read(Entry.Queue row) {
    Arguments arguments = new Arguments(header(row.settings().getBytes(StandardCharsets.UTF_8)));
    Settings defaults = settings.defaults().withoutDeadLetter();
    long maxBytes = arguments.integer("maxBytes", defaults.maxBytes(), 0, Header.MAX_INTEGER);
    return QueueSettingsForm.read(arguments, row.name(), defaults.withMaxBytes(maxBytes));
  }

  Ledger ledger(Entry.Queue row) {
    return settings(row).durable()
        ? new DurableLedger(row.id(), changes)
        : new VolatileLedger(changes);
  }

  /** A message stands again in its queue. */
  void recover(Entry.Message row, long now) {
    MessageQueue queue = queue(row.queue());
    if (!queue.settings().durable()) {
      throw new IllegalStateException(
          "the data directory holds messages of queue "
              + queue.name()
              + ", which the configuration says is not durable (queues."
              + queue.name()
              + ".durable); make it durable, or empty it while it is");
    }
    Json headers = row.headers() == null ? null : header(row.headers()).json();
    Content content =
        Content.onDisk(
            row.length(), headers, headers == null ? 0 : headers.length(), terms(row), row.body());
    queue.recover(row.id(), content, row.putAt(), row.attempt(), row.dead(), row.readyAt(), now);
  }

  /** Whoever had this body has gone with the last server. */
  void recover(Entry.BodyLent row) {
    lent.add(row.body());
  }

  /** What the put said is over but for the priority and the ttl: the delay is a moment by now. */
  private static Terms terms(Entry.Message row) {
    return row.priority() == 0 && row.ttl() == Terms.QUEUE_TTL
        ? Terms.DEFAULT
        : new Terms(row.priority(), 0, row.ttl());
  }

  /** A key stands for its message again; on disk it is no more if its queue is to go. */
  void recover(Entry.Key row) {
    MessageQueue queue = queue(row.queue());
    queue.recoverKey(row.key(), row.msg(), row.until());
    if (!queue.settings().durable()) {
      changes.add(new Entry.KeyGone(row.queue(), row.key()));
    }
  }

  private MessageQueue queue(long id) {
    Found its = found.get(id);
    if (its == null) {
      throw new IllegalStateException(
          "the data directory has something of queue number "
              + id
              + ", and not the queue itself; restore it from a copy, or rescue what is there by"
              + " `baozi data export --salvage`");
    }
    return its.queue();
  }

  /** All stand again: the journal is told of those that the configuration has changed. */
  void open() {
    found.forEach(
        (id, its) -> {
          if (!its.queue().settings().durable()) {
            changes.add(new Entry.QueueGone(id));
          } else {
            ids.put(its.queue(), id);
            if (!row(id, its.queue()).equals(its.row())) {
              changed(its.queue());
            }
          }
        });
    found.clear();
    for (long body : lent) {
      changes.add(new Entry.BodyGone(body));
      changes.add(new Entry.BodyReturned(body));
    }
    lent.clear();
  }

  private static Entry.Queue row(long id, MessageQueue queue) {
    Object[] flat = QueueSettingsForm.flat(queue.name(), queue.settings());
    return new Entry.Queue(id, queue.name(), Header.of(flat).json().toString(), queue.isPaused());
  }

  private static Header header(byte[] json) {
    try {
      return Header.parse(json);
    } catch (MalformedHeaderException e) {
      throw new IllegalStateException(
          "the data directory holds JSON that is none; `baozi data verify` tells where", e);
    }
  }
}
