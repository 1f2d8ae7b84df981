package io.baozi.broker;

import io.baozi.journal.Entry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What entries leave behind, by the rows that they name; refuses what could not stand there. */
final class HeapDisk {
  /** Where a message stands. */
  record Place(long queue, long id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int first = Long.compare(queue, other.queue);
      return first == 0 ? Long.compare(id, other.id) : first;
    }
  }

  /** Where a key stands. */
  record Name(long queue, String key) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      int first = Long.compare(queue, other.queue);
      return first == 0 ? key.compareTo(other.key) : first;
    }
  }

  final Map<String, Long> counters = new TreeMap<>();
  final Map<Long, Entry.Queue> queues = new TreeMap<>();
  final Map<Place, Entry.Message> messages = new TreeMap<>();
  final Map<Name, Entry.Key> keys = new TreeMap<>();
  final Map<Long, byte[]> bodies = new TreeMap<>();
  final Set<Long> lent = new TreeSet<>();

  void apply(Entry entry) {
    if (entry instanceof Entry.Counter counter) {
      counters.put(counter.name(), counter.value());
    } else if (entry instanceof Entry.Queue queue) {
      queues.put(queue.id(), queue);
    } else if (entry instanceof Entry.QueueGone gone) {
      remove(gone);
    } else if (entry instanceof Entry.Message message) {
      add(message);
    } else if (entry instanceof Entry.MessageGone gone) {
      require(messages.remove(new Place(gone.queue(), gone.id())), entry);
    } else if (entry instanceof Entry.BodyGone gone) {
      require(bodies.remove(gone.body()), entry);
    } else if (entry instanceof Entry.BodyLent body) {
      require(bodies.get(body.body()), entry);
      lent.add(body.body());
    } else if (entry instanceof Entry.BodyReturned body) {
      require(lent.remove(body.body()) ? body : null, entry);
    } else if (entry instanceof Entry.Key key) {
      require(queues.get(key.queue()), entry);
      keys.put(new Name(key.queue(), key.key()), key);
    } else if (entry instanceof Entry.KeyGone gone) {
      require(keys.remove(new Name(gone.queue(), gone.key())), entry);
    }
  }

  private void remove(Entry.QueueGone gone) {
    require(queues.remove(gone.id()), gone);
    if (messages.keySet().stream().anyMatch(place -> place.queue() == gone.id())
        || keys.keySet().stream().anyMatch(name -> name.queue() == gone.id())) {
      throw new AssertionError(gone + " leaves messages or keys behind");
    }
  }

  private void add(Entry.Message message) {
    require(queues.get(message.queue()), message);
    if (message.bytes() != null) {
      bodies.put(message.body(), message.bytes());
    }
    if (message.length() > 0) {
      require(bodies.get(message.body()), message);
    }
    messages.put(new Place(message.queue(), message.id()), row(message));
  }

  /** As it is handed over after a restart: without its bytes. */
  private static Entry.Message row(Entry.Message message) {
    return new Entry.Message(
        message.queue(),
        message.id(),
        message.dead(),
        message.priority(),
        message.putAt(),
        message.readyAt(),
        message.ttl(),
        message.attempt(),
        message.headers(),
        message.length(),
        message.body(),
        null);
  }

  private static void require(Object row, Entry entry) {
    if (row == null) {
      throw new AssertionError(entry + " speaks of what is not there");
    }
  }

  /** All of it, in the order in which a journal hands it over. */
  void recover(Consumer<Entry> to) {
    counters.forEach((name, value) -> to.accept(new Entry.Counter(name, value)));
    queues.values().forEach(to);
    lent.forEach(body -> to.accept(new Entry.BodyLent(body)));
    messages.values().forEach(to);
    keys.values().forEach(to);
  }

  HeapDisk copy() {
    HeapDisk copy = new HeapDisk();
    copy.counters.putAll(counters);
    copy.queues.putAll(queues);
    copy.messages.putAll(messages);
    copy.keys.putAll(keys);
    copy.bodies.putAll(bodies);
    copy.lent.addAll(lent);
    return copy;
  }
}
