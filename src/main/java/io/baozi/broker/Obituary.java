package io.baozi.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.Death;
import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a message died, as it stands under {@code dead} among its headers. The history is left out,
 * then the deaths before this one, then all of it, if the headers would grow too long.
 *
 * @param queue in which it died
 * @param msg its id there
 * @param reason why
 * @param at when, in milliseconds since 1970
 * @param attempts how often it had been delivered
 * @param history of its last deliveries, oldest first
 * @param before the deaths before this one, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Obituary(
    String queue,
    Long msg,
    String reason,
    Long at,
    Integer attempts,
    List<Entry> history,
    List<Obituary> before) {
  /** The key among the headers. */
  private static final String KEY = "dead";

  /** So many deaths before the last one are kept. */
  private static final int DEATHS = 3;

  /** How a delivery ended. */
  record Entry(int attempt, String end, long at) {}

  /** Only what of it is read again. */
  private record Headers(Obituary dead) {}

  /** The content with how it died among its headers, which take no more than {@code most} bytes. */
  static Content write(Content content, Death death, int most) {
    Json headers = content.headers() == null ? Json.of(Map.of()) : (Json) content.headers();
    Obituary whole = of(death, before(headers));
    for (Obituary obituary :
        List.of(whole, whole.with(null, whole.before), whole.with(null, null))) {
      Json annotated = headers.with(KEY, Json.of(obituary));
      if (annotated.length() <= most) {
        return content.withHeaders(annotated, annotated.length());
      }
    }
    return content;
  }

  private static Obituary of(Death death, List<Obituary> before) {
    List<Entry> history =
        death.history().stream()
            .map(back -> new Entry(back.attempt(), back.end().wire(), back.at()))
            .toList();
    return new Obituary(
        death.queue(),
        death.msg(),
        death.reason().wire(),
        death.at(),
        death.attempts(),
        history,
        before);
  }

  private Obituary with(List<Entry> otherHistory, List<Obituary> otherBefore) {
    return new Obituary(queue, msg, reason, at, attempts, otherHistory, otherBefore);
  }

  /** The last deaths that the headers tell of; a producer may have written anything there. */
  private static List<Obituary> before(Json headers) {
    Obituary last;
    try {
      last = headers.as(Headers.class).dead();
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (last == null) {
      return null;
    }
    List<Obituary> all = new ArrayList<>(last.before == null ? List.of() : last.before);
    all.add(last.with(null, null));
    return all.subList(Math.max(0, all.size() - DEATHS), all.size());
  }
}
