package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Arrival;
import io.baozi.message.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events, latches and barriers as a client sees them. */
class GatheringTest {
  private final BrokerFixture broker = new BrokerFixture();

  @BeforeEach
  void open() {
    broker.open("a", "b", "c");
  }

  /** What each of the sessions hears when one says something, as {@code session answer}. */
  private List<String> all(String sayer, String op, Object... arguments) {
    return heard(
        BrokerFixture.arrival(sayer, BrokerFixture.request(77, op, Buffer.buffer(), arguments)));
  }

  private List<String> heard(Arrival... arrivals) {
    return broker.turn(arrivals).departures().stream()
        .flatMap(
            addressed ->
                addressed.departure().replies().stream()
                    .map(reply -> addressed.departure().connection() + " " + outcome(reply)))
        .sorted()
        .toList();
  }

  private static String outcome(Reply reply) {
    return reply.isOk()
        ? BrokerFixture.text(reply).replace("\"ok\":true,", "")
        : reply.header().text("error");
  }

  @Test
  void event_set_letsAllGoOnAndStaysSet() {
    assertThat(broker.say("a", "event.get", "", "event", "e"))
        .containsExactly("{\"ok\":true,\"set\":false}");
    assertThat(broker.say("a", "event.wait", "", "event", "e")).isEmpty();
    assertThat(broker.say("b", "event.wait", "", "event", "e")).isEmpty();
    assertThat(all("c", "event.set", "event", "e"))
        .containsExactly("a {\"set\":true}", "b {\"set\":true}", "c {\"set\":true}");
    assertThat(broker.say("a", "event.wait", "", "event", "e", "wait", 0))
        .containsExactly("{\"ok\":true,\"set\":true}");
    broker.turn(new Arrival.Closed("c"));
    assertThat(broker.say("a", "event.get", "", "event", "e"))
        .containsExactly("{\"ok\":true,\"set\":true}");
    assertThat(broker.say("a", "event.clear", "", "event", "e"))
        .containsExactly("{\"ok\":true,\"set\":false}");
    assertThat(broker.say("a", "event.wait", "", "event", "e", "wait", 0).get(0))
        .contains("timeout");
  }

  @Test
  void latch_countedDown_letsAllGoOnAndStaysAtZero() {
    assertThat(broker.say("a", "latch.await", "", "latch", "l").get(0)).contains("not_found");
    assertThat(broker.say("a", "latch.countdown", "", "latch", "l").get(0)).contains("not_found");
    assertThat(broker.say("a", "latch.create", "", "latch", "l", "count", 3))
        .containsExactly("{\"ok\":true,\"count\":3}");
    assertThat(broker.say("a", "latch.await", "", "latch", "l")).isEmpty();
    assertThat(all("b", "latch.countdown", "latch", "l")).containsExactly("b {\"count\":2}");
    assertThat(broker.say("b", "latch.create", "", "latch", "l", "count", 3))
        .containsExactly("{\"ok\":true,\"count\":2}");
    assertThat(broker.say("b", "latch.create", "", "latch", "l", "count", 2).get(0))
        .contains("conflict");
    assertThat(all("b", "latch.countdown", "latch", "l", "by", 5))
        .containsExactly("a {\"count\":0}", "b {\"count\":0}");
    assertThat(broker.say("c", "latch.await", "", "latch", "l", "wait", 0))
        .containsExactly("{\"ok\":true,\"count\":0}");
  }

  @Test
  void latch_deleted_tellsThoseWhoWait() {
    broker.say("a", "latch.create", "", "latch", "l", "count", 1);
    broker.say("b", "latch.await", "", "latch", "l");
    broker.say("c", "latch.await", "", "latch", "l");
    assertThat(all("a", "latch.delete", "latch", "l"))
        .containsExactly("a {\"ok\":true}", "b not_found", "c not_found");
    assertThat(broker.say("a", "latch.delete", "", "latch", "l").get(0)).contains("not_found");
  }

  @Test
  void barrier_lastArrives_letsAllGoOnInOrderAndStartsAnew() {
    assertThat(broker.say("a", "barrier.await", "", "barrier", "x", "parties", 3)).isEmpty();
    assertThat(broker.say("b", "barrier.await", "", "barrier", "x", "parties", 3)).isEmpty();
    assertThat(broker.say("c", "barrier.await", "", "barrier", "x", "parties", 2).get(0))
        .contains("conflict");
    assertThat(all("c", "barrier.await", "barrier", "x", "parties", 3))
        .containsExactly("a {\"index\":0}", "b {\"index\":1}", "c {\"index\":2}");
    assertThat(broker.say("c", "barrier.await", "", "barrier", "x", "parties", 1))
        .containsExactly("{\"ok\":true,\"index\":0}");
  }

  @Test
  void barrier_partyLeaves_breaksItForAll() {
    broker.say("a", "barrier.await", "", "barrier", "x", "parties", 3);
    broker.say("b", "barrier.await", "", "barrier", "x", "parties", 3, "wait", 50);
    broker.now += 50;
    assertThat(heard()).containsExactly("a broken", "b timeout");
    broker.say("a", "barrier.await", "", "barrier", "x", "parties", 3);
    broker.say("b", "barrier.await", "", "barrier", "x", "parties", 3);
    assertThat(heard(new Arrival.Closed("a"))).containsExactly("a cancelled", "b broken");
  }

  @Test
  void barrier_waitZero_wasNoParty() {
    broker.say("a", "barrier.await", "", "barrier", "x", "parties", 2);
    assertThat(broker.say("b", "barrier.await", "", "barrier", "y", "parties", 2, "wait", 0).get(0))
        .contains("timeout");
    assertThat(all("b", "barrier.await", "barrier", "x", "parties", 2, "wait", 0))
        .containsExactly("a {\"index\":0}", "b {\"index\":1}");
  }

  @Test
  void barrier_serverDrains_tellsAllTheSame() {
    broker.say("a", "barrier.await", "", "barrier", "x", "parties", 3);
    broker.say("b", "barrier.await", "", "barrier", "x", "parties", 3);
    Turn turn = broker.drain();
    assertThat(BrokerFixture.replies(turn, "a").get(0).header().text("error"))
        .isEqualTo("shutting_down");
    assertThat(BrokerFixture.replies(turn, "b").get(0).header().text("error"))
        .isEqualTo("shutting_down");
  }

  @Test
  void objects_nobodyUses_takeNoMemory() {
    Object before = memory();
    broker.say("a", "event.wait", "", "event", "e", "wait", 10);
    broker.say("a", "barrier.await", "", "barrier", "x", "parties", 2, "wait", 10);
    broker.say("a", "lock.acquire", "", "lock", "l", "owner", "t");
    broker.say("a", "semaphore.acquire", "", "semaphore", "s", "lease", 10);
    broker.say("a", "latch.create", "", "latch", "l", "count", 1);
    broker.say("a", "latch.await", "", "latch", "l");
    broker.say("a", "latch.delete", "", "latch", "l");
    assertThat(memory()).isNotEqualTo(before);
    broker.after(10, "a");
    broker.turn(new Arrival.Closed("a"));
    assertThat(memory()).isEqualTo(before);
  }

  private Object memory() {
    return broker.ask("b", BrokerFixture.request(78, "server.info")).header().get("memory");
  }
}
