package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.bus.Arrival;
import io.baozi.frame.Json;
import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers wait for, and what is there after a crash. */
class RecoveryTest {
  private static final Health SHORT = new Health(Health.State.SPACE_SHORT, "short of space");
  private static final Health FAILED = new Health(Health.State.WRITE_FAILED, "a write failed");

  private final DurableBroker server =
      new DurableBroker(
          DurableBroker.settings(
              1 << 20,
              Map.of(
                  "mortal", DurableBroker.queue(Order.FIFO, 1, null),
                  "moving", DurableBroker.queue(Order.FIFO, 1, "grave"))));

  private static List<String> puts(DurableBroker server, String queue, int count) {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.addAll(server.say("queue.put", "m" + i, "queue", queue));
    }
    return all;
  }

  @Test
  void put_beforeItIsKept_isNotAnswered() {
    server.keepAll();
    server.send("a", "queue.put", "hello", "queue", "q");
    assertThat(server.texts("a")).isEmpty();

    server.keepAll();
    assertThat(server.texts("a")).containsExactly("{\"ok\":true,\"msg\":1,\"durable\":\"synced\"}");
  }

  @Test
  void ping_behindAPutThatIsNotKept_isAnsweredAtOnce() {
    server.keepAll();
    server.send("a", "queue.put", "hello", "queue", "q");
    server.send("a", "lock.acquire", "", "lock", "l");
    server.send("b", "queue.take", "", "queue", "q", "wait", 0);

    assertThat(server.texts("a")).singleElement().asString().contains("token");
    assertThat(server.texts("b")).singleElement().asString().endsWith("-> hello");
  }

  @Test
  void answers_ofSeveralWrites_comeAsTheirWritesAreKept() {
    server.keepAll();
    for (int i = 0; i < 3; i++) {
      server.send("a", "queue.put", "x", "queue", "q");
    }
    server.keep();
    assertThat(server.texts("a")).singleElement().asString().contains("\"msg\":1");
    server.keep();
    server.keep();
    assertThat(server.texts("a")).hasSize(2);
  }

  @Test
  void take_withAutoAck_handsOutOnceItIsKept() {
    puts(server, "q", 1);
    server.send("b", "queue.take", "", "queue", "q", "autoAck", true);
    assertThat(server.texts("b")).isEmpty();
    server.keepAll();
    assertThat(server.texts("b")).singleElement().asString().endsWith("-> m1");
  }

  @Test
  void close_withAnswersThatWait_endsTheConnectionBehindThem() {
    server.keepAll();
    server.send("a", "queue.put", "x", "queue", "q");
    server.apply(new Arrival.Closed("a"));
    assertThat(server.isOver("a")).isFalse();

    server.keepAll();
    assertThat(server.isOver("a")).isTrue();
    assertThat(server.texts("a")).singleElement().asString().contains("synced");
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS,synced", "INTERVAL,memory", "NEVER,memory"})
  void put_atASetting_saysHowSafeItIs(Sync sync, String durable) {
    DurableBroker other = new DurableBroker(DurableBroker.settings(0, Map.of(), sync));

    assertThat(other.say("queue.put", "x", "queue", "q"))
        .containsExactly("{\"ok\":true,\"msg\":1,\"durable\":\"" + durable + "\"}");
  }

  @Test
  void put_whereNothingIsKept_saysMemoryAtOnce() {
    DurableBroker other = new DurableBroker(DurableBroker.settings(0, Map.of(), null));
    server.say("queue.declare", "", "queue", "light", "durable", false);
    other.send("a", "queue.put", "x", "queue", "q");
    server.send("a", "queue.put", "x", "queue", "light");

    assertThat(other.texts("a")).singleElement().asString().contains("\"durable\":\"memory\"");
    assertThat(server.texts("a")).singleElement().asString().contains("\"durable\":\"memory\"");
    assertThat(server.journal.open()).isZero();
  }

  @Test
  void crash_afterAnswers_bringsBackMessagesInTheirOrder() {
    puts(server, "q", 3);
    server.say("queue.put", "", "queue", "q", "headers", Json.of(Map.of("a", 1)));
    server.crash(0);

    assertThat(server.say("queue.take", "", "queue", "q", "max", 9))
        .containsExactly(
            "{\"ok\":true,\"queue\":\"q\",\"msgs\":[{\"msg\":1,\"attempt\":1},"
                + "{\"msg\":2,\"attempt\":1},{\"msg\":3,\"attempt\":1},"
                + "{\"msg\":4,\"attempt\":1,\"headers\":{\"a\":1}}],\"sizes\":[2,2,2,0]}"
                + " -> m1m2m3");
  }

  @Test
  void crash_beforeAnAnswer_mayTakeTheMessage() {
    server.keepAll();
    server.send("a", "queue.put", "x", "queue", "q");
    server.crash(0);
    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    server.send("a", "queue.put", "y", "queue", "q");
    server.crash(server.journal.open());
    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> y");
  }

  @Test
  void crash_withMessagesReserved_hasThemReadyAtTheirOldPlaces() {
    puts(server, "q", 3);
    server.say("queue.take", "", "queue", "q", "max", 2);
    server.crash(0);

    assertThat(server.say("queue.take", "", "queue", "q", "max", 3))
        .singleElement()
        .asString()
        .endsWith("-> m1m2m3")
        .contains("{\"msg\":1,\"attempt\":1}");
  }

  @Test
  void stop_withMessagesReserved_keepsTheirAttempts() {
    puts(server, "q", 1);
    server.say("queue.take", "", "queue", "q", "wait", 0);
    server.stop();

    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("{\"msg\":1,\"attempt\":2}");
  }

  @Test
  void crash_afterAnAck_doesNotBringTheMessageBack() {
    puts(server, "q", 2);
    server.say("queue.take", "", "queue", "q", "wait", 0);
    server.say("queue.ack", "", "queue", "q", "msgs", new long[] {1});
    server.crash(0);

    assertThat(server.say("queue.take", "", "queue", "q", "max", 3))
        .singleElement()
        .asString()
        .endsWith("-> m2");
    assertThat(server.journal.bodies()).isOne();
  }

  @Test
  void crash_afterANack_keepsTheAttemptAndTheDelay() {
    puts(server, "q", 1);
    server.say("queue.take", "", "queue", "q", "wait", 0);
    server.say("queue.nack", "", "queue", "q", "msgs", new long[] {1}, "delay", 1000);
    server.crash(0);

    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    server.pass(1000);
    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("{\"msg\":1,\"attempt\":2}");
  }

  @Test
  void crash_withTheDead_keepsThemAndWhyTheyDied() {
    puts(server, "mortal", 1);
    server.say("queue.take", "", "queue", "mortal", "wait", 0);
    server.say("queue.nack", "", "queue", "mortal", "msgs", new long[] {1});
    server.crash(0);

    assertThat(server.say("queue.peek", "", "queue", "mortal", "state", "dead"))
        .singleElement()
        .asString()
        .contains("\"reason\":\"attempts\"")
        .endsWith("-> m1");
    assertThat(server.say("queue.redrive", "", "queue", "mortal"))
        .containsExactly("{\"ok\":true,\"redriven\":1}");
    server.crash(0);
    assertThat(server.say("queue.take", "", "queue", "mortal", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
  }

  @Test
  void crash_afterADeathThatMovedTheMessage_hasItInOneQueueOnly() {
    puts(server, "moving", 1);
    server.say("queue.take", "", "queue", "moving", "wait", 0);
    server.say("queue.nack", "", "queue", "moving", "msgs", new long[] {1});
    server.crash(0);

    assertThat(server.say("queue.take", "", "queue", "moving", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    assertThat(server.say("queue.take", "", "queue", "grave", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
    server.say("queue.ack", "", "queue", "grave", "msgs", new long[] {2});
    assertThat(server.journal.bodies()).isZero();
  }

  @Test
  void crash_withKeys_stillKnowsThem() {
    String first = server.say("queue.put", "x", "queue", "q", "key", "k").get(0);
    server.crash(0);

    assertThat(server.say("queue.put", "y", "queue", "q", "key", "k")).containsExactly(first);
    server.pass(120_001);
    server.keepAll();
    server.crash(0);
    assertThat(server.say("queue.put", "y", "queue", "q", "key", "k"))
        .singleElement()
        .asString()
        .isNotEqualTo(first);
  }

  @Test
  void crash_afterADeclarationAPauseADeletion_keepsEach() {
    server.say("queue.declare", "", "queue", "q", "capacity", 7, "order", "lifo");
    server.say("queue.pause", "", "queue", "q");
    puts(server, "gone", 2);
    server.say("queue.delete", "", "queue", "gone");
    server.crash(0);

    assertThat(server.say("queue.declare", "", "queue", "q"))
        .singleElement()
        .asString()
        .contains("\"order\":\"lifo\",\"capacity\":7");
    assertThat(server.say("queue.stats", "", "queue", "q"))
        .singleElement()
        .asString()
        .contains("\"paused\":true");
    assertThat(server.say("queue.stats", "", "queue", "gone"))
        .singleElement()
        .asString()
        .contains("not_found");
    assertThat(server.journal.bodies()).isZero();
  }

  @Test
  void crash_afterAPurge_doesNotBringTheMessagesBack() {
    puts(server, "q", 3);
    server.say("queue.purge", "", "queue", "q");
    server.crash(0);

    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    assertThat(server.journal.bodies()).isZero();
  }

  @Test
  void crash_ofAServerThatGaveNumbers_neverGivesThemAgain() {
    long token = 0;
    long message = 0;
    for (int i = 0; i < 5; i++) {
      server.send("a", "lock.acquire", "", "lock", "l");
      long its = DurableBroker.json(server.received("a").get(0)).get("token").longValue();
      server.send("a", "queue.put", "x", "queue", "q");
      server.keepAll();
      long msg = DurableBroker.json(server.received("a").get(0)).get("msg").longValue();
      assertThat(its).isGreaterThan(token);
      assertThat(msg).isGreaterThan(message);
      token = its;
      message = msg;
      server.crash(0);
    }
  }

  @Test
  void crash_rightAfterATokenThatWasNeverWritten_givesALargerOne() {
    server.keepAll();
    server.send("a", "lock.acquire", "", "lock", "l");
    long token = DurableBroker.json(server.received("a").get(0)).get("token").longValue();
    server.crash(0);
    server.send("a", "lock.acquire", "", "lock", "l");

    assertThat(DurableBroker.json(server.received("a").get(0)).get("token").longValue())
        .isGreaterThan(token);
  }

  @Test
  void put_whileTheDiskIsShortOfSpace_isRefusedAndAllElseServed() {
    puts(server, "q", 2);
    server.journal.become(SHORT);
    server.run();

    assertThat(server.say("queue.put", "x", "queue", "q"))
        .containsExactly(
            "{\"ok\":false,\"error\":\"busy\","
                + "\"message\":\"nothing new can be kept: short of space\"}");
    assertThat(server.say("queue.declare", "", "queue", "new"))
        .singleElement()
        .asString()
        .contains("busy");
    assertThat(server.say("queue.declare", "", "queue", "light", "durable", false))
        .singleElement()
        .asString()
        .contains("\"ok\":true");
    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
    assertThat(server.say("queue.ack", "", "queue", "q", "msgs", new long[] {1}))
        .containsExactly("{\"ok\":true,\"acked\":1,\"missing\":[]}");
    server.journal.become(Health.WELL);
    server.run();
    assertThat(server.say("queue.put", "x", "queue", "q"))
        .singleElement()
        .asString()
        .contains("synced");
  }

  @Test
  void answers_whoseWriteFails_sayThatItIsNotKnown() {
    puts(server, "q", 1);
    server.send("a", "queue.put", "x", "queue", "q");
    server.journal.become(FAILED);
    server.journal.lose();
    server.run();

    String unknown =
        "{\"ok\":false,\"error\":\"internal\","
            + "\"message\":\"whether this is kept is not known: a write failed\"}";
    assertThat(server.texts("a")).containsExactly(unknown);
    assertThat(server.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
    server.send("a", "queue.ack", "", "queue", "q", "msgs", new long[] {1});
    assertThat(server.texts("a")).containsExactly(unknown);
  }

  @Test
  void take_ofABodyThatIsOnDiskOnly_bringsItOnceItIsRead() {
    DurableBroker other = new DurableBroker(DurableBroker.settings(0, Map.of()));
    puts(other, "q", 2);
    other.send("b", "queue.take", "", "queue", "q", "wait", 0);
    other.send("b", "queue.take", "", "queue", "q", "wait", 0);
    assertThat(other.texts("b")).isEmpty();

    other.readAll();
    assertThat(other.texts("b"))
        .extracting(text -> text.substring(text.indexOf("->")))
        .containsExactly("-> m1", "-> m2");
  }

  @Test
  void take_ofABodyThatCannotBeRead_leavesItOut() {
    DurableBroker other = new DurableBroker(DurableBroker.settings(0, Map.of()));
    puts(other, "q", 2);
    other.journal.forget(1);

    assertThat(other.say("queue.take", "", "queue", "q", "max", 2))
        .singleElement()
        .asString()
        .contains("\"msgs\":[{\"msg\":2,\"attempt\":1}]")
        .endsWith("-> m2");
  }

  @Test
  void take_ofNothingButABodyThatCannotBeRead_isRefused() {
    DurableBroker other = new DurableBroker(DurableBroker.settings(0, Map.of()));
    puts(other, "q", 1);
    other.journal.forget(1);

    assertThat(other.say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("internal")
        .contains("cannot be read from disk");
  }

  @Test
  void recover_ofAQueueThatIsConfiguredNotToBeKept_saysWhatToDo() {
    BrokerSettings settings =
        DurableBroker.settings(
            0, Map.of("q", new Settings(Order.FIFO, 10, 0, false, 60_000, 0, 0, 0, null, 1000)));
    Broker broker = new Broker(settings, 0);
    puts(server, "q", 1);

    assertThatIllegalStateException()
        .isThrownBy(() -> server.journal.recover(entry -> broker.recover(entry, 0)))
        .withMessageContaining("holds messages of queue q")
        .withMessageContaining("queues.q.durable");
  }

  @Test
  void recover_ofAQueueThatIsConfiguredOtherwise_takesTheConfiguration() {
    server.say("queue.declare", "", "queue", "q", "capacity", 7);
    DurableBroker other =
        new DurableBroker(
            DurableBroker.settings(0, Map.of("q", DurableBroker.queue(Order.LIFO, 3, null))));
    server.journal.recover(entry -> other.journal.write(List.of(entry), true));
    other.crash(other.journal.open());

    assertThat(other.say("queue.declare", "", "queue", "q"))
        .singleElement()
        .asString()
        .contains("\"order\":\"lifo\",\"capacity\":10000")
        .contains("\"attempts\":3");
  }

  @Test
  void recover_ofAMessageWhoseQueueIsNotThere_isRefused() {
    Broker broker = new Broker(DurableBroker.settings(0, Map.of()), 0);
    Entry.Message stray = new Entry.Message(9, 1, false, 0, 0, 0, -1, 0, null, 0, 1, null);

    assertThatIllegalStateException()
        .isThrownBy(() -> broker.recover(stray, 0))
        .withMessageContaining("queue number 9");
  }
}
