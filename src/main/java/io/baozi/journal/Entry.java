package io.baozi.journal;

import java.util.Objects;

/**
 * One change of what is kept. Entries are complete: whoever applies all of them in order has all
 * that the journal has. Each names its row and says what it holds from now on, so that applying one
 * twice in a row changes nothing. Moments are milliseconds since 1970, durations milliseconds.
 */
public sealed interface Entry {
  /**
   * Numbers up to this one may have been given out.
   *
   * @param name of what is counted
   */
  record Counter(String name, long value) implements Entry {
    public Counter {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * A queue is there, with these settings.
   *
   * @param id never given to another queue, not even to one of the same name
   * @param settings a JSON object
   * @param paused whether it hands nothing out
   */
  record Queue(long id, String name, String settings, boolean paused) implements Entry {
    public Queue {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(settings, "settings");
    }
  }

  /** A queue is no more; its messages and keys have gone before it, by entries of their own. */
  record QueueGone(long id) implements Entry {}

  /**
   * A message is in a queue, ready, delayed or dead; one that was reserved is ready after a crash.
   *
   * @param queue the queue's id
   * @param id of the message, unique in the whole server
   * @param dead whether it is among the dead
   * @param priority any number
   * @param putAt when it was put, or redriven
   * @param readyAt when it is to be had; a moment that has passed means at once
   * @param ttl how long it lives from {@code putAt}, 0 for ever, -1 for as long as its queue says
   * @param attempt how often it has been handed out, as far as that was written
   * @param headers a JSON object in UTF-8, null for none; not to be changed
   * @param length of the body, in bytes
   * @param body under which the body is kept: the id of the message it first came with
   * @param bytes the body, if it is not kept yet; null if it is, or is empty; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Message(
      long queue,
      long id,
      boolean dead,
      long priority,
      long putAt,
      long readyAt,
      long ttl,
      int attempt,
      byte[] headers,
      int length,
      long body,
      byte[] bytes)
      implements Entry {}

  /** A message is no more; its body is, until {@link BodyGone} says otherwise. */
  record MessageGone(long queue, long id) implements Entry {}

  /** Nothing needs a body any more. */
  record BodyGone(long body) implements Entry {}

  /**
   * A body is needed by a message that is kept nowhere, and so until the server ends at most: who
   * finds this after a restart says {@link BodyGone}.
   */
  record BodyLent(long body) implements Entry {}

  /** A body is lent no more; whether it is gone is said apart from that. */
  record BodyReturned(long body) implements Entry {}

  /**
   * A second put under this key is answered with this message until that moment.
   *
   * @param queue the queue's id
   */
  record Key(long queue, String key, long msg, long until) implements Entry {
    public Key {
      Objects.requireNonNull(key, "key");
    }
  }

  /** A key is forgotten. */
  record KeyGone(long queue, String key) implements Entry {
    public KeyGone {
      Objects.requireNonNull(key, "key");
    }
  }
}
