package io.baozi.broker;

import io.baozi.frame.Json;
import io.baozi.message.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What clients were told, and what of it has to be true for ever. */
final class CrashPromises {
  /** What a client knows of a message of its own. */
  private static final class Known {
    final String queue;

    /** Whether a put of it was answered well. */
    boolean put;

    /** Whether somebody asked for its end, or time may end it. */
    boolean mayBeGone;

    /** Whether it was told that it is gone. */
    boolean gone;

    Known(String queue, boolean mayBeGone) {
      this.queue = queue;
      this.mayBeGone = mayBeGone;
    }
  }

  /** A key that a put was answered under. */
  record Used(String queue, String key) {}

  private record Answered(long msg, long until) {}

  /** By name, which every message has. */
  private final Map<String, Known> messages = new HashMap<>();

  private final Map<Used, Answered> keys = new HashMap<>();

  /** Those of messages that were put without a key. */
  private final Set<Long> ids = new HashSet<>();

  /** Messages that takes which are not answered may have been handed for good, at most. */
  private int onTheWay;

  private long lastToken;

  /** A put is sent of messages with these names. */
  void puts(String queue, List<String> sent, boolean mayExpire) {
    sent.forEach(name -> messages.put(name, new Known(queue, mayExpire)));
  }

  /** The put of a message was answered well. */
  void isPut(String name) {
    messages.get(name).put = true;
  }

  /** A put that no other went before brought this id. */
  void gave(long msg) {
    require(!ids.contains(msg), "message id " + msg + " was given twice");
    ids.add(msg);
  }

  void token(long token) {
    require(token > lastToken, "token " + token + " after " + lastToken);
    lastToken = token;
  }

  /**
   * A put under a key was answered.
   *
   * @param until when its key is forgotten, as the disk has it
   */
  void used(Used key, long msg, long until, long now) {
    Answered before = keys.get(key);
    if (before != null && now < before.until) {
      require(msg == before.msg, key + " gave " + msg + " after " + before);
    }
    keys.put(key, new Answered(msg, until));
  }

  /** Somebody asked for the end of a message. */
  void mayBeGone(String name) {
    Known known = messages.get(name);
    if (known != null) {
      known.mayBeGone = true;
    }
  }

  /** It was told that a message is gone. */
  void isGone(String name) {
    mayBeGone(name);
    messages.get(name).gone = true;
  }

  /** Somebody asked for the end of all messages of a queue: those of others may have died there. */
  void emptied() {
    messages.values().forEach(known -> known.mayBeGone = true);
  }

  /** Somebody asked for the end of a queue. */
  void deletes(String queue) {
    emptied();
    keys.keySet().removeIf(key -> key.queue.equals(queue));
  }

  /** A message is seen somewhere. */
  void sees(String name) {
    Known known = messages.get(name);
    require(known != null, "a message that nobody put: " + name);
    require(!known.gone, "a message that was gone: " + name);
  }

  /** A take is sent that hands messages over, or answered. */
  void takesForGood(int more) {
    onTheWay += more;
  }

  /** After a restart: only what a put was sent for is there, and all that was promised. */
  void check(Set<String> there, Set<String> lostQueues) {
    there.forEach(this::sees);
    List<String> missing =
        messages.entrySet().stream()
            .filter(one -> one.getValue().put && !one.getValue().mayBeGone)
            .filter(one -> !lostQueues.contains(one.getValue().queue))
            .map(Map.Entry::getKey)
            .filter(name -> !there.contains(name))
            .toList();
    require(missing.size() <= onTheWay, missing + " are lost, " + onTheWay + " were on their way");
    missing.forEach(this::mayBeGone);
    onTheWay = 0;
    lostQueues.forEach(
        queue -> {
          messages.values().stream()
              .filter(known -> known.queue.equals(queue))
              .forEach(known -> known.mayBeGone = true);
          keys.keySet().removeIf(key -> key.queue.equals(queue));
        });
  }

  /** The ids in the answer to a batch, 0 where there is none. */
  static long[] msgs(Reply reply) {
    Object msgs = reply.header().get("msgs");
    if (msgs == null) {
      return new long[] {(Long) reply.header().get("msg")};
    }
    if (msgs instanceof long[] all) {
      return all;
    }
    return ((Json) msgs)
        .elements().stream()
            .map(Json::toString)
            .mapToLong(text -> text.equals("null") ? 0 : Long.parseLong(text))
            .toArray();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
