package io.baozi.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All claims of a history; an owner asks for one thing at a time. */
final class Claims {
  private final History history;
  private final List<Claim> all = new ArrayList<>();
  private final Map<Long, Claim> byToken = new HashMap<>();

  Claims(History history, String service) {
    this.history = history;
    String key = service;
    Map<String, List<Call>> byOwner = new LinkedHashMap<>();
    history.calls().stream()
        .filter(call -> call.op().startsWith(service + ".") && call.text(key) != null)
        .sorted(Comparator.comparingLong(Call::sentAt))
        .forEach(
            call ->
                byOwner
                    .computeIfAbsent(call.owner() + " " + call.text(key), k -> new ArrayList<>())
                    .add(call));
    byOwner.values().forEach(this::follow);
    history.pushes().forEach(this::lost);
  }

  private void follow(List<Call> ofOwner) {
    Claim current = null;
    for (Call call : ofOwner) {
      if (call.op().endsWith(".release")) {
        current = current == null || current.release(call) ? null : current;
      } else if (call.op().endsWith(".acquire") && call.answer() == null) {
        all.add(new Claim(call, history.session(call.session())));
      } else if (call.isOk() && current != null && isOf(call, current)) {
        current.again(call);
      } else if (call.isOk() && call.op().endsWith(".acquire")) {
        current = renewed(current, call);
      }
    }
  }

  private static boolean isOf(Call call, Claim current) {
    return call.is("lock.touch")
        || call.is("semaphore.touch")
        || (call.is("lock.acquire") && call.answer().number("token", 0) == current.token());
  }

  private Claim renewed(Claim before, Call call) {
    if (before != null) {
      before.gone(call.answeredAt());
    }
    Claim claim = new Claim(call, history.session(call.session()));
    all.add(claim);
    if (claim.token() > 0) {
      byToken.put(claim.token(), claim);
    }
    return claim;
  }

  private void lost(Line push) {
    Claim claim = byToken.get(push.number("token", 0));
    if ("lock.lost".equals(push.text("op")) && claim != null) {
      claim.gone(push.at());
    }
  }

  List<Claim> all() {
    return all;
  }

  /** Those that somebody saw granted, null if none has this token. */
  Claim ofToken(long token) {
    return byToken.get(token);
  }

  /** By lock or semaphore. */
  Map<String, List<Claim>> byObject() {
    Map<String, List<Claim>> byObject = new TreeMap<>();
    all.forEach(
        claim -> byObject.computeIfAbsent(claim.object(), key -> new ArrayList<>()).add(claim));
    return byObject;
  }

  /** Those that were seen granted, in the order of their tokens, by lock. */
  Map<String, List<Claim>> granted() {
    Map<String, List<Claim>> granted = byObject();
    granted.values().forEach(claims -> claims.removeIf(Claim::isGuess));
    granted.values().forEach(claims -> claims.sort(Comparator.comparingLong(Claim::token)));
    return granted;
  }
}
