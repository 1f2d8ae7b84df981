package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Arrival;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Semaphores as a client sees them. */
class SemaphoreOperationsTest {
  private final BrokerFixture broker = new BrokerFixture();

  @BeforeEach
  void open() {
    broker.open("a", "b", "c");
  }

  private List<String> say(String session, String op, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("semaphore", "s"));
    all.addAll(List.of(arguments));
    return broker.say(session, op, "", all.toArray());
  }

  private List<String> acquire(String session, Object... arguments) {
    return say(session, "semaphore.acquire", arguments);
  }

  private List<String> release(String session, Object... arguments) {
    return say(session, "semaphore.release", arguments);
  }

  private static String available(int permits) {
    return "{\"ok\":true,\"available\":" + permits + "}";
  }

  private List<String> hears(String listener, Arrival arrival) {
    return BrokerFixture.replies(broker.turn(arrival), listener).stream()
        .map(BrokerFixture::text)
        .toList();
  }

  private static Arrival releases(String session) {
    return BrokerFixture.arrival(
        session, BrokerFixture.request(77, "semaphore.release", Buffer.buffer(), "semaphore", "s"));
  }

  @Test
  void acquire_firstUser_setsTheLimit() {
    assertThat(acquire("a", "limit", 3)).containsExactly(available(2));
    assertThat(acquire("b", "permits", 2)).containsExactly(available(0));
    assertThat(acquire("b", "limit", 2).get(0)).contains("\"error\":\"conflict\"");
    assertThat(acquire("b", "permits", 4).get(0)).contains("\"error\":\"bad_request\"");
  }

  @Test
  void acquire_noLimit_isOne() {
    assertThat(acquire("a")).containsExactly(available(0));
    assertThat(acquire("b", "wait", 0).get(0)).contains("\"error\":\"timeout\"");
  }

  @Test
  void release_whatIsNotHeld_isNotOwnerAndReleasesNothing() {
    assertThat(release("a").get(0)).contains("\"error\":\"not_owner\"");
    acquire("a", "limit", 3, "permits", 2);
    assertThat(release("a", "permits", 3).get(0)).contains("\"error\":\"not_owner\"");
    assertThat(release("b").get(0)).contains("\"error\":\"not_owner\"");
    assertThat(release("a", "owner", "t").get(0)).contains("\"error\":\"not_owner\"");
    assertThat(release("a", "permits", 2)).containsExactly(available(3));
  }

  @Test
  void line_firstNeedsMany_holdsBackThoseBehind() {
    acquire("a", "limit", 3, "permits", 2);
    assertThat(acquire("b", "permits", 3)).isEmpty();
    assertThat(acquire("c")).isEmpty();
    assertThat(acquire("c", "owner", "t", "wait", 0).get(0)).contains("timeout");
    assertThat(hears("b", releases("a"))).isEmpty();
    assertThat(hears("b", releases("a"))).containsExactly(available(0));
    assertThat(hears("c", releases("b"))).containsExactly(available(0));
  }

  @Test
  void wait_runsOut_letsThoseBehindGoOn() {
    acquire("a", "limit", 2);
    assertThat(acquire("b", "permits", 2, "wait", 10)).isEmpty();
    assertThat(acquire("c")).isEmpty();
    broker.now += 10;
    Turn turn = broker.turn();
    assertThat(BrokerFixture.replies(turn, "b").get(0).header().text("error")).isEqualTo("timeout");
    assertThat(BrokerFixture.text(BrokerFixture.replies(turn, "c").get(0))).isEqualTo(available(0));
  }

  @Test
  void lease_ends_isLostGrantByGrant() {
    acquire("a", "limit", 4, "permits", 2, "lease", 100, "owner", "t");
    broker.now += 50;
    acquire("a", "lease", 100, "owner", "t");
    acquire("a", "owner", "t");
    assertThat(broker.after(50, "a"))
        .containsExactly(
            "{\"op\":\"semaphore.lost\",\"semaphore\":\"s\",\"permits\":2,\"owner\":\"t\"}");
    assertThat(broker.after(50, "a"))
        .containsExactly(
            "{\"op\":\"semaphore.lost\",\"semaphore\":\"s\",\"permits\":1,\"owner\":\"t\"}");
    assertThat(broker.after(10_000, "a")).isEmpty();
    assertThat(say("b", "semaphore.info").get(0))
        .contains("\"available\":3")
        .contains(
            "\"holders\":[{\"session\":\"a\",\"owner\":\"t\",\"permits\":1,\"since\":1000000}]");
  }

  @Test
  void release_severalLeases_givesFirstWhatWouldBeLostFirst() {
    acquire("a", "limit", 4, "lease", 500);
    acquire("a", "permits", 2, "lease", 100);
    release("a", "permits", 2);
    assertThat(broker.after(499, "a")).isEmpty();
    assertThat(broker.after(1, "a").get(0)).contains("\"permits\":1");
  }

  @Test
  void touch_holder_beginsAllItsLeasesAgain() {
    acquire("a", "limit", 4, "lease", 100);
    broker.now += 60;
    assertThat(say("a", "semaphore.touch")).containsExactly("{\"ok\":true,\"permits\":1}");
    assertThat(broker.after(99, "a")).isEmpty();
    assertThat(say("a", "semaphore.touch", "lease", 1000)).hasSize(1);
    assertThat(broker.after(999, "a")).isEmpty();
    assertThat(broker.after(1, "a").get(0)).contains("semaphore.lost");
    assertThat(say("a", "semaphore.touch").get(0)).contains("not_owner");
  }

  @Test
  void session_ends_givesBackAllItsPermits() {
    acquire("a", "limit", 3, "permits", 2, "lease", 100);
    acquire("a", "owner", "t");
    assertThat(acquire("b", "permits", 3)).isEmpty();
    assertThat(hears("b", new Arrival.Closed("a"))).containsExactly(available(0));
    assertThat(broker.after(10_000, "b")).isEmpty();
  }

  @Test
  void released_nobodyLeft_forgetsTheLimit() {
    acquire("a", "limit", 3);
    release("a");
    assertThat(broker.say("a", "semaphore.list", ""))
        .containsExactly("{\"ok\":true,\"semaphores\":[]}");
    assertThat(acquire("a", "limit", 2)).containsExactly(available(1));
  }

  @Test
  void session_endsWhileItWaits_servesNobodyBeforeAllIsBack() {
    acquire("a", "limit", 3);
    assertThat(acquire("a", "owner", "t", "permits", 3)).isEmpty();
    assertThat(acquire("b")).isEmpty();
    assertThat(hears("b", new Arrival.Closed("a"))).containsExactly(available(2));
  }
}
