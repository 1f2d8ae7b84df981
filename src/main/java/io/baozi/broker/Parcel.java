package io.baozi.broker;

import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import java.util.ArrayList;
import java.util.List;

/** A reply that may have to wait for the disk: for bodies that are there, or to be true. */
final class Parcel {
  private final boolean awaited;

  /** Whether it stays behind messages that were sent before. */
  private final boolean ordered;

  /** The messages in it, null if there are none. */
  private final MessageFrame frame;

  private Reply reply;

  /** Who is to be told when all bodies are there; nearly always nobody. */
  private List<Runnable> loaded = List.of();

  private boolean loading;
  private boolean lost;

  private Parcel(Reply reply, MessageFrame frame, boolean awaited, boolean ordered) {
    this.frame = frame;
    this.ordered = ordered;
    this.awaited = awaited;
    this.reply = frame == null || frame.lacksBodies() ? reply : filled(reply);
  }

  private Reply filled(Reply empty) {
    return empty.with("msgs", frame.msgs(), "sizes", frame.sizes()).withBody(frame.body());
  }

  /** A reply that waits for nothing. */
  static Parcel of(Reply reply) {
    return new Parcel(reply, null, false, false);
  }

  /** A reply that waits for nothing but the messages that were sent before. */
  static Parcel behindMessages(Reply reply) {
    return new Parcel(reply, null, false, true);
  }

  /** An answer that is true once all is kept that was changed until now. */
  static Parcel promise(Reply reply) {
    return new Parcel(reply, null, true, false);
  }

  /**
   * Messages for a client: {@code msgs}, {@code sizes} and the body come behind what the reply has.
   *
   * @param awaited whether they are its own only once all is kept that was changed until now
   */
  static Parcel messages(Reply reply, MessageFrame frame, boolean awaited) {
    return new Parcel(reply, frame, awaited, true);
  }

  /** The same to be sent once more: what it brings is in the reply by now, or it is this one. */
  Parcel again() {
    return lacksBodies() ? this : new Parcel(reply, null, awaited, false);
  }

  /** What is sent; without its messages as long as {@link #lacksBodies}. */
  Reply reply() {
    return reply;
  }

  /** Whether it is to wait until all is kept that was changed until now. */
  boolean isAwaited() {
    return awaited;
  }

  /** Whether it stays behind messages that were sent before. */
  boolean isOrdered() {
    return ordered;
  }

  /** Whether bodies are yet to be read from disk. */
  boolean lacksBodies() {
    return frame != null && !lost && frame.lacksBodies();
  }

  /** The memory that it takes until it has left, in bytes. */
  long memory() {
    return frame == null ? reply.body().length() : frame.memory();
  }

  /** Whether somebody has to begin to read the bodies that it lacks; true once. */
  boolean beginsLoading() {
    boolean begins = lacksBodies() && !loading;
    loading |= begins;
    return begins;
  }

  /** The places of the bodies that it lacks, in order. */
  long[] lacking() {
    return frame.lacking();
  }

  /** Asks to be told when all bodies are there. */
  void whenLoaded(Runnable then) {
    if (loaded.isEmpty()) {
      loaded = new ArrayList<>(1);
    }
    loaded.add(then);
  }

  /**
   * The bodies that it lacked, in order. One that cannot be read is null: its message is left out,
   * and stays reserved.
   */
  void load(byte[][] bodies) {
    if (lost) {
      return;
    }
    frame.fill(bodies);
    reply =
        frame.isEmpty() && !reply.isPush()
            ? refused("the message cannot be read from disk; the server's log says why")
            : filled(reply);
    List<Runnable> told = loaded;
    loaded = List.of();
    told.forEach(Runnable::run);
  }

  /** What it tells of is not known to be kept. */
  void lose(String why) {
    lost = true;
    reply = refused("whether this is kept is not known: " + why);
  }

  private Reply refused(String message) {
    return Reply.refused(reply.id(), ErrorCode.INTERNAL, message);
  }
}
