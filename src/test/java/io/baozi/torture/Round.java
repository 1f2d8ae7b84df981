package io.baozi.torture;

import io.baozi.torture.Event.End;
import io.baozi.torture.Event.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What is to happen to one life of a server.
 *
 * @param sync as the server is set
 * @param fault of the disk meanwhile; null for none
 * @param recovers whether the fault ends before the server does
 * @param end of the server
 * @param atStart whether it is killed, once, before it serves
 */
record Round(String sync, Fault fault, boolean recovers, End end, boolean atStart) {
  static final String ALWAYS = "always";

  private static Round of(String sync, End end) {
    return new Round(sync, null, false, end, false);
  }

  private static Round of(Fault fault, boolean recovers, End end) {
    return new Round(ALWAYS, fault, recovers, end, false);
  }

  /** Some of everything, shuffled; without faults and power cuts if the disk is a common one. */
  static List<Round> deck(Random random, boolean isFaulty) {
    List<Round> deck = new ArrayList<>(plain());
    if (isFaulty) {
      deck.addAll(faulty(random));
    }
    Collections.shuffle(deck, random);
    return deck;
  }

  private static List<Round> plain() {
    return List.of(
        of(ALWAYS, End.KILLED),
        of(ALWAYS, End.KILLED),
        of(ALWAYS, End.KILLED),
        of(ALWAYS, End.KILLED),
        of("interval", End.KILLED),
        of("never", End.KILLED),
        of(ALWAYS, End.STOPPED),
        new Round(ALWAYS, null, false, End.KILLED, true));
  }

  private static List<Round> faulty(Random random) {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rounds.add(of(ALWAYS, End.POWER_CUT));
    }
    for (Fault fault : Fault.values()) {
      rounds.add(
          of(fault, random.nextBoolean(), random.nextBoolean() ? End.KILLED : End.POWER_CUT));
    }
    for (String sync : List.of("interval", "never")) {
      for (Fault fault : List.of(Fault.FULL_DISK, Fault.FAILED_WRITE, Fault.FAILED_STORE)) {
        rounds.add(new Round(sync, fault, random.nextBoolean(), End.KILLED, false));
      }
    }
    rounds.add(new Round("interval", Fault.FAILED_FORCE, random.nextBoolean(), End.KILLED, false));
    return rounds;
  }

  /** The few that are enough to see that each kind of thing is borne. */
  static List<Round> few(boolean isFaulty) {
    return isFaulty
        ? List.of(
            of(ALWAYS, End.KILLED),
            of(ALWAYS, End.POWER_CUT),
            of(Fault.FULL_DISK, true, End.KILLED),
            of("interval", End.KILLED),
            of(Fault.FAILED_FORCE, true, End.POWER_CUT),
            of(ALWAYS, End.STOPPED))
        : List.of(of(ALWAYS, End.KILLED), of("interval", End.KILLED), of(ALWAYS, End.KILLED));
  }

  @Override
  public String toString() {
    return sync
        + (atStart ? ", killed at the start" : "")
        + (fault == null ? "" : ", " + words(fault) + (recovers ? ", over" : ""))
        + ", "
        + words(end);
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
