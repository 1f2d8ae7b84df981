package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.Death;
import io.baozi.broker.queue.Return;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a message died, as it stands under {@code dead} among its headers: {@code queue}, {@code
 * msg}, {@code reason}, {@code at}, {@code attempts}; {@code history}, how its deliveries ended;
 * and {@code before}, the deaths before this one.
 */
final class Obituary {
  /** The key among the headers. */
  private static final String KEY = "dead";

  private static final String BEFORE = "before";

  /** So many deaths before the last one are kept. */
  private static final int DEATHS = 3;

  /** No obituary of ours is longer, in bytes; what is was put there by a producer. */
  private static final int LONGEST = 8 * 1024;

  private static final Json NONE = Json.of(Map.of());

  private Obituary() {}

  /**
   * The content with how it died among its headers, which take no more than {@code most} bytes: the
   * history is left out, then the deaths before, then all of it, if they would.
   */
  static Content write(Content content, Death death, int most) {
    Json headers = content.headers() instanceof Json json ? json : NONE;
    Header brief = brief(death);
    Json before = before(headers);
    Json history = history(death.history());
    for (Header obituary :
        List.of(
            brief.with("history", history, BEFORE, before), brief.with(BEFORE, before), brief)) {
      Json annotated = headers.with(KEY, obituary.json());
      if (annotated.length() <= most) {
        return content.withHeaders(annotated, annotated.length());
      }
    }
    return content;
  }

  private static Header brief(Death death) {
    return Header.of(
        "queue",
        death.queue(),
        "msg",
        death.msg(),
        "reason",
        death.reason().wire(),
        "at",
        death.at(),
        "attempts",
        death.attempts());
  }

  private static Json history(List<Return> history) {
    return Json.array(
        history.stream()
            .map(
                back ->
                    Header.of("attempt", back.attempt(), "end", back.end().wire(), "at", back.at()))
            .toArray(Header[]::new));
  }

  /** The last deaths that the headers tell of, null if they tell of none. */
  private static Json before(Json headers) {
    Json dead = headers.value(KEY);
    if (dead == null || dead.length() > LONGEST || !dead.isObject()) {
      return null;
    }
    return dead.header().map(Obituary::before).orElse(null);
  }

  private static Json before(Header last) {
    List<Json> deaths = new ArrayList<>();
    if (last.get(BEFORE) instanceof Json before && before.isArray()) {
      deaths.addAll(before.elements());
    }
    deaths.add(
        Header.of(
                "queue",
                last.text("queue"),
                "msg",
                last.get("msg"),
                "reason",
                last.text("reason"),
                "at",
                last.get("at"),
                "attempts",
                last.get("attempts"))
            .json());
    return Json.array(deaths.subList(Math.max(0, deaths.size() - DEATHS), deaths.size()));
  }
}
