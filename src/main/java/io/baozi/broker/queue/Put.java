package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import java.util.BitSet;
import java.util.List;

/**
 * A request to put messages: all or none, or each for itself. It is told of its end once, when the
 * last of its messages is decided.
 */
public abstract class Put extends Waiter {
  /** Stands for the id of a message with a larger body than the queue ever has room for. */
  public static final long TOO_LARGE = -1;

  private final Content[] contents;
  private final List<String> keys;
  private final boolean each;
  private final long[] ids;
  private final long memory;
  private int undecided;
  private int next;
  private int needed;
  private long neededBytes;
  private MessageQueue queue;
  private boolean standing;

  /** The messages that go with another of their key; null if none ever did. */
  private BitSet following;

  /**
   * A request.
   *
   * @param contents of one message or more
   * @param keys a key or null for each of them; null if none has one
   * @param each whether every message waits for its own room, and not for room for all
   */
  protected Put(List<Content> contents, List<String> keys, boolean each) {
    if (contents.isEmpty() || (keys != null && keys.size() != contents.size())) {
      throw new IllegalArgumentException("there is nothing to put, or not a key for each");
    }
    this.contents = contents.toArray(Content[]::new);
    this.keys = keys;
    this.each = each;
    this.ids = new long[contents.size()];
    this.memory = Content.memory(contents);
    this.undecided = ids.length;
    this.needed = ids.length;
    this.neededBytes = Content.bytes(contents);
  }

  /**
   * The ids of the messages, of those accepted before if their keys were known; those that were not
   * put have 0, or {@link #TOO_LARGE}.
   */
  public final long[] ids() {
    return ids;
  }

  /** How many messages it asks to put. */
  public final int size() {
    return ids.length;
  }

  /** The memory that all its messages take. */
  final long memory() {
    return memory;
  }

  /** The memory of those that are not decided. */
  final long memoryLeft() {
    long left = 0;
    for (Content content : contents) {
      left += content == null ? 0 : content.memory();
    }
    return left;
  }

  final boolean isEach() {
    return each;
  }

  final boolean hasKeys() {
    return keys != null;
  }

  /** The key of a message, null if it has none. */
  final String key(int at) {
    return keys == null ? null : keys.get(at);
  }

  final Content content(int at) {
    return contents[at];
  }

  final boolean isUndecided(int at) {
    return ids[at] == 0;
  }

  final boolean isDecided() {
    return undecided == 0;
  }

  /** The first message that is not decided; there is one. */
  final int next() {
    while (ids[next] != 0) {
      next++;
    }
    return next;
  }

  /** The room that its next step needs, in messages. */
  final int needed() {
    return each ? 1 : needed;
  }

  /** The room that its next step needs, in bytes. */
  final long neededBytes() {
    return each ? bytes(next()) : neededBytes;
  }

  /** Decides a message; gives the memory that it took. */
  final long decide(int at, long id) {
    long gives = contents[at].memory();
    if (!follows(at)) {
      needed--;
      neededBytes -= bytes(at);
    }
    ids[at] = id;
    contents[at] = null;
    undecided--;
    return gives;
  }

  /** A message needs no room of its own: it goes with another of its key. */
  final void follow(int at) {
    needed--;
    neededBytes -= bytes(at);
    if (following == null) {
      following = new BitSet(ids.length);
    }
    following.set(at);
  }

  /** A message that followed another is on its own. */
  final void lead(int at) {
    following.clear(at);
    needed++;
    neededBytes += bytes(at);
  }

  private boolean follows(int at) {
    return following != null && following.get(at);
  }

  private int bytes(int at) {
    return contents[at].length();
  }

  final void waitAt(MessageQueue queue) {
    this.queue = queue;
  }

  /** It begins to wait, which takes memory. */
  final void stand() {
    standing = true;
    queue.takeWaitMemory();
  }

  private void standNoMore() {
    if (standing) {
      standing = false;
      queue.giveWaitMemory();
    }
  }

  final void grant(long now) {
    standNoMore();
    end(Ending.GRANTED, queue.alarms(), now);
  }

  @Override
  protected final void ring(long now) {
    end(Ending.TIMED_OUT, queue.alarms(), now);
  }

  @Override
  protected final void left() {
    standNoMore();
    queue.left(this);
  }

  @Override
  protected final void letOthersGoOn(long now) {
    queue.settle(now);
  }
}
