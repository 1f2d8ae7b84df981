package io.baozi.cli;

import io.baozi.cli.Guard.Party;
import java.util.ArrayList;
import java.util.List;

/** Locks and semaphores as a table: a row for each who holds one or waits for it. */
final class GuardTable {
  private static final List<String> HEAD =
      List.of("NAME", "KIND", "STATE", "SHARE", "WHO", "FOR", "TOKEN");

  private final long now;
  private final Table table = Table.ofWords(HEAD);
  private final List<String> remarks = new ArrayList<>();

  private GuardTable(long now) {
    this.now = now;
  }

  /**
   * Its lines.
   *
   * @param now in milliseconds since 1970
   */
  static List<String> lines(List<Guard> guards, long now) {
    GuardTable rows = new GuardTable(now);
    guards.forEach(rows::add);
    List<String> lines = new ArrayList<>(rows.table.lines());
    lines.addAll(rows.remarks);
    return lines;
  }

  private void add(Guard guard) {
    guard.holders().forEach(holder -> add(guard, "held", holder));
    guard.waiters().forEach(waiter -> add(guard, "waits", waiter));
    if (guard.hiddenHolders() + guard.hiddenWaiters() > 0) {
      remarks.add(
          "%s: %d more hold it, %d more wait"
              .formatted(guard, guard.hiddenHolders(), guard.hiddenWaiters()));
    }
  }

  private void add(Guard guard, String state, Party party) {
    table.add(
        List.of(
            guard.name(),
            guard.kind(),
            state,
            party.share(),
            party.owner().toString(),
            party.age(now),
            party.token() == null ? "-" : "" + party.token()));
  }
}
