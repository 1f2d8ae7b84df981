package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Arrival;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages, as clients see it: handed out, given back, delayed, dead, too old. */
final class QueueLifeTest {
  private static final String PUT = "{\"ok\":true,\"msg\":%d,\"durable\":\"memory\"}";

  private final BrokerFixture broker = new BrokerFixture();

  @BeforeEach
  void open() {
    broker.open("ann", "bob");
  }

  @Test
  void nack_withoutADelay_givesBackAtOnceToTheOldPlace() {
    put("a");
    put("b");
    take();
    assertThat(broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(1, 7)))
        .containsExactly("{\"ok\":true,\"nacked\":1,\"missing\":[7]}");
    assertThat(take()).isEqualTo(taken("{\"msg\":1,\"attempt\":2}", 1, "a"));
  }

  @Test
  void nack_withADelay_givesBackWhenItIsOver() {
    put("a");
    take();
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(1), "delay", 50);
    assertThat(broker.say("ann", "queue.take", "", "queue", "q")).isEmpty();
    assertThat(broker.after(49, "ann")).isEmpty();
    assertThat(broker.after(1, "ann")).containsExactly(taken("{\"msg\":1,\"attempt\":2}", 1, "a"));
  }

  @Test
  void nack_ofAQueueWithBackoff_waitsTwiceAsLongEachTime() {
    declare("backoff", 100);
    put("a");
    for (int attempt = 1; attempt <= 4; attempt++) {
      take();
      broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(1));
      long doubled = 100L << (attempt - 1);
      broker.after(doubled / 2 - 1, "ann");
      assertThat(stat("delayed")).isEqualTo(1);
      broker.after(doubled + 1, "ann");
      assertThat(stat("ready")).isEqualTo(1);
    }
  }

  @Test
  void nack_dead_keepsTheMessageApartWithHowItDied() {
    put("a", "headers", Json.of(java.util.Map.of("kind", "pork")));
    take();
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(1), "dead", true);
    assertThat(stat("dead")).isEqualTo(1);
    assertThat(stat("ready")).isZero();
    assertThat(broker.say("bob", "queue.peek", "", "queue", "q", "state", "dead"))
        .containsExactly(
            taken(
                "{\"msg\":1,\"attempt\":1,\"headers\":{\"kind\":\"pork\",\"dead\":{\"queue\":\"q\","
                    + "\"msg\":1,\"reason\":\"nack\",\"at\":1000000,\"attempts\":1,\"history\":["
                    + "{\"attempt\":1,\"end\":\"nack\",\"at\":1000000}]}}}",
                1,
                "a"));
  }

  @Test
  void closed_holderOfAMessageWithANumberThatNobodyConverts_leavesAllItHeldDead() throws Exception {
    declare("attempts", 1);
    put("a", "headers", headers("{\"n\":1e99999999999}"));
    put("b");
    broker.say("ann", "queue.take", "", "queue", "q", "max", 2);
    broker.turn(new Arrival.Closed("ann"));
    assertThat(broker.say("bob", "queue.peek", "", "queue", "q", "state", "dead", "max", 2).get(0))
        .contains("{\"n\":1e99999999999,\"dead\":{")
        .contains("{\"msg\":2,");
  }

  @Test
  void attempts_usedUpInWhateverWay_makeTheMessageDead() {
    declare("attempts", 3);
    put("a");
    take();
    broker.after(100, "ann");
    take();
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(1));
    broker.say("bob", "queue.take", "", "queue", "q");
    broker.turn(new Arrival.Closed("bob"));
    assertThat(stat("dead")).isEqualTo(1);
    assertThat(broker.say("ann", "queue.peek", "", "queue", "q", "state", "dead").get(0))
        .contains(
            "\"reason\":\"attempts\",\"at\":1000100,\"attempts\":3,\"history\":["
                + "{\"attempt\":1,\"end\":\"ttr\",\"at\":1000100},"
                + "{\"attempt\":2,\"end\":\"nack\",\"at\":1000100},"
                + "{\"attempt\":3,\"end\":\"session\",\"at\":1000100}]");
  }

  @Test
  void deadLetter_set_takesTheDeadAsNewMessagesOverItsCapacity() {
    declare("deadLetter", "one", "attempts", 1);
    broker.say("ann", "queue.put", "x", "queue", "one");
    put("a");
    take();
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(2));
    assertThat(stat("dead")).isZero();
    broker.say("ann", "queue.take", "", "queue", "one", "autoAck", true);
    assertThat(broker.say("ann", "queue.take", "", "queue", "one").get(0))
        .startsWith("{\"ok\":true,\"queue\":\"one\",\"msgs\":[{\"msg\":3,\"attempt\":1,")
        .contains("\"dead\":{\"queue\":\"q\",\"msg\":2,\"reason\":\"attempts\"")
        .endsWith(" -> a");
  }

  @Test
  void deadLetter_taken_servesWhoWaitsThereInTheSameTurn() {
    declare("deadLetter", "d");
    broker.say("bob", "queue.take", "", "queue", "d");
    put("a");
    take();
    Turn turn =
        broker.turn(
            BrokerFixture.arrival(
                "ann",
                BrokerFixture.request(
                    5, "queue.nack", "queue", "q", "msgs", ids(1), "dead", true)));
    assertThat(BrokerFixture.replies(turn, "bob")).hasSize(1);
  }

  @Test
  void dead_again_tellsOfTheDeathBefore() throws Exception {
    declare("attempts", 1);
    put("a", "headers", headers("{\"n\":" + "9".repeat(2000) + "}"));
    for (int i = 0; i < 2; i++) {
      take();
      broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(1));
      broker.say("ann", "queue.redrive", "", "queue", "q");
    }
    assertThat(broker.say("ann", "queue.peek", "", "queue", "q").get(0))
        .contains("\"before\":[{\"queue\":\"q\",\"msg\":1,\"reason\":\"attempts\"");
  }

  @Test
  void redrive_someOrAll_bringsThemToTheirOldPlaces() {
    declare("attempts", 1, "capacity", 10);
    for (String body : List.of("a", "b", "c", "d")) {
      put(body);
    }
    broker.say("ann", "queue.take", "", "queue", "q", "max", 3);
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(3, 1, 2));
    assertThat(broker.say("ann", "queue.redrive", "", "queue", "q", "msgs", ids(2, 9)))
        .containsExactly("{\"ok\":true,\"redriven\":1}");
    assertThat(broker.say("ann", "queue.redrive", "", "queue", "q", "max", 1))
        .containsExactly("{\"ok\":true,\"redriven\":1}");
    assertThat(broker.say("ann", "queue.peek", "", "queue", "q", "max", 9).get(0)).endsWith("abd");
    assertThat(broker.say("ann", "queue.redrive", "", "queue", "q"))
        .containsExactly("{\"ok\":true,\"redriven\":1}");
    assertThat(broker.say("ann", "queue.take", "", "queue", "q", "max", 9).get(0))
        .contains("{\"msg\":1,\"attempt\":1")
        .endsWith(" -> abcd");
  }

  @Test
  void redrive_fullQueue_goesOverTheCapacity() {
    declare("attempts", 1);
    put("a");
    take();
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(1));
    put("b");
    put("c");
    put("d");
    broker.say("ann", "queue.redrive", "", "queue", "q");
    assertThat(stat("ready")).isEqualTo(4);
    assertThat(broker.say("ann", "queue.put", "e", "queue", "q", "wait", 0).get(0))
        .contains("\"full\"", "4 of 3 messages (capacity)");
  }

  @Test
  void touch_beforeTheTtrIsOver_reservesAnew() {
    put("a");
    broker.say("ann", "queue.take", "", "queue", "q", "ttr", 30);
    broker.after(29, "ann");
    assertThat(broker.say("ann", "queue.touch", "", "queue", "q", "msgs", ids(1, 2)))
        .containsExactly("{\"ok\":true,\"touched\":1,\"missing\":[2]}");
    broker.after(29, "ann");
    assertThat(stat("reserved")).isEqualTo(1);
    broker.say("ann", "queue.touch", "", "queue", "q", "msgs", ids(1), "ttr", 500);
    broker.after(499, "ann");
    assertThat(stat("reserved")).isEqualTo(1);
    broker.after(1, "ann");
    assertThat(stat("ready")).isEqualTo(1);
  }

  @Test
  void put_delayed_isNotToBeHadBefore() {
    put("a", "delay", 20);
    put("b");
    assertThat(stat("delayed")).isEqualTo(1);
    assertThat(take()).endsWith(" -> b");
    broker.say("bob", "queue.take", "", "queue", "q");
    assertThat(broker.after(20, "bob")).containsExactly(taken("{\"msg\":1,\"attempt\":1}", 1, "a"));
  }

  @Test
  void put_tooOld_isDroppedAndMakesRoom() {
    put("a", "ttl", 10);
    put("b", "delay", 50, "ttl", 10);
    put("c");
    assertThat(broker.say("bob", "queue.put", "d", "queue", "q")).isEmpty();
    assertThat(broker.after(10, "bob")).containsExactly(PUT.formatted(4));
    assertThat(stat("expired")).isEqualTo(2);
    assertThat(take()).endsWith(" -> c");
  }

  @Test
  void put_tooOldWhileReserved_isDroppedWhenItWouldComeBack() {
    put("a", "ttl", 10);
    take();
    broker.after(50, "ann");
    assertThat(stat("reserved")).isEqualTo(1);
    broker.after(50, "ann");
    assertThat(stat("expired")).isEqualTo(1);
    assertThat(stat("ready")).isZero();
  }

  @Test
  void put_ttlOfTheQueue_holdsForPutsThatNameNone() {
    declare("ttl", 10);
    put("a");
    put("b", "ttl", 0);
    broker.after(10, "ann");
    assertThat(take()).endsWith(" -> b");
  }

  @Test
  void put_sameKey_isAnsweredWithTheFirstAndAddsNothing() {
    assertThat(put("a", "key", "k")).isEqualTo(PUT.formatted(1));
    take();
    broker.say("ann", "queue.ack", "", "queue", "q", "msgs", ids(1));
    assertThat(put("b", "key", "k")).isEqualTo(PUT.formatted(1));
    assertThat(stat("puts")).isEqualTo(1);
    broker.after(120_000, "ann");
    assertThat(put("c", "key", "k")).isEqualTo(PUT.formatted(2));
  }

  @Test
  void put_sameKeyWhileTheFirstWaits_waitsWithIt() {
    broker.say("ann", "queue.put", "x", "queue", "one");
    broker.say("ann", "queue.put", "a", "queue", "one", "key", "k", "wait", 100);
    broker.say("bob", "queue.put", "b", "queue", "one", "key", "k");
    assertThat(broker.say("bob", "queue.put", "c", "queue", "one", "key", "k", "wait", 0).get(0))
        .contains("\"full\"");
    Turn turn =
        broker.turn(
            BrokerFixture.arrival(
                "ann", BrokerFixture.request(1, "queue.take", "queue", "one", "autoAck", true)));
    assertThat(BrokerFixture.replies(turn, "bob"))
        .singleElement()
        .extracting(BrokerFixture::text)
        .isEqualTo(PUT.formatted(2));
    assertThat(BrokerFixture.replies(turn, "ann")).hasSize(2);
  }

  @Test
  void put_firstOfAKeyGivesUp_secondGoesOnAlone() {
    broker.say("ann", "queue.put", "x", "queue", "one");
    broker.say("ann", "queue.put", "a", "queue", "one", "key", "k", "wait", 10);
    broker.say("bob", "queue.put", "b", "queue", "one", "key", "k");
    assertThat(broker.after(10, "ann").get(0)).contains("\"full\"");
    broker.say("ann", "queue.take", "", "queue", "one", "autoAck", true);
    assertThat(broker.say("ann", "queue.take", "", "queue", "one").get(0)).endsWith(" -> b");
  }

  @Test
  void put_batchWithKeys_addsOnlyWhatIsNew() {
    declare("capacity", 10);
    put("a", "key", "k");
    Json keys = Json.of(new String[] {"k", null, "l", "l"});
    assertThat(put("wxyz", "sizes", new long[] {1, 1, 1, 1}, "keys", keys))
        .isEqualTo("{\"ok\":true,\"msgs\":[1,2,3,3],\"durable\":\"memory\"}");
    assertThat(broker.say("ann", "queue.take", "", "queue", "q", "max", 9).get(0))
        .endsWith(" -> axy");
  }

  @Test
  void priority_order_handsOutTheLowestNumberFirst() {
    declare("order", "priority", "capacity", 10);
    put("a", "priority", 5);
    put("b", "priority", -1);
    put("c");
    put("d", "priority", -1);
    assertThat(take()).endsWith(" -> b");
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(2));
    assertThat(broker.say("ann", "queue.take", "", "queue", "q", "max", 9).get(0))
        .endsWith(" -> bdca");
  }

  @Test
  void lifo_order_handsOutTheNewestFirst() {
    declare("order", "lifo");
    put("a");
    put("b");
    take();
    put("c");
    broker.say("ann", "queue.nack", "", "queue", "q", "msgs", ids(2));
    assertThat(broker.say("ann", "queue.take", "", "queue", "q", "max", 9).get(0))
        .endsWith(" -> cba");
  }

  private String put(String body, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "queue";
    arguments[1] = "q";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return broker.say("ann", "queue.put", body, arguments).get(0);
  }

  private String take() {
    return broker.say("ann", "queue.take", "", "queue", "q").get(0);
  }

  private void declare(Object... settings) {
    Object[] arguments = new Object[settings.length + 2];
    arguments[0] = "queue";
    arguments[1] = "q";
    System.arraycopy(settings, 0, arguments, 2, settings.length);
    assertThat(broker.say("ann", "queue.declare", "", arguments).get(0)).contains("\"ok\":true");
  }

  private long stat(String key) {
    return (Long)
        broker.ask("ann", BrokerFixture.request(9, "queue.stats", "queue", "q")).header().get(key);
  }

  private static String taken(String entry, int size, String body) {
    return "{\"ok\":true,\"queue\":\"q\",\"msgs\":[%s],\"sizes\":[%d]} -> %s"
        .formatted(entry, size, body);
  }

  private static Object headers(String json) throws Exception {
    byte[] header = ("{\"headers\":" + json + "}").getBytes(StandardCharsets.UTF_8);
    return Header.parse(header).get("headers");
  }

  private static long[] ids(long... ids) {
    return ids;
  }
}
