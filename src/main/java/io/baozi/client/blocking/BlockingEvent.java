package io.baozi.client.blocking;

import io.baozi.client.ClientOptions;
import io.baozi.client.Event;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.util.concurrent.TimeUnit;

/** An event on the server, for threads. */
public final class BlockingEvent {
  private final Event event;

  private BlockingEvent(Event event) {
    this.event = event;
  }

  /** An event. */
  public static BlockingEvent of(Event event) {
    return new BlockingEvent(event);
  }

  /** Sets it: who waits goes on. */
  public void set() {
    Waits.uninterruptibly(() -> event.set());
  }

  /** Clears it. */
  public void clear() {
    Waits.uninterruptibly(() -> event.clear());
  }

  /** Whether it is set. */
  public boolean isSet() {
    return Waits.uninterruptibly(() -> event.isSet());
  }

  /** Waits until it is set, however long that takes. */
  public void await() throws InterruptedException {
    Waits.interruptibly(() -> event.attempt(ClientOptions.FOREVER));
  }

  /**
   * Waits until it is set.
   *
   * @return whether it was, in time
   */
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    try {
      Waits.interruptibly(() -> event.attempt(Waits.of(time, unit)));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.TIMEOUT);
    }
  }

  @Override
  public String toString() {
    return "BlockingEvent[" + event.name() + "]";
  }
}
