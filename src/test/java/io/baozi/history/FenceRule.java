package io.baozi.history;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was put under fences stands in the queue in the order of the tokens, each once, and nothing
 * is missing. The headers of a message say where it came from: {@code lock}, {@code token} and
 * {@code put}, its own name.
 */
final class FenceRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    Map<String, Long> last = new HashMap<>();
    for (Call take : history.calls("queue.take").filter(Call::isOk).toList()) {
      for (Header message : messages(take)) {
        if (!taken.add(message.text("put"))) {
          found.add(Violation.of("put twice: " + message.text("put"), take));
        }
        long token = (Long) message.get("token");
        if (last.merge(message.text("lock"), token, Math::max) > token) {
          found.add(Violation.of("accepted under an older token: " + message, take));
        }
      }
    }
    puts(history, taken, found);
    return found;
  }

  /** The headers of the messages of a take, in order. */
  static List<Header> messages(Call take) {
    return ((Json) take.answer().header().get("msgs"))
        .elements().stream()
            .map(message -> message.value("headers").header().orElseThrow())
            .toList();
  }

  private static void puts(History history, Set<String> taken, List<Violation> found) {
    Claims claims = new Claims(history, "lock");
    for (Call put : history.calls("queue.put").toList()) {
      Header headers = ((Json) put.sent().header().get("headers")).header().orElseThrow();
      boolean isTaken = taken.contains(headers.text("put"));
      if (put.isOk() && !isTaken) {
        found.add(Violation.of("accepted and never seen", put));
      } else if (isTaken && put.answer() != null && !put.isOk()) {
        found.add(Violation.of("refused and yet put", put));
      }
      Claim claim = claims.ofToken((Long) headers.get("token"));
      Stretch during = new Stretch(put.sentAt(), put.answeredAt());
      if (put.isRefused("fenced") && claim != null && claim.certain().covers(during)) {
        found.add(Violation.of("fenced though it held the lock", put, claim.grant()));
      }
    }
  }
}
