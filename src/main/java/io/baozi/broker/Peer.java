package io.baozi.broker;

import io.baozi.bus.Departure;
import io.baozi.message.Reply;
import io.baozi.message.Service;
import java.util.ArrayList;
import java.util.List;

/** A connection as the broker sees it: who is at it, and what is on the way there. */
final class Peer {
  private final String name;
  private final Pier pier;
  private Session session;
  private List<Reply> outbox = new ArrayList<>();

  /** Those in the outbox that may have to wait. */
  private List<Turn.Posted> parcels = List.of();

  private long handedOut;

  /** Bytes of messages that were handed out and have not left for the peer. */
  private long unwritten;

  /** Whether a subscription was handed nothing for what is unwritten. */
  private boolean heldUp;

  /** What the connection applies, in milliseconds; 0 for none. */
  private long heartbeat;

  private long nextHeartbeat = Departure.SAME_HEARTBEAT;
  private boolean over;
  private boolean dirty;

  Peer(String name, String replyTo) {
    this.name = name;
    this.pier = new Pier(replyTo, name);
  }

  String name() {
    return name;
  }

  /** Where that waits which is held back for it. */
  Pier pier() {
    return pier;
  }

  /** The session that it speaks for. */
  Session session() {
    return session;
  }

  void speaksFor(Session its) {
    session = its;
  }

  /** Nothing that still arrives counts, and what this turn has for it is the last. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Asks the connection to apply a heartbeat, in milliseconds; 0 for none. */
  void beat(long millis) {
    if (millis != heartbeat) {
      heartbeat = millis;
      nextHeartbeat = millis;
    }
  }

  /** Counts bytes of messages that this turn hands out. */
  void handsOut(long bytes) {
    handedOut += bytes;
    unwritten += bytes;
  }

  /** Counts bytes that have left for the peer. */
  void wrote(long bytes) {
    unwritten -= bytes;
  }

  /** Bytes of messages that were handed out and have not left for the peer. */
  long unwritten() {
    return unwritten;
  }

  /** Whether a subscription was handed nothing for what is unwritten. */
  boolean isHeldUp() {
    return heldUp;
  }

  void holdUp(boolean held) {
    heldUp = held;
  }

  /** The bytes of messages that this turn has handed out; from now on there are none. */
  long takeHandedOut() {
    long bytes = handedOut;
    handedOut = 0;
    return bytes;
  }

  void send(Reply reply) {
    outbox.add(reply);
  }

  /** Sends what may have to wait. */
  void post(Parcel parcel) {
    if (parcels.isEmpty()) {
      parcels = new ArrayList<>(4);
    }
    parcels.add(new Turn.Posted(outbox.size(), parcel));
    outbox.add(parcel.reply());
  }

  /** Those of the replies that depart which may have to wait; from now on there are none. */
  List<Turn.Posted> takeParcels() {
    List<Turn.Posted> posted = parcels;
    parcels = List.of();
    return posted;
  }

  /** Marks that there is something to send; true the first time in a turn. */
  boolean becomesDirty() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  /** What the turn has for it. */
  Departure depart() {
    List<Reply> replies = outbox;
    long beats = nextHeartbeat;
    outbox = new ArrayList<>(Math.min(replies.size(), 64));
    nextHeartbeat = Departure.SAME_HEARTBEAT;
    dirty = false;
    return new Departure(Service.BROKER, name, replies, over, beats, null);
  }
}
