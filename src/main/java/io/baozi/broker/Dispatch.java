package io.baozi.broker;

import io.baozi.bus.Departure;
import io.baozi.journal.Health;
import io.baozi.journal.Journal;
import io.baozi.message.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Sends what turns have for connections: at once, or when the journal has what an answer promises,
 * or when bodies are read from disk. The broker goes on meanwhile. All of it belongs to the
 * broker's event loop.
 */
final class Dispatch {
  /** Takes a departure, which accounts for so many bytes of messages. */
  @FunctionalInterface
  interface Outlet {
    void depart(String replyTo, Departure departure, long handedOut);
  }

  /** An answer that waits for a write of this number. */
  private record Promise(long number, Pier pier, Parcel parcel, long handedOut) {}

  /** Who is to hear what became of all writes up to this number. */
  private record Watch(long number, Consumer<Boolean> then) {}

  /** What a write of this number holds. */
  private record Write(long number, Changes.OfTurn changes) {}

  private final Broker broker;
  private final Journal journal;
  private final Executor loop;
  private final Outlet outlet;

  /** Those at which messages are held back. */
  private final Set<Pier> holding = new LinkedHashSet<>();

  private final Deque<Promise> promises = new ArrayDeque<>();
  private final Deque<Write> writes = new ArrayDeque<>();
  private final Deque<Watch> watches = new ArrayDeque<>();

  /** The last write. */
  private long written;

  /** Whether the last write was one that nobody waits for, so that it need not be forced. */
  private boolean unforced;

  /** Up to this write it is known what became of them. */
  private long settled;

  /** Whether nothing that is written now is known to be kept. */
  private boolean losing;

  /**
   * A dispatch for the turns of a broker.
   *
   * @param journal null if nothing is kept
   * @param loop runs what concerns the broker on its event loop
   */
  Dispatch(Broker broker, Journal journal, Executor loop, Outlet outlet) {
    this.broker = broker;
    this.journal = journal;
    this.loop = loop;
    this.outlet = outlet;
    if (journal != null) {
      journal.listen(new Listener());
      broker.health(journal.health());
    }
  }

  /** Writes what a turn has changed, and sends what it has for connections. */
  void send(Turn turn) {
    turn.departures().forEach(this::load);
    Changes.OfTurn changes = turn.changes();
    if (!changes.entries().isEmpty() || (changes.awaited() && unforced)) {
      written = journal.write(changes.entries(), changes.awaited());
      writes.add(new Write(written, changes));
      unforced = !changes.awaited();
    }
    turn.departures().forEach(this::send);
  }

  /** Tells, when it is known, whether all is kept that was written until now. */
  void whenSettled(Consumer<Boolean> then) {
    if (isOpen()) {
      watches.add(new Watch(written, then));
    } else {
      then.accept(!losing);
    }
  }

  /** Asks for bodies that are on disk only, before what the turn has removed is removed. */
  private void load(Turn.Addressed addressed) {
    for (Turn.Posted posted : addressed.parcels()) {
      Parcel parcel = posted.parcel();
      if (parcel.beginsLoading()) {
        journal.read(parcel.lacking(), bodies -> loop.execute(() -> parcel.load(bodies)));
      }
    }
  }

  private void send(Turn.Addressed addressed) {
    Departure departure = addressed.departure();
    List<Reply> replies = departure.replies();
    Pier pier = addressed.pier();
    long held = 0;
    for (Turn.Posted posted : addressed.parcels()) {
      Parcel parcel = posted.parcel();
      if (hasToWait(parcel, pier)) {
        replies.set(posted.at(), null);
        held += parcel.memory();
        hold(parcel, pier);
      } else {
        replies.set(posted.at(), parcel.reply());
      }
    }
    if (!addressed.parcels().isEmpty()) {
      replies.removeIf(Objects::isNull);
    }
    if (departure.last() && !pier.isClear()) {
      pier.endsIt();
      departure = departure.notLast();
    }
    if (!departure.isEmpty()) {
      outlet.depart(pier.replyTo(), departure, addressed.handedOut() - held);
    }
  }

  /** Whether a parcel cannot leave now; one that can never be true is refused instead. */
  private boolean hasToWait(Parcel parcel, Pier pier) {
    if (parcel.isAwaited() && losing) {
      parcel.lose(broker.health().message());
    }
    if (parcel.isOrdered()) {
      return parcel.lacksBodies() || pier.holdsMessages() || (parcel.isAwaited() && isOpen());
    }
    return parcel.isAwaited() && isOpen();
  }

  /** Whether there are writes of which it is not known what became of them. */
  private boolean isOpen() {
    return written > settled && !losing;
  }

  private void hold(Parcel parcel, Pier pier) {
    if (!parcel.isOrdered()) {
      pier.promises();
      promises.add(new Promise(written, pier, parcel, parcel.memory()));
      return;
    }
    holding.add(pier);
    pier.hold(new Pier.Held(parcel, parcel.isAwaited() && isOpen() ? written : 0));
    if (parcel.lacksBodies()) {
      parcel.whenLoaded(() -> release(pier));
    }
  }

  private void release(Pier pier) {
    boolean held = pier.holdsMessages();
    pier.release(settled);
    if (held && !pier.holdsMessages()) {
      holding.remove(pier);
    }
    if (pier.hasDeparture()) {
      Departure departure = pier.depart();
      outlet.depart(pier.replyTo(), departure, pier.takeHandedOut());
    }
  }

  /** Those up to this write are settled: what waited for them may leave. */
  private void settle(long number, boolean kept) {
    settled = Math.max(settled, number);
    losing |= !kept;
    broker.forces(journal.forces());
    while (!writes.isEmpty() && writes.peek().number <= number) {
      Changes.OfTurn changes = writes.remove().changes;
      if (kept) {
        broker.written(changes);
      } else {
        broker.lost(changes);
      }
    }
    List<Pier> released = new ArrayList<>();
    while (!promises.isEmpty() && promises.peek().number <= number) {
      Promise promise = promises.remove();
      if (!kept) {
        promise.parcel.lose(broker.health().message());
      }
      if (!promise.pier.isReady()) {
        released.add(promise.pier);
      }
      promise.pier.release(promise.parcel.reply(), promise.handedOut);
    }
    for (Pier pier : holding) {
      if (!kept) {
        pier.lose(number, broker.health().message());
      }
      if (!pier.isReady()) {
        released.add(pier);
      }
    }
    released.forEach(this::release);
    while (!watches.isEmpty() && watches.peek().number <= number) {
      watches.remove().then.accept(kept);
    }
  }

  private final class Listener implements Journal.Listener {
    @Override
    public void kept(long number) {
      loop.execute(() -> settle(number, true));
    }

    @Override
    public void lost(long number) {
      loop.execute(() -> settle(number, false));
    }

    @Override
    public void changed(Health health) {
      loop.execute(
          () -> {
            broker.health(health);
            losing = !health.keeps();
          });
    }
  }
}
