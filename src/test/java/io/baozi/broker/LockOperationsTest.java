package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Arrival;
import io.baozi.frame.Header;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks as a client sees them. Tokens are counted from {@link #FIRST}. */
class LockOperationsTest {
  private static final long FIRST = BrokerFixture.START * 1024 + 1;

  private final BrokerFixture broker = new BrokerFixture();

  @BeforeEach
  void open() {
    broker.open("a", "b", "c");
  }

  private List<String> acquire(String session, Object... arguments) {
    return broker.say(session, "lock.acquire", "", with("lock", "l", arguments));
  }

  private List<String> release(String session, Object... arguments) {
    return broker.say(session, "lock.release", "", with("lock", "l", arguments));
  }

  private static Object[] with(Object key, Object value, Object... more) {
    Object[] all = new Object[more.length + 2];
    all[0] = key;
    all[1] = value;
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }

  private static String granted(long grant, int holds) {
    return "{\"ok\":true,\"token\":" + (FIRST + grant) + ",\"holds\":" + holds + "}";
  }

  /** What comes for a session when another says something. */
  private List<String> hears(String listener, String sayer, String op, Object... arguments) {
    Turn turn =
        broker.turn(
            BrokerFixture.arrival(
                sayer, BrokerFixture.request(77, op, Buffer.buffer(), arguments)));
    return BrokerFixture.replies(turn, listener).stream().map(BrokerFixture::text).toList();
  }

  @Test
  void acquire_free_isGrantedATokenThatGrows() {
    assertThat(acquire("a")).containsExactly(granted(0, 1));
    assertThat(release("a")).containsExactly("{\"ok\":true,\"holds\":0}");
    assertThat(acquire("b")).containsExactly(granted(1, 1));
  }

  @Test
  void acquire_heldByOneself_addsToHoldsAndKeepsTheToken() {
    acquire("a");
    assertThat(acquire("a")).containsExactly(granted(0, 2));
    assertThat(release("a")).containsExactly("{\"ok\":true,\"holds\":1}");
    assertThat(acquire("b", "wait", 0).get(0)).contains("\"error\":\"timeout\"");
  }

  @Test
  void acquire_notReentrant_isADeadlockOfOne() {
    acquire("a");
    assertThat(acquire("a", "reentrant", false).get(0))
        .contains("\"error\":\"deadlock\"")
        .contains("\"cycle\":[{\"session\":\"a\",\"waits\":\"l\",\"holds\":\"l\"");
  }

  @Test
  void release_byWhoDoesNotHold_isNotOwner() {
    assertThat(release("a").get(0)).contains("\"error\":\"not_owner\"");
    acquire("a");
    assertThat(release("b").get(0)).contains("\"error\":\"not_owner\"");
    assertThat(release("a", "owner", "thread").get(0)).contains("\"error\":\"not_owner\"");
  }

  @Test
  void release_othersWait_passesToTheFirst() {
    acquire("a");
    assertThat(acquire("b")).isEmpty();
    assertThat(acquire("c")).isEmpty();
    assertThat(hears("b", "a", "lock.release", "lock", "l")).containsExactly(granted(1, 1));
    assertThat(hears("c", "b", "lock.release", "lock", "l")).containsExactly(granted(2, 1));
  }

  @Test
  void owners_ofOneSession_areStrangersToEachOther() {
    acquire("a", "owner", "t1");
    assertThat(acquire("a", "owner", "t2", "wait", 0).get(0)).contains("timeout");
    assertThat(acquire("a", "owner", "t1")).containsExactly(granted(0, 2));
  }

  @Test
  void shared_others_shareUntilAWriterWaits() {
    assertThat(acquire("a", "mode", "shared")).containsExactly(granted(0, 1));
    assertThat(acquire("b", "mode", "shared")).containsExactly(granted(1, 1));
    assertThat(acquire("c")).isEmpty();
    assertThat(acquire("b", "owner", "late", "mode", "shared", "wait", 0).get(0))
        .contains("\"error\":\"timeout\"");
    assertThat(acquire("b", "mode", "shared")).containsExactly(granted(1, 2));
    release("a");
    release("b");
    assertThat(hears("c", "b", "lock.release", "lock", "l")).containsExactly(granted(2, 1));
  }

  @Test
  void upgrade_otherReadersLeave_keepsTokenAndIsExclusive() {
    acquire("a", "mode", "shared");
    acquire("b", "mode", "shared");
    assertThat(acquire("c")).isEmpty();
    assertThat(acquire("a")).isEmpty();
    assertThat(hears("a", "b", "lock.release", "lock", "l")).containsExactly(granted(0, 2));
    release("a");
    assertThat(acquire("b", "mode", "shared", "wait", 0).get(0)).contains("timeout");
    assertThat(hears("c", "a", "lock.release", "lock", "l")).containsExactly(granted(2, 1));
  }

  @Test
  void upgrade_secondReader_isADeadlock() {
    acquire("a", "mode", "shared");
    acquire("b", "mode", "shared");
    acquire("a");
    assertThat(acquire("b").get(0))
        .contains("\"error\":\"deadlock\"")
        .contains("{\"session\":\"b\",\"waits\":\"l\",\"holds\":\"l\"")
        .contains("{\"session\":\"a\",\"waits\":\"l\",\"holds\":\"l\"");
    assertThat(acquire("b", "wait", 0).get(0)).contains("\"error\":\"timeout\"");
  }

  @Test
  void lease_notRenewed_passesOnAndTellsTheHolder() {
    acquire("a", "lease", 100);
    assertThat(acquire("b")).isEmpty();
    broker.now += 99;
    assertThat(BrokerFixture.replies(broker.turn(), "a")).isEmpty();
    broker.now += 1;
    Turn turn = broker.turn();
    assertThat(BrokerFixture.replies(turn, "a").stream().map(BrokerFixture::text))
        .containsExactly("{\"op\":\"lock.lost\",\"lock\":\"l\",\"token\":" + FIRST + "}");
    assertThat(BrokerFixture.replies(turn, "b").stream().map(BrokerFixture::text))
        .containsExactly(granted(1, 1));
    assertThat(release("a").get(0)).contains("not_owner");
  }

  @Test
  void lease_acquiredAgainOrTouched_begins() {
    acquire("a", "lease", 100);
    broker.now += 60;
    acquire("a");
    broker.now += 60;
    assertThat(broker.say("a", "lock.touch", "", "lock", "l")).containsExactly(granted(0, 2));
    assertThat(broker.after(99, "a")).isEmpty();
    assertThat(broker.after(1, "a").get(0)).contains("lock.lost");
    assertThat(broker.say("a", "lock.touch", "", "lock", "l").get(0)).contains("not_owner");
  }

  @Test
  void wait_runsOut_isATimeoutAndLetsOthersGoOn() {
    acquire("a", "mode", "shared");
    assertThat(acquire("b", "wait", 50)).isEmpty();
    assertThat(acquire("c", "mode", "shared")).isEmpty();
    broker.now += 50;
    Turn turn = broker.turn();
    assertThat(BrokerFixture.replies(turn, "b").get(0).header().text("error")).isEqualTo("timeout");
    assertThat(BrokerFixture.replies(turn, "c").stream().map(BrokerFixture::text))
        .containsExactly(granted(1, 1));
  }

  @Test
  void session_ends_givesBackAllItsLocks() {
    acquire("a");
    broker.say("a", "lock.acquire", "", "lock", "m", "owner", "t");
    assertThat(acquire("b")).isEmpty();
    assertThat(broker.say("c", "lock.acquire", "", "lock", "m")).isEmpty();
    Turn turn = broker.turn(new Arrival.Closed("a"));
    assertThat(BrokerFixture.replies(turn, "b").get(0).header().get("token")).isEqualTo(FIRST + 2);
    assertThat(BrokerFixture.replies(turn, "c").get(0).header().get("token")).isEqualTo(FIRST + 3);
  }

  @Test
  void info_heldAndWaitedFor_tellsWhoInOrder() {
    acquire("a", "mode", "shared", "owner", "t");
    broker.now += 5;
    acquire("b");
    assertThat(broker.say("c", "lock.info", "", "lock", "l"))
        .containsExactly(
            "{\"ok\":true,\"lock\":\"l\",\"holders\":[{\"session\":\"a\",\"owner\":\"t\","
                + "\"mode\":\"shared\",\"token\":"
                + FIRST
                + ",\"holds\":1,\"since\":1000000}],\"waiters\":[{\"session\":\"b\","
                + "\"mode\":\"exclusive\",\"since\":1000005}],\"holding\":1,\"waiting\":1}");
    assertThat(broker.say("c", "lock.info", "", "lock", "x").get(0))
        .isEqualTo(
            "{\"ok\":true,\"lock\":\"x\",\"holders\":[],\"waiters\":[],\"holding\":0,\"waiting\":0}");
    assertThat(broker.say("c", "lock.list", "").get(0))
        .startsWith("{\"ok\":true,\"locks\":[{\"lock\":\"l\"");
  }

  @Test
  void list_released_forgetsTheLock() {
    acquire("a");
    release("a");
    assertThat(broker.say("c", "lock.list", "")).containsExactly("{\"ok\":true,\"locks\":[]}");
  }

  @Test
  void fence_staleWhilePutWaitedForRoom_isFenced() {
    acquire("a");
    Header fence = Header.of("lock", "l", "token", FIRST);
    assertThat(broker.say("b", "queue.put", "x", "queue", "one", "fence", fence.json()).get(0))
        .contains("\"msg\":1");
    assertThat(broker.say("b", "queue.put", "y", "queue", "one", "fence", fence.json())).isEmpty();
    release("a");
    assertThat(hears("b", "c", "queue.take", "queue", "one", "autoAck", true).get(0))
        .contains("\"error\":\"fenced\"");
    assertThat(broker.say("b", "queue.put", "z", "queue", "one", "fence", fence.json()).get(0))
        .contains("\"error\":\"fenced\"");
    assertThat(
            broker
                .say("b", "queue.put", "z", "queue", "one", "fence", Header.of("lock", "l").json())
                .get(0))
        .contains("bad_request")
        .contains("fence: token is missing");
  }

  @Test
  void fence_staleWhenItsOwnerComesToHoldByAnotherRequest_isFenced() {
    acquire("a");
    broker.say("c", "lock.acquire", "", "lock", "m");
    acquire("b");
    acquire("b", "fence", Header.of("lock", "m", "token", FIRST + 1).json());
    broker.say("c", "lock.release", "", "lock", "m");
    List<String> heard = hears("b", "a", "lock.release", "lock", "l");
    assertThat(heard.get(0)).isEqualTo(granted(2, 1));
    assertThat(heard.get(1)).contains("\"error\":\"fenced\"");
  }
}
