package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The producers' side of a queue of the model: puts that wait for room, and known keys. */
final class PutsModel {
  /** A put that was accepted is known by its key until its window ends. */
  private final class KeyModel extends Agenda.Entry {
    private final String text;
    private final long msg;

    KeyModel(String text, long msg) {
      this.text = text;
      this.msg = msg;
    }

    @Override
    void ring(long now) {
      keys.remove(this);
    }
  }

  private final QueueModel queue;
  private final Settings settings;

  /** In the order in which they came. */
  private final List<PutModel> line = new ArrayList<>();

  private final List<KeyModel> keys = new ArrayList<>();

  PutsModel(QueueModel queue) {
    this.queue = queue;
    this.settings = queue.settings;
  }

  List<PutModel> line() {
    return line;
  }

  void arrive(PutModel put, long now) {
    put.queues = List.of(queue);
    for (int at = 0; at < put.ids.length; at++) {
      put.ids[at] = isTooLarge(put, at) ? Put.TOO_LARGE : accepted(put.key(at));
    }
    if (put.isDecided()) {
      queue.world.leave(put, Ending.GRANTED);
    } else {
      line.add(put);
      queue.settle(now);
      queue.world.await(put, now);
    }
  }

  private boolean isTooLarge(PutModel put, int at) {
    return settings.maxBytes() > 0 && put.lengths[at] > settings.maxBytes();
  }

  /** The message that was accepted under a key, 0 if none is known. */
  private long accepted(String key) {
    for (KeyModel known : keys) {
      if (known.text.equals(key)) {
        return known.msg;
      }
    }
    return 0;
  }

  /** Accepts what the first put may put now: all of a batch, one of those that stand alone. */
  boolean admitOne(long now) {
    if (line.isEmpty() || !hasRoom(line.get(0))) {
      return false;
    }
    PutModel put = line.get(0);
    do {
      accept(put, put.firstUndecided(), now);
    } while (!put.each && !put.isDecided());
    for (PutModel waiting : List.copyOf(line)) {
      if (waiting.isDecided()) {
        queue.world.leave(waiting, Ending.GRANTED);
      }
    }
    return true;
  }

  /** Whether the next step of a put has room. */
  boolean hasRoom(PutModel put) {
    int needed = 0;
    long neededBytes = 0;
    for (int at = put.firstUndecided(); at < put.ids.length; at++) {
      if (put.ids[at] == 0 && !follows(put, at) && !(put.each && needed == 1)) {
        needed++;
        neededBytes += put.lengths[at];
      }
    }
    return queue.held() + needed <= settings.capacity()
        && (settings.maxBytes() == 0 || queue.bytes() + neededBytes <= settings.maxBytes());
  }

  /** Whether a message waits under the same key that came earlier. */
  private boolean follows(PutModel put, int at) {
    if (put.key(at) == null) {
      return false;
    }
    for (PutModel earlier : line) {
      for (int i = 0; i < (earlier == put ? at : earlier.ids.length); i++) {
        if (earlier.ids[i] == 0 && put.key(at).equals(earlier.key(i))) {
          return true;
        }
      }
      if (earlier == put) {
        break;
      }
    }
    return false;
  }

  private void accept(PutModel put, int at, long now) {
    put.ids[at] = queue.add(put.lengths[at], put.terms, null, now);
    String key = put.key(at);
    if (key != null) {
      remember(key, put.ids[at], now);
      acceptAll(key, put.ids[at]);
    }
  }

  private void remember(String key, long msg, long now) {
    if (settings.dedup() > 0) {
      KeyModel known = new KeyModel(key, msg);
      keys.add(known);
      queue.world.agenda.set(known, now + settings.dedup());
    }
  }

  /** Whatever waits under a key is told of the message that was accepted. */
  private void acceptAll(String key, long msg) {
    for (PutModel put : line) {
      for (int at = 0; at < put.ids.length; at++) {
        if (put.ids[at] == 0 && key.equals(put.key(at))) {
          put.ids[at] = msg;
        }
      }
    }
  }

  void forgetKeys() {
    keys.forEach(queue.world.agenda::cancel);
    keys.clear();
  }

  /** The keys that were accepted lately, and those of puts that wait. */
  Collection<String> knownKeys() {
    Set<String> known = new LinkedHashSet<>();
    keys.forEach(key -> known.add(key.text));
    for (PutModel put : line) {
      for (int at = 0; at < put.ids.length; at++) {
        if (put.ids[at] == 0 && put.key(at) != null) {
          known.add(put.key(at));
        }
      }
    }
    return known;
  }

  /** The memory of puts that wait, with what they still have, and of keys. */
  long memory() {
    long all = knownKeys().stream().mapToLong(MessageQueue::keyMemory).sum();
    for (PutModel put : line) {
      all += MessageQueue.WAIT_MEMORY;
      for (int at = 0; at < put.ids.length; at++) {
        all += put.ids[at] == 0 ? Content.OVERHEAD + put.lengths[at] : 0;
      }
    }
    return all;
  }
}
