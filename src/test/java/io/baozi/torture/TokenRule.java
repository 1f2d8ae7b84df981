package io.baozi.torture;

import io.baozi.torture.Event.Granted;
import java.util.HashMap;
import java.util.Map;

/** The tokens of a lock only grow. */
final class TokenRule implements Rule {
  private final Map<String, Long> last = new HashMap<>();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Granted granted) {
      Long before = last.put(granted.lock(), granted.token());
      if (before != null && before >= granted.token()) {
        broken.tell(
            "lock "
                + granted.lock()
                + " was granted under token "
                + granted.token()
                + " after "
                + before);
      }
    }
  }
}
