package io.baozi.broker;

import io.baozi.broker.waiting.Memory;
import io.baozi.broker.waiting.Spare;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last answers of a session to requests that changed something, by their ids: a request that is
 * sent again after a cut is answered as it was then, and not done twice.
 */
final class Answers {
  /** How many are kept. */
  static final int MOST = 1024;

  /** What a kept answer takes of memory beside what is in it. */
  private static final int ANSWER_MEMORY = 384;

  /** What is remembered of a request that a cut kept from being done. */
  private static final int UNDONE_MEMORY = 64;

  /** An answer that is kept while there is memory for it. */
  private final class Kept extends Spare {
    private final Parcel parcel;

    Kept(Parcel parcel) {
      super(memory(parcel));
      this.parcel = parcel;
    }

    long id() {
      return parcel.reply().id();
    }

    @Override
    protected void spared() {
      drop(id());
    }
  }

  private final Memory memory;
  private final int mostUndone;

  /** Requests that may change something and are not answered yet. */
  private final Set<Long> open = new HashSet<>();

  /** The oldest first. */
  private final Map<Long, Kept> kept = new LinkedHashMap<>();

  /** Requests that a cut kept from being done, those of the oldest cut first. */
  private final Set<Long> undone = new LinkedHashSet<>();

  /** The largest id whose answer is kept no longer. */
  private long dropped;

  private boolean cutting;

  /**
   * None so far.
   *
   * @param mostUndone requests that a cut kept from being done, of which it is remembered
   */
  Answers(Memory memory, int mostUndone) {
    this.memory = memory;
    this.mostUndone = mostUndone;
  }

  private static long memory(Parcel parcel) {
    return memory(parcel.reply()) + (parcel.lacksBodies() ? parcel.memory() : 0);
  }

  /** What a frame takes of memory while it is kept, about. */
  static long memory(Reply reply) {
    Header header = reply.header();
    long bytes = (long) ANSWER_MEMORY + reply.body().length();
    for (String key : header.keys()) {
      bytes += memory(header.get(key));
    }
    return bytes;
  }

  private static long memory(Object value) {
    if (value instanceof String text) {
      return 2L * text.length();
    }
    if (value instanceof long[] integers) {
      return (long) Long.BYTES * integers.length;
    }
    return value instanceof Json json ? json.length() : 0;
  }

  /** A request that may change something begins; its answer tells whether it did. */
  void note(long id) {
    if (id > 0) {
      open.add(id);
      if (undone.remove(id)) {
        memory.give(UNDONE_MEMORY);
      }
    }
  }

  /** Keeps the answer to a request that was noted, if it went well. */
  void answered(Reply reply) {
    if (!reply.isOk()) {
      unchanged(reply.id());
    } else {
      answered(Parcel.of(reply));
    }
  }

  /** Keeps the answer, which went well, to a request that was noted. */
  void answered(Parcel parcel) {
    if (open.remove(parcel.reply().id())) {
      keep(new Kept(parcel));
    }
  }

  /** A request that was noted is about to be answered and has changed nothing. */
  void unchanged(long id) {
    if (open.remove(id) && cutting) {
      undone.add(id);
      memory.take(UNDONE_MEMORY);
      if (undone.size() > mostUndone) {
        undone.remove(undone.iterator().next());
        memory.give(UNDONE_MEMORY);
      }
    }
  }

  private void keep(Kept answer) {
    long id = answer.id();
    Kept before = kept.remove(id);
    if (before != null) {
      memory.release(before);
    }
    kept.put(id, answer);
    memory.keep(answer);
    if (kept.size() > MOST) {
      drop(kept.keySet().iterator().next());
    }
    // What is over the limit is spared by the question.
    memory.hasRoom(0);
  }

  private void drop(long id) {
    memory.release(kept.remove(id));
    dropped = Math.max(dropped, id);
  }

  /** A cut ends what waits: what of it changed nothing may be done after the resumption. */
  void cut(Runnable end) {
    cutting = true;
    end.run();
    cutting = false;
  }

  /**
   * The answer that a request had when it was sent before, null if it has not been done.
   *
   * @throws RefusedException if that is not known any more
   */
  Parcel find(long id) {
    Kept answer = kept.get(id);
    if (answer != null) {
      return answer.parcel;
    }
    if (id > dropped || undone.contains(id)) {
      return null;
    }
    throw new RefusedException(
        ErrorCode.CONFLICT,
        "the answer to request "
            + id
            + " is not kept any more, so nobody knows whether it was done; kept are the last "
            + MOST
            + " (limits.again), fewer if memory is short");
  }

  /** Keeps none of them any longer. */
  void drop() {
    List.copyOf(kept.keySet()).forEach(this::drop);
    memory.give((long) UNDONE_MEMORY * undone.size());
    undone.clear();
    open.clear();
  }
}
