package io.baozi.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each promise broken in a history of a few lines is found, and kept beside it is not. */
class CheckerTest {
  private static final String HOLDS_X = "10 20 a.1 lock.acquire lock=x -> token=5 holds=1";
  private static final String GRACE = "1 2 a.1 hello grace=1000 -> session=s resumed=false";
  private static final String RESUMES =
      "60 70 a.2 hello session=s grace=1000 -> session=s resumed=true";

  private static List<String> broken(Rule rule, String... lines) {
    return rule.check(Story.of(lines)).stream().map(Violation::sentence).toList();
  }

  @Test
  void exclusion_grantWhileHeld_isFound() {
    String release = "60 70 a.1 lock.release lock=x -> holds=0";
    String late = "30 65 b.1 lock.acquire lock=x -> token=6 holds=1";
    String early = "30 50 b.1 lock.acquire lock=x -> token=6 holds=1";
    assertThat(broken(new ExclusionRule(), HOLDS_X, release, late)).isEmpty();
    assertThat(broken(new ExclusionRule(), HOLDS_X, release, early))
        .containsExactly("granted exclusively while another holds it");
  }

  @Test
  void exclusion_readerWhileHeldAlone_isFound() {
    assertThat(
            broken(
                new ExclusionRule(),
                HOLDS_X,
                "30 50 b.1 lock.acquire lock=x mode=shared -> token=6 holds=1"))
        .containsExactly("granted while another holds it alone");
  }

  @Test
  void exclusion_readersTogether_isNone() {
    assertThat(
            broken(
                new ExclusionRule(),
                "10 20 a.1 lock.acquire lock=x mode=shared -> token=5 holds=1",
                "30 50 b.1 lock.acquire lock=x mode=shared -> token=6 holds=1"))
        .isEmpty();
  }

  @Test
  void exclusion_upgradeBesideReader_isFound() {
    assertThat(
            broken(
                new ExclusionRule(),
                "10 20 a.1 lock.acquire lock=x mode=shared -> token=5 holds=1",
                "10 20 b.1 lock.acquire lock=x mode=shared -> token=6 holds=1",
                "30 40 a.1 lock.acquire lock=x -> token=5 holds=2"))
        .containsExactly("made exclusive while shared");
  }

  @Test
  void exclusion_afterLeaseKillOrCut_isNone() {
    String granted = "30 50 b.1 lock.acquire lock=x -> token=6 holds=1";
    String leased = "10 20 a.1 lock.acquire lock=x lease=30 -> token=5 holds=1";
    assertThat(broken(new ExclusionRule(), leased, granted)).isEmpty();
    assertThat(broken(new ExclusionRule(), HOLDS_X, "40 KILLED a", granted)).isEmpty();
    assertThat(broken(new ExclusionRule(), HOLDS_X, "40 CUT a.1", granted)).isEmpty();
  }

  @Test
  void exclusion_cutHolderWithGrace_keepsIt() {
    String granted = "30 50 b.1 lock.acquire lock=x -> token=6 holds=1";
    assertThat(broken(new ExclusionRule(), GRACE, HOLDS_X, "40 CUT a.1", granted)).hasSize(1);
    String later = "30 1100 b.1 lock.acquire lock=x -> token=6 holds=1";
    assertThat(broken(new ExclusionRule(), GRACE, HOLDS_X, "40 CUT a.1", later)).isEmpty();
    assertThat(broken(new ExclusionRule(), GRACE, HOLDS_X, "40 CUT a.1", RESUMES, later))
        .hasSize(1);
  }

  @Test
  void exclusion_tokenThatShrinks_isFound() {
    String release = "30 40 a.1 lock.release lock=x -> holds=0";
    String smaller = "50 60 b.1 lock.acquire lock=x -> token=4 holds=1";
    assertThat(broken(new ExclusionRule(), HOLDS_X, release, smaller))
        .contains("a later grant has a smaller token");
    String same = "50 60 b.1 lock.acquire lock=x -> token=5 holds=1";
    assertThat(broken(new ExclusionRule(), HOLDS_X, release, same))
        .contains("two grants have one token");
  }

  @Test
  void holds_countedTwiceOrTakenAway_areFound() {
    String again = "30 40 a.1 lock.acquire lock=x -> token=5 holds=3";
    assertThat(broken(new HoldRule(), HOLDS_X, again)).hasSize(1);
    assertThat(broken(new HoldRule(), HOLDS_X, again.replace("holds=3", "holds=2"))).isEmpty();
    assertThat(broken(new HoldRule(), HOLDS_X, "30 40 a.1 lock.release lock=x -> !not_owner"))
        .containsExactly("not held any more though it stood");
    assertThat(
            broken(
                new HoldRule(),
                "10 20 a.1 semaphore.acquire semaphore=s limit=2 -> available=1",
                "30 40 a.1 semaphore.release semaphore=s -> !not_owner"))
        .containsExactly("not held any more though it stood");
  }

  @Test
  void holds_leaseLostEarly_isFound() {
    String leased = "10 20 a.1 lock.acquire lock=x lease=100 -> token=5 holds=1";
    assertThat(broken(new HoldRule(), leased, "80 GOT a.1 op=lock.lost lock=x token=5"))
        .containsExactly("lost before its lease was over");
    assertThat(broken(new HoldRule(), leased, "115 GOT a.1 op=lock.lost lock=x token=5")).isEmpty();
  }

  private static String put(String times, int token, String name, String answer) {
    String origin = "{\"lock\":\"x\",\"token\":" + token + ",\"put\":\"" + name + "\"}";
    return times + " a.1 queue.put queue=q headers=" + origin + " -> " + answer;
  }

  private static String message(int token, String name) {
    return "{\"headers\":{\"lock\":\"x\",\"token\":" + token + ",\"put\":\"" + name + "\"}}";
  }

  private static String take(String... messages) {
    return "90 91 z.1 queue.take queue=q -> msgs=[" + String.join(",", messages) + "]";
  }

  @Test
  void fence_olderTokenBehindNewer_isFound() {
    assertThat(broken(new FenceRule(), take(message(5, "p"), message(6, "q")))).isEmpty();
    assertThat(broken(new FenceRule(), take(message(6, "q"), message(5, "p")))).hasSize(1);
  }

  @Test
  void fence_putTwiceOrMissing_isFound() {
    String ok = put("30 40", 5, "p", "msg=1");
    assertThat(broken(new FenceRule(), HOLDS_X, ok, take(message(5, "p")))).isEmpty();
    assertThat(broken(new FenceRule(), HOLDS_X, ok, take(message(5, "p"), message(5, "p"))))
        .containsExactly("put twice: p");
    assertThat(broken(new FenceRule(), HOLDS_X, ok)).containsExactly("accepted and never seen");
  }

  @Test
  void fence_refusedToHolderOrPutThough_isFound() {
    String fenced = put("30 40", 5, "p", "!fenced");
    assertThat(broken(new FenceRule(), HOLDS_X, fenced))
        .containsExactly("fenced though it held the lock");
    assertThat(broken(new FenceRule(), fenced, take(message(5, "p"))))
        .containsExactly("refused and yet put");
  }

  @Test
  void permits_moreThanLimit_isFound() {
    String two = "10 20 a.1 semaphore.acquire semaphore=s limit=3 permits=2 -> available=1";
    String more = "30 40 b.1 semaphore.acquire semaphore=s limit=3 permits=2 -> available=1";
    assertThat(broken(new PermitRule(), two, more)).containsExactly("4 permits of 3 held");
    assertThat(broken(new PermitRule(), two, more.replace("permits=2", "permits=1"))).isEmpty();
    String release = "25 50 a.1 semaphore.release semaphore=s permits=2 -> available=3";
    assertThat(broken(new PermitRule(), two, release, more)).isEmpty();
  }

  @Test
  void wakeup_waitAtFreeLock_isFound() {
    String released = "30 40 a.1 lock.release lock=x -> holds=0";
    String forgotten = "35 5000 b.1 lock.acquire lock=x -> token=6 holds=1";
    assertThat(broken(new WakeupRule(), HOLDS_X, released, forgotten))
        .containsExactly("waited for what nobody held");
    assertThat(broken(new WakeupRule(), HOLDS_X, forgotten)).isEmpty();
    assertThat(broken(new WakeupRule(), HOLDS_X, "40 KILLED a", forgotten)).hasSize(1);
    assertThat(
            broken(
                new WakeupRule(),
                HOLDS_X,
                released,
                forgotten,
                "50 STOPPED server",
                "4000 CONTINUED server"))
        .isEmpty();
  }

  @Test
  void wakeup_permitsLeftFree_isFound() {
    assertThat(
            broken(
                new WakeupRule(),
                "10 5000 a.1 semaphore.acquire semaphore=s limit=2 permits=2 -> available=0"))
        .containsExactly("waited for what nobody held");
  }

  @Test
  void wakeup_neverOrLateAnswered_isFound() {
    String end = "9000 9001 z.1 ping -> pong=1";
    assertThat(broken(new WakeupRule(), "10 - a.1 event.wait event=e wait=100", end))
        .containsExactly("not answered in time");
    assertThat(broken(new WakeupRule(), "10 - a.1 event.wait event=e wait=100", "50 CUT a.1", end))
        .isEmpty();
    assertThat(broken(new WakeupRule(), "10 9000 a.1 event.wait event=e wait=100 -> !timeout"))
        .containsExactly("not answered in time");
  }

  @Test
  void passOn_longAfterKill_isFound() {
    String next = "30 %d b.1 lock.acquire lock=x -> token=6 holds=1";
    assertThat(broken(new PassOnRule(), HOLDS_X, "40 KILLED a", next.formatted(60))).isEmpty();
    assertThat(PassOnRule.passOns(Story.of(HOLDS_X, "40 KILLED a", next.formatted(60)))).hasSize(1);
    assertThat(broken(new PassOnRule(), HOLDS_X, "40 KILLED a", next.formatted(3000)))
        .containsExactly("passed on late after a kill");
  }

  @Test
  void passOn_besideGrantBehindPause_isCounted() {
    assertThat(
            PassOnRule.passOns(
                Story.of(
                    HOLDS_X,
                    "40 KILLED a",
                    "30 60 b.1 lock.acquire lock=x -> token=6 holds=1",
                    "70 75 b.1 lock.release lock=x -> holds=0",
                    "80 95 b.1 lock.acquire lock=x -> token=7 holds=1",
                    "20 STOPPED server",
                    "90 CONTINUED server")))
        .hasSize(1);
  }

  @Test
  void answers_secondOne_isFound() {
    assertThat(broken(new AnswerRule(), "10 20 a.1 ping id=7 -> pong=1", "30 GOT a.1 id=7 ok=true"))
        .containsExactly("an answer to nothing, or a second one");
  }

  @Test
  void answers_againOtherwise_isFound() {
    String first = "30 40 a.1 lock.acquire id=7 lock=x -> token=5 holds=1";
    String again = "80 90 a.2 lock.acquire id=7 again=true lock=x -> token=5 holds=";
    assertThat(broken(new AnswerRule(), GRACE, first, RESUMES, again + 1)).isEmpty();
    assertThat(broken(new AnswerRule(), GRACE, first, RESUMES, again + 2))
        .containsExactly("sent again and answered otherwise");
    assertThat(broken(new AnswerRule(), "10 20 a.1 ping -> !internal"))
        .containsExactly("refused without need");
  }

  @Test
  void holds_leaseOfGrantAnsweredAgain_countsFromTheFirstSending() {
    assertThat(
            broken(
                new HoldRule(),
                GRACE,
                "10 - a.1 lock.acquire id=7 lock=x lease=100",
                "50 CUT a.1",
                RESUMES,
                "80 90 a.2 lock.acquire id=7 again=true lock=x lease=100 -> token=5 holds=1",
                "130 GOT a.2 op=lock.lost lock=x token=5"))
        .isEmpty();
  }

  @Test
  void session_endedWithoutCause_isFound() {
    String ping = "10 20 a.1 ping -> pong=1";
    assertThat(broken(new SessionRule(), ping, "30 ENDED a.1"))
        .containsExactly("ended without cause");
    assertThat(broken(new SessionRule(), ping, "25 CUT a.1", "30 ENDED a.1")).isEmpty();
  }

  @Test
  void session_notResumedWithinGrace_isFound() {
    String anew = "60 %d a.2 hello session=s grace=1000 -> session=t resumed=false";
    assertThat(broken(new SessionRule(), GRACE, "50 CUT a.1", anew.formatted(70)))
        .containsExactly("not resumed within its grace");
    assertThat(broken(new SessionRule(), GRACE, "50 CUT a.1", anew.formatted(1100))).isEmpty();
  }

  @Test
  void barrier_sameIndexTwiceOrTooEarly_isFound() {
    String first = "10 30 a.1 barrier.await barrier=b parties=2 -> index=0";
    String second = "20 31 b.1 barrier.await barrier=b parties=2 -> index=";
    assertThat(broken(new BarrierRule(), first, second + 1)).isEmpty();
    assertThat(broken(new BarrierRule(), first, second + 0)).hasSize(1);
    assertThat(broken(new BarrierRule(), first, second + 2)).hasSize(1);
    assertThat(broken(new BarrierRule(), first)).contains("went on before all had come");
  }

  @Test
  void barrier_brokenByNobody_isFound() {
    String broken = "10 30 a.1 barrier.await barrier=b parties=3 -> !broken";
    String leaves = "5 30 b.1 barrier.await barrier=b parties=3 wait=20 -> !timeout";
    assertThat(broken(new BarrierRule(), broken)).containsExactly("broken though nobody left");
    assertThat(broken(new BarrierRule(), broken, leaves)).isEmpty();
  }

  @Test
  void latch_openTooEarlyOrClosedToWaiter_isFound() {
    String create = "1 2 a.1 latch.create latch=l count=2 -> count=2";
    String one = "10 20 a.1 latch.countdown latch=l -> count=1";
    String two = "30 40 a.1 latch.countdown latch=l -> count=0";
    String opened = "15 50 b.1 latch.await latch=l wait=100 -> count=0";
    String shut = "15 120 b.1 latch.await latch=l wait=100 -> !timeout";
    assertThat(broken(new LatchRule(), create, one, two, opened)).isEmpty();
    assertThat(broken(new LatchRule(), create, one, opened)).hasSize(1);
    assertThat(broken(new LatchRule(), create, one, two, shut))
        .containsExactly("timed out at an open latch");
    assertThat(broken(new LatchRule(), create, one.replace("count=1", "count=0")))
        .containsExactly("counted down more often than it was asked to");
  }

  @Test
  void event_goesOnUnsetOrTimesOutSet_isFound() {
    String set = "10 20 a.1 event.set event=e -> set=true";
    String clear = "30 40 a.1 event.clear event=e -> set=false";
    String wentOn = "50 60 b.1 event.wait event=e wait=10 -> set=true";
    String timedOut = "50 160 b.1 event.wait event=e wait=100 -> !timeout";
    assertThat(broken(new EventRule(), set, wentOn)).isEmpty();
    assertThat(broken(new EventRule(), set, clear, wentOn))
        .containsExactly("went on though it was not set");
    assertThat(broken(new EventRule(), set, timedOut))
        .containsExactly("timed out though it was set");
    assertThat(broken(new EventRule(), set, clear, timedOut)).isEmpty();
  }

  private static final String HOLDS_Y = "10 20 b.1 lock.acquire lock=y -> token=6 holds=1";

  private static String cycle(String last) {
    return "50 60 b.1 lock.acquire lock=x -> !deadlock cycle="
        + "[{\"session\":\"b.1\",\"waits\":\"x\",\"holds\":\"y\"},"
        + "{\"session\":\"a.1\",\"waits\":\""
        + last
        + "\",\"holds\":\"x\"}]";
  }

  @Test
  void deadlock_cycleThatIsNone_isFound() {
    String waits = "30 90 a.1 lock.acquire lock=y -> token=7 holds=1";
    assertThat(broken(new DeadlockRule(), HOLDS_X, HOLDS_Y, waits, cycle("y"))).isEmpty();
    assertThat(broken(new DeadlockRule(), HOLDS_X, HOLDS_Y, waits, cycle("z")))
        .containsExactly("refused for a cycle that is none");
    assertThat(broken(new DeadlockRule(), HOLDS_Y, cycle("y")))
        .containsExactly("refused for a cycle that is none");
  }

  @Test
  void deadlock_ofOrderedLocks_isFound() {
    assertThat(broken(new DeadlockRule(), "10 20 a.1 lock.acquire lock=ordered1 -> !deadlock"))
        .containsExactly("refused though all take their locks in order");
  }

  @Test
  void deadlock_thatLasts_isFound() {
    String waits = "30 5000 a.1 lock.acquire lock=y wait=4900 -> !timeout";
    String crosses = "40 5000 b.1 lock.acquire lock=x wait=4900 -> !timeout";
    assertThat(broken(new DeadlockRule(), HOLDS_X, HOLDS_Y, waits, crosses))
        .contains("a deadlock that lasted");
    assertThat(broken(new DeadlockRule(), HOLDS_X, HOLDS_Y, waits)).isEmpty();
  }

  @Test
  void end_somethingLeft_isFound() {
    String locks = "90 91 auditor.1 lock.list -> locks=";
    String none = "92 93 auditor.1 semaphore.list -> semaphores=[]";
    assertThat(broken(new EndRule(), locks + "[]", none)).isEmpty();
    assertThat(broken(new EndRule(), locks + "[{\"lock\":\"x\"}]", none))
        .containsExactly("held or waited for at the end");
    assertThat(broken(new EndRule(), none)).containsExactly("nobody looked at the end: lock.list");
    assertThat(
            broken(
                new EndRule(),
                locks + "[]",
                none,
                "80 85 auditor.1 semaphore.acquire semaphore=s limit=3 permits=3 -> !timeout"))
        .containsExactly("not to be had at the end");
  }
}
