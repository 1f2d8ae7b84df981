package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a session holds of locks and semaphores, by owner. On the context only. */
final class Holds {
  private final Exchange exchange;
  private final Map<Tenure.Key, Tenure> tenures = new HashMap<>();

  Holds(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Adds what was granted.
   *
   * @param token of a lock, 0 for a semaphore
   * @param asked when the request was sent, by {@link System#nanoTime()}
   * @return as {@link Tenure#add}
   */
  Future<Hold> add(Tenure.Key key, long token, Hold hold, long asked) {
    Tenure old = tenures.get(key);
    if (old != null && old.token() != token) {
      tenures.remove(key);
      old.lose(new LostException(key + " was granted anew: the hold of before is lost", null));
    }
    return tenures.computeIfAbsent(key, k -> tenure(k, token)).add(hold, asked);
  }

  private Tenure tenure(Tenure.Key key, long token) {
    return new Tenure(exchange, key, token, tenure -> tenures.remove(key, tenure));
  }

  /** Hears of a loss; other pushes are for others. */
  void receive(Reply push) {
    String op = push.header().text("op");
    for (Holdable kind : Holdable.values()) {
      if (kind.lost().equals(op)) {
        Tenure tenure = tenures.get(key(kind, push.header()));
        if (tenure != null) {
          lose(kind, tenure, push.header());
        }
      }
    }
  }

  private static void lose(Holdable kind, Tenure tenure, Header push) {
    if (kind == Holdable.SEMAPHORE) {
      tenure.lost(push.get("permits") instanceof Long permits ? permits : 0);
    } else if (push.get("token") instanceof Long token && token == tenure.token()) {
      tenure.lost();
    }
  }

  private static Tenure.Key key(Holdable kind, Header header) {
    return new Tenure.Key(kind, header.text(kind.key), header.text("owner"));
  }

  /** Gives back what a request has brought that nobody waits for any more. */
  void giveBack(Header asked) {
    giveBack(
        key(Holdable.of(asked), asked),
        asked.get("permits") instanceof Number permits ? permits.longValue() : 1);
  }

  /** Gives back permits, or one hold of a lock, that were granted and not added. */
  void giveBack(Tenure.Key key, long permits) {
    Tenure.giveBack(exchange, key, permits);
    Tenure tenure = tenures.get(key);
    if (tenure != null) {
      // It may have changed the lease of what the owner had before.
      tenure.renew();
    }
  }

  /** After a cut, renews what became due in it. */
  void resume() {
    List.copyOf(tenures.values()).forEach(Tenure::resume);
  }

  /** All of it is lost with the session. */
  void end(Throwable cause) {
    List<Tenure> all = List.copyOf(tenures.values());
    tenures.clear();
    all.forEach(tenure -> tenure.end(cause));
  }
}
