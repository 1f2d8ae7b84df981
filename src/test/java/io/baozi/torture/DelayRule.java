package io.baozi.torture;

import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.PutSent;
import java.util.HashMap;
import java.util.Map;

/**
 * What was put or given back with a delay is not handed out before. What may have died by that nack
 * is left aside: it is elsewhere at once, or back by a redrive.
 */
final class DelayRule implements Rule {
  /** What clocks may differ by over a restart, in milliseconds. */
  private static final long TOLERANCE = 20;

  private final Map<Long, Long> notBefore = new HashMap<>();

  private static boolean mayDie(Nacked nacked) {
    return nacked.dead() || nacked.queue() == Plan.STAYING || nacked.queue() == Plan.FAILING;
  }

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof PutSent sent && sent.delay() > 0) {
      notBefore.putIfAbsent(sent.number(), sent.at() + sent.delay());
    } else if (event instanceof Nacked nacked && nacked.readyAt() > 0 && !mayDie(nacked)) {
      notBefore.put(nacked.number(), nacked.readyAt());
    } else if (event instanceof Handed handed) {
      Long earliest = notBefore.remove(handed.number());
      if (earliest != null && handed.at() < earliest - TOLERANCE) {
        broken.tell(
            ledger.story(handed.number())
                + " was handed out "
                + (earliest - handed.at())
                + " ms before its delay was over");
      }
    }
  }
}
