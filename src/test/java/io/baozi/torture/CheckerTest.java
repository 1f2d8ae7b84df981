package io.baozi.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.torture.Event.AckSent;
import io.baozi.torture.Event.Acked;
import io.baozi.torture.Event.Asked;
import io.baozi.torture.Event.Deed;
import io.baozi.torture.Event.Done;
import io.baozi.torture.Event.End;
import io.baozi.torture.Event.Ended;
import io.baozi.torture.Event.Fault;
import io.baozi.torture.Event.FaultBegan;
import io.baozi.torture.Event.FaultEnded;
import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Granted;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Looked;
import io.baozi.torture.Event.NackSent;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.Probed;
import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.PutSent;
import io.baozi.torture.Event.Sighting;
import io.baozi.torture.Event.Started;
import io.baozi.torture.Event.State;
import io.baozi.torture.Event.TakeEnded;
import io.baozi.torture.Event.TakeSent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule finds what breaks it in a history made by hand, and nothing in one that does not. */
class CheckerTest {
  private final List<Event> history = new ArrayList<>();

  @BeforeEach
  void start() {
    add(new Started(1, "always"));
  }

  private void add(Event... events) {
    history.addAll(List.of(events));
  }

  private static PutSent sent(Plan queue, long number) {
    return new PutSent("p", number, queue, 0, 0, 0, 1_000);
  }

  private static PutSent sent(long number) {
    return sent(Plan.PLAIN, number);
  }

  private void kept(Plan queue, long number, long id) {
    add(sent(queue, number), new PutKept(number, id, "synced"));
  }

  private void diesAt(Plan queue, long number, long id) {
    kept(queue, number, id);
    add(handed(queue, number, id, 1, 1_000), new NackSent(number));
    add(new Nacked(queue, number, id, 1, true, 0));
  }

  private static Handed handed(Plan queue, long number, long id, int attempt, long at) {
    return new Handed("t", queue, number, id, attempt, false, at, "");
  }

  private static Handed handed(long number, long id) {
    return handed(Plan.PLAIN, number, id, 1, 1_000);
  }

  private static Sighting ready(long number, long id) {
    return new Sighting(State.READY, number, id, 0, "");
  }

  private static Found found(Plan queue, Sighting... messages) {
    return new Found(queue, "settings", false, List.of(messages));
  }

  private void restart(Event... looks) {
    add(new Ended(End.KILLED), new Started(2, "always"));
    add(looks);
    add(new Looked(2_000));
  }

  private void assertFound(Class<? extends Rule> rule, String... sentences) {
    List<Violation> violations = Checker.check(history);
    assertThat(violations).extracting(Violation::rule).containsOnly(rule.getSimpleName());
    assertThat(violations).extracting(Violation::sentence).containsExactly(sentences);
  }

  private void assertNothingFound() {
    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void kept_andThereOrAskedToGo_isFine() {
    kept(Plan.PLAIN, 2, 1);
    kept(Plan.PLAIN, 4, 2);
    kept(Plan.FAILING, 6, 3);
    add(handed(4, 2), new AckSent(4), sent(8));
    restart(found(Plan.PLAIN, ready(2, 1)), found(Plan.GRAVE, ready(6, 9)));
    assertNothingFound();
  }

  @Test
  void lately_afterTwoStarts_isThisLifeAndTheOneBefore() {
    Checker checker = new Checker();
    List<Event> lives =
        List.of(
            new Started(1, "always"),
            new Ended(End.KILLED),
            new Started(2, "always"),
            new Ended(End.STOPPED),
            new Started(3, "never"));
    lives.forEach(checker::see);
    assertThat(checker.lately()).isEqualTo(lives.subList(2, 5));
  }

  @Test
  void kept_andNotThere_isFound() {
    kept(Plan.PLAIN, 2, 1);
    restart();
    assertFound(KeptRule.class, "message 2 (msg 1) of PLAIN is lost; last known: synced; one of 1");
  }

  @Test
  void kept_andThereOnceButNotLater_isFound() {
    add(sent(2));
    restart(found(Plan.PLAIN, ready(2, 1)));
    restart();
    assertFound(KeptRule.class, "message 2 of PLAIN is lost; last known: seen READY; one of 1");
  }

  @Test
  void kept_andTakenForGoodUnseen_isFineForAsMany() {
    kept(Plan.PLAIN, 2, 1);
    add(new TakeSent("t", Plan.PLAIN, 1));
    restart();
    assertNothingFound();
  }

  @Test
  void kept_andTakeForGoodWasAnswered_isFound() {
    kept(Plan.PLAIN, 2, 1);
    add(new TakeSent("t", Plan.PLAIN, 1), new TakeEnded("t", Plan.PLAIN, 1));
    restart();
    assertThat(Checker.check(history)).extracting(Violation::rule).containsExactly("KeptRule");
  }

  @Test
  void kept_andPurgedMeanwhile_isFine() {
    add(new Asked(Plan.PASSING, Deed.PURGE));
    kept(Plan.PASSING, 2, 1);
    restart();
    assertNothingFound();
  }

  @Test
  void dead_sinceAPurgeOfTheDeadWasAskedFor_mayBeGone() {
    add(new Asked(Plan.STAYING, Deed.PURGE_DEAD));
    diesAt(Plan.STAYING, 2, 1);
    restart();
    assertNothingFound();
  }

  @Test
  void dead_afterAPurgeOfTheDead_isKept() {
    add(new Asked(Plan.STAYING, Deed.PURGE_DEAD), new Done(Plan.STAYING, Deed.PURGE_DEAD));
    diesAt(Plan.STAYING, 2, 1);
    restart();
    assertFound(
        KeptRule.class, "message 2 (msg 1) of STAYING is lost; last known: nacked, dead; one of 1");
  }

  @Test
  void acked_andBack_isFound() {
    kept(Plan.PLAIN, 2, 1);
    add(handed(2, 1), new AckSent(2), new Acked(2, true));
    restart(found(Plan.PLAIN, ready(2, 1)));
    assertFound(
        GoneRule.class, "message 2 (msg 1) of PLAIN was acked, and came back: seen READY in PLAIN");
  }

  @Test
  void acked_thoughNotHeld_mayBeThere() {
    kept(Plan.PLAIN, 2, 1);
    add(handed(2, 1), new AckSent(2), new Acked(2, false));
    restart(found(Plan.PLAIN, ready(2, 1)));
    assertNothingFound();
  }

  @Test
  void deleted_andBack_isFound() {
    kept(Plan.PASSING, 2, 1);
    add(new Asked(Plan.PASSING, Deed.DELETE), new Done(Plan.PASSING, Deed.DELETE));
    restart(found(Plan.PASSING, ready(2, 1)));
    assertThat(Checker.check(history)).extracting(Violation::rule).containsExactly("GoneRule");
  }

  @Test
  void deleted_andHandedByATakeOnItsWay_isFine() {
    kept(Plan.PASSING, 2, 1);
    add(new Asked(Plan.PASSING, Deed.DELETE), new Done(Plan.PASSING, Deed.DELETE));
    add(handed(Plan.PASSING, 2, 1, 1, 1_000));
    restart();
    assertNothingFound();
  }

  @Test
  void key_ofWhatWasTakenUnseen_sentAgain_isFine() {
    add(sent(Plan.KEYED, 2), new TakeSent("t", Plan.KEYED, 1));
    restart();
    kept(Plan.KEYED, 2, 1);
    restart();
    assertNothingFound();
  }

  @Test
  void handed_withoutBeingSentOrElsewhereOrOtherwise_isFound() {
    kept(Plan.PLAIN, 2, 1);
    add(handed(99, 7), handed(Plan.LATE, 2, 1, 1, 1_000));
    add(new Handed("t", Plan.PLAIN, 2, 1, 1, false, 1_000, "its body is not what was put"));
    assertFound(
        ContentRule.class,
        "msg 7 of PLAIN was never sent",
        "message 2 (msg 1) of PLAIN is in LATE",
        "message 2 (msg 1) of PLAIN in PLAIN, msg 1: its body is not what was put");
  }

  @Test
  void key_sentAgain_isAnsweredAlike() {
    kept(Plan.KEYED, 2, 1);
    kept(Plan.KEYED, 2, 1);
    assertNothingFound();
  }

  @Test
  void key_sentAgainAndAnsweredOtherwise_isFound() {
    kept(Plan.KEYED, 2, 1);
    kept(Plan.KEYED, 2, 5);
    assertFound(
        KeyRule.class,
        "message 2 (msg 1) of KEYED is one message, but a put was answered with msg 5");
  }

  @Test
  void message_thereTwice_isFound() {
    kept(Plan.FAILING, 2, 1);
    restart(found(Plan.FAILING, ready(2, 1)), found(Plan.GRAVE, ready(2, 3)));
    assertFound(KeyRule.class, "message 2 (msg 1) of FAILING is there twice, as msg 1 and 3");
  }

  @Test
  void id_ofAnotherMessageOrSmallerThanBefore_isFound() {
    kept(Plan.PLAIN, 2, 7);
    kept(Plan.PLAIN, 4, 7);
    kept(Plan.PLAIN, 6, 5);
    assertFound(
        IdRule.class,
        "msg 7 is message 4, and was message 2",
        "message 6 of PLAIN got msg 5 though it was sent after msg 7");
  }

  @Test
  void order_ofPriorities_isByPriority() {
    add(
        new PutSent("p", 2, Plan.PRIORITY, 1, 0, 0, 0),
        new PutSent("p", 4, Plan.PRIORITY, 0, 0, 0, 0));
    restart(found(Plan.PRIORITY, ready(4, 2), ready(2, 1)));
    assertNothingFound();
  }

  @Test
  void order_ofAQueueOrAProducer_isFoundBroken() {
    add(sent(2), sent(4), sent(6));
    restart(found(Plan.PLAIN, ready(4, 1), ready(2, 2), ready(6, 3)));
    assertFound(
        OrderRule.class,
        "message 4 of PLAIN stands before message 2 of PLAIN, which was sent earlier");
    history.clear();
    add(sent(2), new PutSent("q", 4, Plan.PLAIN, 0, 0, 0, 0));
    restart(found(Plan.PLAIN, ready(2, 2), ready(4, 1)));
    assertFound(OrderRule.class, "msg 2 stands before msg 1 in PLAIN");
  }

  @Test
  void order_ofWhatATakerGets_isFoundBroken() {
    kept(Plan.PLAIN, 2, 1);
    kept(Plan.PLAIN, 4, 2);
    add(handed(4, 2), handed(2, 1));
    assertFound(OrderRule.class, "message 2 (msg 1) of PLAIN was handed to t after msg 2");
  }

  @Test
  void order_ofWhatCameBack_isFine() {
    kept(Plan.PLAIN, 2, 1);
    kept(Plan.PLAIN, 4, 2);
    add(handed(2, 1), handed(4, 2), handed(Plan.PLAIN, 2, 1, 2, 1_000));
    assertNothingFound();
  }

  @Test
  void token_thatDoesNotGrow_isFound() {
    add(new Granted("a", 5), new Granted("b", 1), new Granted("a", 6), new Granted("a", 6));
    assertFound(TokenRule.class, "lock a was granted under token 6 after 6");
  }

  @Test
  void attempt_thatFailedAndIsForgotten_isFound() {
    kept(Plan.PLAIN, 2, 1);
    add(handed(2, 1), new NackSent(2), new Nacked(Plan.PLAIN, 2, 1, 1, false, 0));
    restart(found(Plan.PLAIN, ready(2, 1)));
    assertFound(
        AttemptRule.class, "message 2 (msg 1) of PLAIN counts 0 attempts, but 1 have failed");
  }

  @Test
  void attempt_thatFailedAndIsCountedOrRedriven_isFine() {
    kept(Plan.STAYING, 2, 1);
    add(handed(Plan.STAYING, 2, 1, 1, 1_000), new Asked(Plan.STAYING, Deed.REDRIVE));
    add(new NackSent(2), new Nacked(Plan.STAYING, 2, 1, 1, true, 0));
    add(new Done(Plan.STAYING, Deed.REDRIVE), handed(Plan.STAYING, 2, 1, 1, 1_000));
    add(new NackSent(2), new Nacked(Plan.STAYING, 2, 1, 1, false, 0));
    add(handed(Plan.STAYING, 2, 1, 2, 1_000));
    assertNothingFound();
  }

  @Test
  void nack_sentBeforeARedriveAndAnsweredAfterIt_mayHaveBeenUndone() {
    kept(Plan.STAYING, 2, 1);
    add(handed(Plan.STAYING, 2, 1, 1, 1_000), new NackSent(2));
    add(new Asked(Plan.STAYING, Deed.REDRIVE), new Done(Plan.STAYING, Deed.REDRIVE));
    add(new Nacked(Plan.STAYING, 2, 1, 1, true, 0), handed(Plan.STAYING, 2, 1, 1, 1_000));
    assertNothingFound();
  }

  @Test
  void nack_sentAfterARedrive_isNotUndoneByIt() {
    kept(Plan.STAYING, 2, 1);
    add(handed(Plan.STAYING, 2, 1, 1, 1_000), new NackSent(2));
    add(new Asked(Plan.STAYING, Deed.REDRIVE), new Done(Plan.STAYING, Deed.REDRIVE));
    add(new Nacked(Plan.STAYING, 2, 1, 1, true, 0), handed(Plan.STAYING, 2, 1, 1, 1_000));
    add(new NackSent(2), new Nacked(Plan.STAYING, 2, 1, 1, true, 0));
    restart(found(Plan.STAYING, new Sighting(State.READY, 2, 1, 1, "")));
    assertFound(DeadRule.class, "message 2 (msg 1) of STAYING is dead, but seen READY");
  }

  @Test
  void dead_thatLives_isFound() {
    kept(Plan.STAYING, 2, 1);
    add(handed(Plan.STAYING, 2, 1, 1, 1_000), new NackSent(2));
    add(new Nacked(Plan.STAYING, 2, 1, 1, true, 0));
    restart(found(Plan.STAYING, new Sighting(State.READY, 2, 1, 1, "")));
    assertFound(DeadRule.class, "message 2 (msg 1) of STAYING is dead, but seen READY");
  }

  @Test
  void dead_thatIsDead_isFine() {
    kept(Plan.STAYING, 2, 1);
    add(handed(Plan.STAYING, 2, 1, 1, 1_000), new NackSent(2));
    add(new Nacked(Plan.STAYING, 2, 1, 1, true, 0));
    restart(found(Plan.STAYING, new Sighting(State.DEAD, 2, 1, 1, "")));
    assertNothingFound();
  }

  @Test
  void delay_cutShort_isFound() {
    add(new PutSent("p", 2, Plan.LATE, 0, 500, 0, 1_000), handed(Plan.LATE, 2, 1, 1, 1_400));
    add(new PutSent("p", 4, Plan.LATE, 0, 500, 0, 1_000), handed(Plan.LATE, 4, 2, 1, 1_500));
    assertFound(
        DelayRule.class, "message 2 of LATE was handed out 100 ms before its delay was over");
  }

  @Test
  void ttl_overAndThereOrHandedOut_isFound() {
    add(fading(2), fading(4), handed(Plan.FADING, 2, 1, 1, 3_500), fading(6));
    add(handed(Plan.FADING, 6, 3, 1, 3_600));
    add(new Ended(End.KILLED), new Started(2, "always"));
    add(found(Plan.FADING, ready(4, 2)), new Looked(3_700));
    assertFound(
        TtlRule.class,
        "message 6 of FADING was handed out 2100 ms after its ttl",
        "message 4 of FADING was there after a start 2200 ms after its ttl");
  }

  @Test
  void ttl_over_isNoLoss() {
    add(fading(2), new PutKept(2, 1, "synced"));
    restart();
    assertNothingFound();
  }

  @Test
  void ttl_notOverAndGone_isFound() {
    add(new PutSent("p", 2, Plan.FADING, 0, 0, 5_000, 1_000), new PutKept(2, 1, "synced"));
    restart();
    assertThat(Checker.check(history)).extracting(Violation::rule).containsExactly("KeptRule");
  }

  private static PutSent fading(long number) {
    return new PutSent("p", number, Plan.FADING, 0, 0, 500, 1_000);
  }

  @Test
  void durable_notAsTheServerForces_isFound() {
    add(sent(2), new PutKept(2, 1, "memory"), new Ended(End.KILLED), new Started(2, "never"));
    add(sent(4), new PutKept(4, 2, "synced"), sent(6), new PutKept(6, 3, "memory"));
    assertFound(
        SyncRule.class,
        "message 2 of PLAIN is said to be memory, not synced",
        "message 4 of PLAIN is said to be synced, not memory");
  }

  @Test
  void queue_lostOrChangedOrNoLongerPaused_isFound() {
    add(new Done(Plan.PLAIN, Deed.DECLARE), new Done(Plan.LATE, Deed.PAUSE));
    restart(new Found(Plan.PLAIN, "", false, List.of()), found(Plan.LATE), found(Plan.KEYED));
    restart(new Found(Plan.KEYED, "other", false, List.of()));
    assertFound(
        QueueRule.class,
        "queue PLAIN is lost",
        "queue LATE was paused, now not so",
        "queue KEYED is now other, and was settings");
  }

  @Test
  void queue_deletedOrPausedWithoutAnAnswer_mayBeEither() {
    add(new Done(Plan.PASSING, Deed.DECLARE), new Asked(Plan.PASSING, Deed.DELETE));
    add(new Asked(Plan.LATE, Deed.PAUSE));
    restart(new Found(Plan.PASSING, "", false, List.of()), found(Plan.LATE));
    assertNothingFound();
  }

  @Test
  void fault_putAcceptedMeanwhile_isFound() {
    add(new FaultBegan(Fault.FULL_DISK));
    kept(Plan.PLAIN, 2, 1);
    add(new FaultEnded(Fault.FULL_DISK));
    kept(Plan.PLAIN, 4, 2);
    assertFound(FaultRule.class, "message 2 of PLAIN was said to be kept during a FULL_DISK");
  }

  @Test
  void fault_borneAsPromised_isFine() {
    add(new Probed(Fault.FULL_DISK, false, "busy", "a write failed"));
    add(new Probed(Fault.FULL_DISK, true, "ok", "ok"));
    add(new Probed(Fault.FAILED_FORCE, false, "busy", "a force failed"));
    add(new Probed(Fault.FAILED_FORCE, true, "busy", "a force failed"));
    add(new Probed(Fault.SLOW_FORCE, false, "ok", "ok"));
    add(new Probed(Fault.FAILED_STORE, false, "ok", "ok"));
    add(new Probed(Fault.FAILED_STORE, false, "busy", "a write failed"));
    add(new Probed(Fault.FAILED_STORE, true, "ok", "ok"));
    assertNothingFound();
  }

  @Test
  void fault_hiddenOrNotOver_isFound() {
    add(new Probed(Fault.FAILED_WRITE, false, "busy", "ok"));
    add(new Probed(Fault.FAILED_WRITE, true, "busy", "a write failed"));
    add(new Probed(Fault.FAILED_FORCE, true, "ok", "ok"));
    add(new Probed(Fault.FAILED_STORE, true, "busy", "a write failed"));
    assertFound(
        FaultRule.class,
        "in a FAILED_WRITE a put was answered busy, and the health was: ok",
        "after a FAILED_WRITE a put was answered busy, and the health was: a write failed",
        "in a FAILED_FORCE a put was answered ok, and the health was: ok",
        "after a FAILED_STORE a put was answered busy, and the health was: a write failed");
  }

  @Test
  void content_ofANumber_isKnownAgain() {
    for (long number = 2; number < 200; number++) {
      assertThat(Content.number(Content.body(number), Content.headers(number))).isEqualTo(number);
      assertThat(Content.fault(number, Content.body(number), Content.headers(number))).isEmpty();
      assertThat(Content.fault(number, Content.body(number + 200).appendByte((byte) 0), null))
          .isNotEmpty();
    }
  }
}
