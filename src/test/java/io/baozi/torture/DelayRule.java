package io.baozi.torture;

import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.PutSent;
import java.util.HashMap;
import java.util.Map;

/** What was put or given back with a delay is not handed out before. */
final class DelayRule implements Rule {
  /** What clocks may differ by over a restart, in milliseconds. */
  private static final long TOLERANCE = 20;

  private final Map<Long, Long> notBefore = new HashMap<>();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof PutSent sent && sent.delay() > 0) {
      notBefore.putIfAbsent(sent.number(), sent.at() + sent.delay());
    } else if (event instanceof Nacked nacked && nacked.readyAt() > 0 && !nacked.dead()) {
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
