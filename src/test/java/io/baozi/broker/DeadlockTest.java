package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deadlocks of the textbooks are refused with their cycle, their ordered forms never are. */
class DeadlockTest {
  private static final int PHILOSOPHERS = 5;

  private final BrokerFixture broker = new BrokerFixture();
  private long lastId;

  @BeforeEach
  void open() {
    broker.open("a", "b", "c");
  }

  private List<Reply> ask(String session, String op, Object... arguments) {
    return broker.send(session, BrokerFixture.request(++lastId, op, Buffer.buffer(), arguments));
  }

  private void holds(String session, String lock, Object... more) {
    assertThat(lock(session, lock, more).get(0).isOk()).isTrue();
  }

  private void waits(String session, String lock, Object... more) {
    assertThat(lock(session, lock, more)).isEmpty();
  }

  private List<Reply> lock(String session, String lock, Object... more) {
    return ask(session, "lock.acquire", with("lock", lock, more));
  }

  private List<Reply> permit(String session, String semaphore, Object... more) {
    return ask(session, "semaphore.acquire", with("semaphore", semaphore, more));
  }

  private static Object[] with(Object key, Object value, Object... more) {
    List<Object> all = new ArrayList<>(List.of(key, value));
    all.addAll(List.of(more));
    return all.toArray();
  }

  /** The cycle of a refusal, each link as {@code session(owner):waits<holds}. */
  private static List<String> cycle(List<Reply> replies) {
    Header header = replies.get(0).header();
    assertThat(header.text("error")).isEqualTo("deadlock");
    List<String> links = new ArrayList<>();
    for (Json link : ((Json) header.get("cycle")).elements()) {
      Header each = link.header().orElseThrow();
      String owner = each.text("owner") == null ? "" : "(" + each.text("owner") + ")";
      links.add(each.text("session") + owner + ":" + each.text("waits") + "<" + each.text("holds"));
    }
    return links;
  }

  @Test
  void twoLocks_crossed_isRefusedToTheSecond() {
    holds("a", "x");
    holds("b", "y");
    waits("a", "y");
    assertThat(cycle(lock("b", "x"))).containsExactly("b:x<y", "a:y<x");
  }

  @Test
  void twoLocks_crossedWithoutWait_isATimeout() {
    holds("a", "x");
    holds("b", "y");
    waits("a", "y");
    assertThat(lock("b", "x", "wait", 0).get(0).header().text("error")).isEqualTo("timeout");
  }

  @Test
  void twoLocks_inOneOrder_isGranted() {
    holds("a", "x");
    waits("b", "x");
    holds("a", "y");
    ask("a", "lock.release", "lock", "x");
    waits("b", "y");
  }

  @Test
  void philosophers_eachTakesTheLeftFork_lastIsRefused() {
    for (int i = 0; i < PHILOSOPHERS; i++) {
      holds("a", "fork" + i, "owner", "p" + i);
    }
    for (int i = 0; i < PHILOSOPHERS - 1; i++) {
      waits("a", "fork" + (i + 1), "owner", "p" + i);
    }
    assertThat(cycle(lock("a", "fork0", "owner", "p4")))
        .containsExactly(
            "a(p4):fork0<fork4",
            "a(p0):fork1<fork0",
            "a(p1):fork2<fork1",
            "a(p2):fork3<fork2",
            "a(p3):fork4<fork3");
  }

  @Test
  void philosophers_lowerForkFirst_allWait() {
    for (int i = 0; i < PHILOSOPHERS - 1; i++) {
      holds("a", "fork" + i, "owner", "p" + i);
    }
    waits("a", "fork0", "owner", "p4");
    for (int i = 0; i < PHILOSOPHERS - 2; i++) {
      waits("a", "fork" + (i + 1), "owner", "p" + i);
    }
    holds("a", "fork4", "owner", "p3");
  }

  @Test
  void reader_upgradesWhileAnotherReaderWaitsForIt_isRefused() {
    holds("a", "x", "mode", "shared");
    holds("b", "x", "mode", "shared");
    holds("a", "y");
    waits("b", "y");
    assertThat(cycle(lock("a", "x"))).containsExactly("a:x<y", "b:y<x");
  }

  @Test
  void lock_againstSemaphore_isRefused() {
    holds("a", "x");
    assertThat(permit("b", "s").get(0).isOk()).isTrue();
    assertThat(permit("a", "s")).isEmpty();
    assertThat(cycle(lock("b", "x"))).containsExactly("b:x<s", "a:s<x");
  }

  @Test
  void semaphore_againstLock_isRefused() {
    holds("a", "x");
    assertThat(permit("b", "s").get(0).isOk()).isTrue();
    waits("b", "x");
    assertThat(cycle(permit("a", "s"))).containsExactly("a:s<x", "b:x<s");
  }

  @Test
  void semaphore_anotherHolderIsFree_waits() {
    holds("a", "x");
    permit("b", "s", "limit", 2);
    permit("c", "s");
    waits("b", "x");
    assertThat(permit("a", "s")).isEmpty();
  }

  @Test
  void semaphore_allHoldersAreStuck_isRefused() {
    holds("a", "x");
    permit("b", "s", "limit", 2);
    permit("c", "s");
    waits("b", "x");
    waits("c", "x");
    assertThat(cycle(permit("a", "s"))).containsExactly("a:s<x", "b:x<s");
  }

  @Test
  void semaphore_needsMoreThanTheFreeHolderHas_isRefused() {
    holds("a", "x");
    permit("b", "s", "limit", 3, "permits", 2);
    permit("c", "s");
    waits("b", "x");
    assertThat(cycle(permit("a", "s", "permits", 2))).containsExactly("a:s<x", "b:x<s");
  }

  @Test
  void semaphore_ownPermits_canStillBeReleased() {
    permit("a", "s");
    assertThat(permit("a", "s")).isEmpty();
  }

  @Test
  void semaphore_behindOneThatIsStuck_isRefused() {
    permit("b", "s", "limit", 2);
    holds("a", "x");
    waits("b", "x");
    assertThat(permit("c", "s", "permits", 2)).isEmpty();
    assertThat(cycle(permit("a", "s"))).containsExactly("a:s<x", "b:x<s");
  }

  @Test
  void readerBehindAWaitingWriter_whoseReaderWaitsForIt_isRefused() {
    holds("a", "y");
    holds("b", "x", "mode", "shared");
    waits("b", "y");
    waits("c", "x");
    assertThat(cycle(lock("a", "x", "mode", "shared"))).containsExactly("a:x<y", "b:y<x");
  }

  @Test
  void wait_thatEnded_closesNoCycle() {
    holds("a", "x");
    holds("b", "y");
    waits("a", "y", "wait", 10);
    broker.now += 10;
    assertThat(broker.turn().departures()).hasSize(1);
    waits("b", "x");
  }

  @Test
  void lease_orDeadlineInTheCycle_isRefusedAllTheSame() {
    holds("a", "x", "lease", 100);
    holds("b", "y", "lease", 100);
    waits("a", "y", "wait", 50);
    assertThat(cycle(lock("b", "x", "wait", 50))).containsExactly("b:x<y", "a:y<x");
  }

  @Test
  void join_whoReservedWaitsForTheJoiner_isRefused() {
    ask("b", "queue.put", "queue", "q");
    ask("b", "queue.take", "queue", "q");
    holds("a", "x");
    waits("b", "x");
    assertThat(cycle(ask("a", "queue.join", "queue", "q"))).containsExactly("a:q<x", "b:x<q");
    assertThat(ask("a", "queue.join", "queue", "q", "wait", 0).get(0).header().text("error"))
        .isEqualTo("timeout");
  }

  @Test
  void lock_heldByAJoinerWhoWaitsForTheReserved_isRefused() {
    ask("b", "queue.put", "queue", "q");
    ask("b", "queue.take", "queue", "q");
    holds("a", "x");
    assertThat(ask("a", "queue.join", "queue", "q")).isEmpty();
    assertThat(cycle(lock("b", "x"))).containsExactly("b:x<q", "a:q<x");
  }

  @Test
  void join_reservedBySubscriptionOrNobody_waits() {
    ask("b", "queue.put", "queue", "q");
    ask("b", "queue.consume", "queue", "q", "credit", 1);
    holds("a", "x");
    waits("b", "x");
    assertThat(ask("a", "queue.join", "queue", "q")).isEmpty();
    ask("c", "queue.put", "queue", "r");
    assertThat(ask("a", "queue.join", "queue", "r")).isEmpty();
  }

  @Test
  void join_granted_isForgottenByTheGraph() {
    ask("b", "queue.put", "queue", "q");
    Reply taken = ask("b", "queue.take", "queue", "q").get(0);
    holds("a", "x");
    assertThat(ask("a", "queue.join", "queue", "q")).isEmpty();
    assertThat(taken.isOk()).isTrue();
    ask("b", "queue.ack", "queue", "q", "msgs", new long[] {1});
    waits("b", "x");
  }

  @Test
  void upgrade_askedTwiceByOneOwner_isACycleOfOne() {
    holds("a", "x", "mode", "shared");
    holds("b", "x", "mode", "shared");
    waits("a", "x");
    assertThat(cycle(lock("a", "x"))).containsExactly("a:x<x");
  }

  @Test
  void semaphore_behindOneWhomOwnPermitsWouldServe_waits() {
    holds("a", "x");
    permit("a", "s", "limit", 4, "permits", 3);
    permit("b", "s");
    waits("b", "x");
    assertThat(permit("c", "s")).isEmpty();
    assertThat(permit("a", "s", "permits", 2)).isEmpty();
  }
}
