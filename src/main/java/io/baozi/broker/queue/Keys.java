package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarm;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a queue's puts: who puts again under one is told of the first. While the first waits
 * for room those behind it follow it; if it leaves, the next of them leads.
 */
final class Keys {
  /** What a key takes beside its characters, in bytes. */
  private static final int OVERHEAD = 160;

  private final long window;
  private final Alarms alarms;
  private final Memory memory;
  private final Ledger ledger;
  private final Map<String, Key> keys = new HashMap<>();

  /** Keys that are remembered for so many milliseconds once their message is accepted. */
  Keys(long window, Alarms alarms, Memory memory, Ledger ledger) {
    this.window = window;
    this.alarms = alarms;
    this.memory = memory;
    this.ledger = ledger;
  }

  /** The memory that a key takes while it is known. */
  static long memory(String key) {
    return OVERHEAD + 2L * key.length();
  }

  /** How many are known. */
  int size() {
    return keys.size();
  }

  /** Looks up the key of a message that arrives: it leads, follows, or is decided already. */
  void claim(Put put, int at) {
    Key key = keys.get(put.key(at));
    if (key == null) {
      key = new Key(put.key(at), new Member(put, at));
      keys.put(key.text, key);
      memory.take(memory(key.text));
    } else if (key.msg > 0) {
      memory.give(put.decide(at, key.msg));
    } else {
      key.add(new Member(put, at));
      put.follow(at);
    }
  }

  /** A message was accepted that leads; those that follow it are decided with it. */
  void accepted(Put put, int at, long msg, long now) {
    Key key = keys.get(put.key(at));
    Set<Member> followers = key.accepted(msg);
    if (window > 0) {
      alarms.set(key, now + window);
      ledger.remembers(key.text, msg, now + window);
    } else {
      forget(key);
    }
    for (Member follower : followers) {
      memory.give(follower.put.decide(follower.at, msg));
      if (follower.put != put && follower.put.isDecided()) {
        follower.put.grant(now);
      }
    }
  }

  /** A put has left: what it followed goes on without it, what it led passes to the next. */
  void abandon(Put put) {
    for (int at = 0; at < put.size(); at++) {
      Key key = put.isUndecided(at) && put.key(at) != null ? keys.get(put.key(at)) : null;
      if (key != null) {
        key.leave(new Member(put, at));
      }
    }
  }

  /** A key stands again for a message, as it stood before a restart. */
  void recover(String text, long msg, long until) {
    Key key = new Key(text, null);
    key.msg = msg;
    keys.put(text, key);
    memory.take(memory(text));
    alarms.set(key, until);
  }

  /** Forgets all. */
  void clear() {
    keys.values().stream().filter(Alarm::isSet).forEach(key -> ledger.forgets(key.text));
    keys.values().forEach(alarms::cancel);
    keys.keySet().forEach(key -> memory.give(memory(key)));
    keys.clear();
  }

  private void forget(Key key) {
    keys.remove(key.text);
    memory.give(memory(key.text));
  }

  /** A message of a put. */
  private record Member(Put put, int at) {}

  /** A key; its alarm is the end of its window. */
  private final class Key extends Alarm {
    private final String text;

    /** The message that was accepted under it, 0 while it waits. */
    private long msg;

    private Member leader;

    /** In the order in which they came; null until there is one. */
    private Set<Member> followers;

    Key(String text, Member leader) {
      this.text = text;
      this.leader = leader;
    }

    void add(Member follower) {
      if (followers == null) {
        followers = new LinkedHashSet<>();
      }
      followers.add(follower);
    }

    /** Its message is accepted; gives those that go with it. */
    Set<Member> accepted(long accepted) {
      Set<Member> all = followers == null ? Set.of() : followers;
      msg = accepted;
      leader = null;
      followers = null;
      return all;
    }

    void leave(Member member) {
      if (followers != null) {
        followers.remove(member);
      }
      if (member.equals(leader)) {
        pass();
      }
    }

    private void pass() {
      leader = nextFollower();
      if (leader == null) {
        forget(this);
      } else {
        leader.put.lead(leader.at);
      }
    }

    /**
     * The first of those that follow which has not ended follows no more; null if there is none.
     */
    private Member nextFollower() {
      Iterator<Member> all = followers == null ? Collections.emptyIterator() : followers.iterator();
      Member next = null;
      while (all.hasNext() && (next == null || next.put.hasEnded())) {
        next = all.next();
        all.remove();
      }
      return next == null || next.put.hasEnded() ? null : next;
    }

    @Override
    protected void ring(long now) {
      ledger.forgets(text);
      forget(this);
    }
  }
}
