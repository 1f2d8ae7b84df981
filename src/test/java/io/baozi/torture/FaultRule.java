package io.baozi.torture;

import io.baozi.torture.Event.Fault;
import io.baozi.torture.Event.FaultBegan;
import io.baozi.torture.Event.FaultEnded;
import io.baozi.torture.Event.Probed;
import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.PutSent;
import io.baozi.torture.Event.Started;
import java.util.HashSet;
import java.util.Set;

/**
 * While the disk fails nothing is said to be kept, puts are refused with {@code busy}, and the
 * server says that it is not well; when the disk is well, so is the server, but after a failed
 * force only after a restart.
 */
final class FaultRule implements Rule {
  private static final String WELL = "ok";

  private final Set<Long> sentMeanwhile = new HashSet<>();
  private Fault fault;

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Started || endsFault(event)) {
      fault = null;
      sentMeanwhile.clear();
    } else if (event instanceof FaultBegan began) {
      fault = began.fault();
    } else if (event instanceof PutSent sent
        && isCertain()
        && ledger.story(sent.number()) == null) {
      sentMeanwhile.add(sent.number());
    } else if (event instanceof PutKept kept && sentMeanwhile.contains(kept.number())) {
      broken.tell(ledger.story(kept.number()) + " was said to be kept during a " + fault);
    } else if (event instanceof Probed probed) {
      judge(probed, broken);
    }
  }

  private static boolean endsFault(Event event) {
    return event instanceof FaultEnded ended && ended.fault() != Fault.FAILED_FORCE;
  }

  /** Whether the next write fails for sure; the force that fails may be one nobody waits for. */
  private boolean isCertain() {
    return fault == Fault.FULL_DISK || fault == Fault.FAILED_WRITE;
  }

  private static void judge(Probed probed, Broken broken) {
    if (probed.fault() == Fault.FAILED_STORE && !probed.over()) {
      return; // it may be noticed by now, or not yet
    }
    boolean isUp = isWell(probed);
    if (isUp && !(probed.put().equals("ok") && probed.health().equals(WELL))) {
      broken.tell("after a " + told(probed));
    } else if (!isUp && (!probed.put().equals("busy") || probed.health().equals(WELL))) {
      broken.tell("in a " + told(probed));
    }
  }

  /** Whether it is to be well. */
  private static boolean isWell(Probed probed) {
    return switch (probed.fault()) {
      case SLOW_FORCE -> true;
      case FAILED_FORCE -> false;
      case FULL_DISK, FAILED_WRITE, FAILED_STORE, LITTLE_SPACE -> probed.over();
    };
  }

  private static String told(Probed probed) {
    return probed.fault()
        + " a put was answered "
        + probed.put()
        + ", and the health was: "
        + probed.health();
  }
}
