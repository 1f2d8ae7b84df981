package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;

/** What becomes of the messages of a queue: accepted, handed out, done, back, dead. */
final class Deliveries {
  private final MessageQueue queue;
  private final Settings settings;
  private final Stock stock;
  private final Ledger ledger;
  private final Surroundings surroundings;
  private final Alarms alarms;
  private final Meter puts;
  private final Meter takes;
  private final Meter acks;
  private long nacks;
  private long expired;

  /** Where messages have been buried, which may let somebody go on there; null if none has. */
  private MessageQueue buriedIn;

  Deliveries(
      MessageQueue queue,
      Settings settings,
      Stock stock,
      Ledger ledger,
      Surroundings surroundings,
      long now) {
    this.queue = queue;
    this.settings = settings;
    this.stock = stock;
    this.ledger = ledger;
    this.surroundings = surroundings;
    this.alarms = surroundings.alarms();
    this.puts = new Meter(now);
    this.takes = new Meter(now);
    this.acks = new Meter(now);
  }

  Meter puts() {
    return puts;
  }

  Meter takes() {
    return takes;
  }

  Meter acks() {
    return acks;
  }

  long nacks() {
    return nacks;
  }

  long expired() {
    return expired;
  }

  /** Accepts a message there is room for; gives its id. */
  long accept(Content content, long now) {
    Message message = new Message(queue, surroundings.nextId(), content, now);
    keepAndPlace(message, now + content.terms().delay(), now);
    puts.mark(now);
    return message.id();
  }

  /** Takes a message that died elsewhere, over the capacity if need be. */
  private void bury(Content content, long now) {
    Content buried = content.withTerms(new Terms(content.terms().priority(), 0, Terms.QUEUE_TTL));
    surroundings.memory().take(buried.memory());
    accept(buried, now);
  }

  /** Hands a ready message out and removes it, as if it were acknowledged. */
  void handOver(Message message, long now) {
    leaveReady(message, now);
    stock.drop(message);
    acks.mark(now);
  }

  /** Hands a ready message out and reserves it. */
  void reserve(Message message, Holder holder, long ttr, long now) {
    leaveReady(message, now);
    stock.add(message, State.RESERVED);
    holder.add(message);
    message.ttr = Math.toIntExact(ttr);
    alarms.set(message, now + ttr);
  }

  private void leaveReady(Message message, long now) {
    alarms.cancel(message);
    stock.remove(message);
    message.handOut();
    takes.mark(now);
  }

  /** The message of this id if this holder has reserved it, else null. */
  Message held(long id, Holder holder) {
    Message message = stock.reserved().find(id);
    return message != null && message.holder == holder ? message : null;
  }

  void acknowledge(Message message, long now) {
    release(message);
    stock.drop(message);
    acks.mark(now);
  }

  void touch(Message message, long ttr, long now) {
    message.ttr = Math.toIntExact(ttr);
    alarms.set(message, now + ttr);
  }

  /** A reserved message is given back: after a delay, the queue's own if it is negative. */
  void nack(Message message, long delay, long now) {
    nacks++;
    note(message, Return.End.NACK, now);
    comeBack(message, delay < 0 ? backoff(message) : delay, now);
  }

  /** A reserved message is given up. */
  void kill(Message message, long now) {
    nacks++;
    note(message, Return.End.NACK, now);
    release(message);
    die(message, Death.Reason.NACK, now);
  }

  /** A reservation is over, and nobody said what became of the message. */
  void lapse(Message message, Return.End end, long now) {
    note(message, end, now);
    comeBack(message, 0, now);
  }

  /** The history is for people: where memory is short there is none. */
  private void note(Message message, Return.End end, long now) {
    if (surroundings.memory().hasRoom(Message.RETURN_MEMORY)) {
      surroundings.memory().take(message.cameBack(end, now));
    }
  }

  private long backoff(Message message) {
    double chance = Chance.unit(message.id(), surroundings.index());
    return Backoff.delay(settings.backoff(), message.attempt(), chance);
  }

  private void comeBack(Message message, long delay, long now) {
    release(message);
    if (settings.attempts() > 0 && message.attempt() >= settings.attempts()) {
      die(message, Death.Reason.ATTEMPTS, now);
    } else {
      keepAndPlace(message, now + delay, now);
    }
  }

  /** Takes all reserved messages out of the hands of whoever has them, for good. */
  void forgetReserved() {
    Messages reserved = stock.reserved();
    for (Message next = reserved.first(); next != null; next = reserved.first()) {
      release(next);
      stock.drop(next);
    }
  }

  /** Takes a message out of the hands of whoever has reserved it. */
  private void release(Message message) {
    alarms.cancel(message);
    stock.remove(message);
    message.holder.remove(message);
    Subscription subscription = message.subscription;
    if (subscription != null) {
      message.subscription = null;
      subscription.settled();
      queue.regulate(subscription);
    }
  }

  /** A message is as it was before a restart. */
  void recover(Message message, boolean dead, long readyAt, long now) {
    surroundings.memory().take(message.memory());
    if (dead) {
      stock.add(message, State.DEAD);
    } else {
      place(message, readyAt, now);
    }
  }

  /** What is ready is so at any time: the clock may stand earlier after a restart. */
  private void keepAndPlace(Message message, long from, long now) {
    ledger.keeps(message, false, from > now ? from : 0);
    place(message, from, now);
  }

  /** Puts a message that nobody holds where it belongs: it is ready from a moment on. */
  void place(Message message, long from, long now) {
    long end = end(message);
    if (end <= now) {
      stock.drop(message);
      expired++;
    } else if (from > now) {
      stock.add(message, State.DELAYED);
      alarms.set(message, Math.min(from, end));
    } else {
      stock.add(message, State.READY);
      if (end != Alarms.NEVER) {
        alarms.set(message, end);
      }
    }
  }

  /** The moment from which a message is too old. */
  private long end(Message message) {
    long asked = message.content().terms().ttl();
    long ttl = asked == Terms.QUEUE_TTL ? settings.ttl() : asked;
    return ttl == 0 ? Alarms.NEVER : message.putAt() + ttl;
  }

  private void die(Message message, Death.Reason reason, long now) {
    Death death =
        new Death(queue.name(), message.id(), reason, now, message.attempt(), message.history());
    Content obituary = surroundings.obituary(message.content(), death);
    stock.forget(message);
    if (settings.deadLetter() == null) {
      message.die(obituary);
      surroundings.memory().take(message.memory());
      stock.add(message, State.DEAD);
      ledger.keeps(message, true, now);
    } else {
      buriedIn = surroundings.deadLetters(settings.deadLetter());
      ledger.passesOn(message);
      buriedIn.deliveries().bury(obituary, now);
    }
  }

  /** The queue that has taken dead messages since this was asked last, null if none has. */
  MessageQueue takeBuriedIn() {
    MessageQueue target = buriedIn;
    buriedIn = null;
    return target;
  }

  /** A dead message begins anew, at its old place. */
  void redrive(Message message, long now) {
    stock.remove(message);
    message.revive(now);
    keepAndPlace(message, now, now);
  }
}
