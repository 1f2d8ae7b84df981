package io.baozi.broker;

import io.baozi.bus.Departure;
import io.baozi.message.Reply;
import io.baozi.message.Service;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What is held back for one connection until the disk has it. */
final class Pier {
  /**
   * A parcel that is held back.
   *
   * @param number of the write that it waits for; 0 for none
   */
  record Held(Parcel parcel, long number) {}

  private final String replyTo;
  private final String connection;

  /** Those with messages, in their order. */
  private final Deque<Held> messages = new ArrayDeque<>(0);

  private List<Reply> ready = new ArrayList<>(1);
  private long handedOut;

  /** How many answers without messages wait for the journal. */
  private int promises;

  private boolean last;

  Pier(String replyTo, String connection) {
    this.replyTo = replyTo;
    this.connection = connection;
  }

  String replyTo() {
    return replyTo;
  }

  /** Whether messages are held back, which those that come stay behind. */
  boolean holdsMessages() {
    return !messages.isEmpty();
  }

  /** Whether nothing is held back any more. */
  boolean isClear() {
    return promises == 0 && messages.isEmpty() && ready.isEmpty();
  }

  /** Whether something has waited long enough and has not left. */
  boolean isReady() {
    return !ready.isEmpty();
  }

  void hold(Held held) {
    messages.add(held);
  }

  void promises() {
    promises++;
  }

  /** An answer has waited long enough, which accounts for so many bytes of messages. */
  void release(Reply reply, long memory) {
    promises--;
    ready.add(reply);
    handedOut += memory;
  }

  /** The broker has nothing more for this connection. */
  void endsIt() {
    last = true;
  }

  /**
   * Messages that wait for a write up to this one are nobody's: whether they are gone is not known.
   */
  void lose(long number, String why) {
    for (Held held : messages) {
      if (held.number > 0 && held.number <= number) {
        held.parcel.lose(why);
      }
    }
  }

  /** Lets messages go in their order as far as all is there that they wait for. */
  void release(long settled) {
    for (Held first = messages.peek();
        first != null && !first.parcel.lacksBodies() && first.number <= settled;
        first = messages.peek()) {
      messages.remove();
      ready.add(first.parcel.reply());
      handedOut += first.parcel.memory();
    }
  }

  /** Whether there is something to send. */
  boolean hasDeparture() {
    return !ready.isEmpty() || (last && isClear());
  }

  /** What may leave now. */
  Departure depart() {
    List<Reply> replies = ready;
    ready = new ArrayList<>(Math.min(replies.size(), 64));
    boolean ends = last && isClear();
    return new Departure(Service.BROKER, connection, replies, ends, Departure.SAME_HEARTBEAT, null);
  }

  /** The bytes of messages in what leaves; from now on there are none. */
  long takeHandedOut() {
    long bytes = handedOut;
    handedOut = 0;
    return bytes;
  }
}
