package io.baozi.bus;

import io.baozi.message.Reply;
import io.baozi.message.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One connection, as a service sees it, and what there is to tell it. Belongs to the service's
 * event loop.
 */
public abstract class ServiceSession {
  private final Arrival.Opened opened;

  /** Told when there is something to send for the first time since the last departure. */
  private final Consumer<ServiceSession> dirty;

  private List<Reply> outbox = new ArrayList<>();
  private boolean isDirty;
  private boolean over;

  /**
   * A connection that stands.
   *
   * @param dirty of the {@link ServiceHost}
   */
  protected ServiceSession(Arrival.Opened opened, Consumer<ServiceSession> dirty) {
    this.opened = Objects.requireNonNull(opened, "opened");
    this.dirty = Objects.requireNonNull(dirty, "dirty");
  }

  final String replyTo() {
    return opened.replyTo();
  }

  /** Sends at the end of the tick. */
  public final void send(Reply reply) {
    outbox.add(reply);
    becomeDirty();
  }

  private void becomeDirty() {
    if (!isDirty) {
      isDirty = true;
      dirty.accept(this);
    }
  }

  /** The connection is gone: what it has under way ends, and {@link #leave} follows. */
  protected abstract void end();

  /** There is nothing more to tell it. */
  protected final void leave() {
    over = true;
    becomeDirty();
  }

  /** Whether there is nothing more to tell it. */
  protected final boolean isOver() {
    return over;
  }

  /**
   * What is told when the peer has taken what leaves now, or never will; null for nothing. Called
   * once for each departure.
   */
  protected abstract Runnable written();

  /**
   * What there is to tell it.
   *
   * @param loop runs what it is given on the service's event loop
   */
  final Departure depart(Service service, Consumer<Runnable> loop) {
    List<Reply> replies = outbox;
    outbox = new ArrayList<>();
    isDirty = false;
    Departure departure = new Departure(service, opened.connection(), replies, over);
    Runnable written = written();
    return written == null ? departure : departure.thenRun(() -> loop.accept(written));
  }
}
