package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.cli.Guard.Party;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits for whom, as text and as JSON. */
class WaitGraphTest {
  private static final long NOW = 100_000;

  private static Owner owner(String name) {
    return new Owner("0123456789abcdef", name);
  }

  private static Party party(String name, String share, int seconds) {
    return new Party(owner(name), share, null, NOW - seconds * 1000L);
  }

  private static Guard lock(String name, List<Party> holders, List<Party> waiters) {
    return new Guard("lock", name, holders, waiters, 0, 0);
  }

  private static Party alone(String name, int seconds) {
    return party(name, "exclusive", seconds);
  }

  private static List<String> lines(Guard... guards) {
    return WaitGraph.lines(List.of(guards), NOW);
  }

  @Test
  void lines_chain_beginsWithWhomNobodyWaitsFor() {
    Guard oven = lock("oven", List.of(alone("ann", 50)), List.of(alone("bob", 40)));
    Guard tray = lock("tray", List.of(alone("bob", 45)), List.of(alone("cid", 5)));
    assertThat(lines(oven, tray))
        .containsExactly(
            "01234567/cid",
            "  waits 5.0s for lock tray, exclusive, number 1 in line",
            "    01234567/bob holds it for 45.0s, exclusive",
            "      waits 40.0s for lock oven, exclusive, number 1 in line",
            "        01234567/ann holds it for 50.0s, exclusive");
  }

  @Test
  void lines_severalWaitForOne_tellItsHoldersOnce() {
    Guard oven =
        lock("oven", List.of(alone("ann", 9)), List.of(alone("bob", 3), party("cid", "shared", 1)));
    assertThat(lines(oven))
        .containsExactly(
            "01234567/bob",
            "  waits 3.0s for lock oven, exclusive, number 1 in line",
            "    01234567/ann holds it for 9.0s, exclusive",
            "01234567/cid",
            "  waits 1.0s for lock oven, shared, number 2 in line; held as told above");
  }

  @Test
  void lines_holderWaitsForTheOthersToLeave_isNotItsOwnHindrance() {
    Guard oven =
        lock(
            "oven",
            List.of(party("ann", "shared", 9), party("bob", "shared", 8)),
            List.of(alone("ann", 2)));
    assertThat(lines(oven))
        .containsExactly(
            "01234567/ann",
            "  waits 2.0s for lock oven, exclusive, number 1 in line",
            "    01234567/bob holds it for 8.0s, shared");
  }

  @Test
  void lines_cycle_isMarkedAndEnds() {
    Guard oven = lock("oven", List.of(alone("ann", 9)), List.of(alone("bob", 1)));
    Guard tray =
        new Guard(
            "semaphore",
            "tray",
            List.of(party("bob", "2 of 2", 9)),
            List.of(party("ann", "1 of 2", 2)),
            1,
            0);
    assertThat(lines(oven, tray))
        .containsExactly(
            "01234567/bob",
            "  waits 1.0s for lock oven, exclusive, number 1 in line",
            "    01234567/ann holds it for 9.0s, exclusive",
            "      waits 2.0s for semaphore tray, 1 of 2, number 1 in line",
            "        01234567/bob holds it for 9.0s, 2 of 2: a cycle",
            "        1 more hold it");
  }

  @Test
  void json_cycleAndWhoOnlyWaitsForIt_areToldApart() {
    Guard oven = lock("oven", List.of(alone("ann", 9)), List.of(alone("bob", 1), alone("cid", 0)));
    Guard tray = lock("tray", List.of(alone("bob", 9)), List.of(alone("ann", 2)));
    assertThat(WaitGraph.json(List.of(oven, tray)))
        .extracting(JsonLine::toString)
        .containsExactly(
            json("bob", "oven", 99_000, "ann", ",\"cycle\":true"),
            json("cid", "oven", 100_000, "ann", ""),
            json("ann", "tray", 98_000, "bob", ",\"cycle\":true"));
  }

  private static String json(String who, String lock, long since, String whom, String cycle) {
    return ("{\"session\":\"0123456789abcdef\",\"owner\":\"%s\",\"lock\":\"%s\","
            + "\"share\":\"exclusive\",\"since\":%d,"
            + "\"for\":[{\"session\":\"0123456789abcdef\",\"owner\":\"%s\"}]%s}")
        .formatted(who, lock, since, whom, cycle);
  }

  @Test
  void lines_nobodyWaits_areNone() {
    assertThat(lines(lock("oven", List.of(alone("ann", 9)), List.of()))).isEmpty();
  }

  @Test
  void ownerText_ofAnotherMakes_cannotWriteToTheTerminal() {
    assertThat(owner("a\u001b[2Jb")).hasToString("01234567/a\ufffd[2Jb");
    assertThat(new Owner("0123456789", null)).hasToString("01234567");
  }
}
