package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.queue.TestSettings;
import io.baozi.bus.Arrival;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Json;
import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Sync;
import io.baozi.message.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers wait for, and what is there after a crash. */
class RecoveryTest {
  private static final Health SHORT = new Health(Health.State.SPACE_SHORT, "short of space");

  private final Map<String, List<Reply>> received = new HashMap<>();
  private DurableFixture server =
      server(
          1 << 20,
          Map.of("mortal", queue(Order.FIFO, 1, null), "moving", queue(Order.FIFO, 1, "grave")),
          Sync.ALWAYS);
  private long lastRequest;

  private static DurableFixture server(long bodies, Map<String, Settings> queues, Sync sync) {
    return opened(new DurableFixture(settings(bodies, queues, sync)));
  }

  private static DurableFixture opened(DurableFixture server) {
    server.open("a", "b");
    return server;
  }

  /** Settings of a broker that may have so many bytes of kept bodies in memory. */
  private static BrokerSettings settings(long bodies, Map<String, Settings> queues, Sync sync) {
    return new BrokerSettings(
        "test",
        FrameLimits.DEFAULT,
        1000,
        64 << 20,
        TestSettings.of(10_000, 60_000),
        queues,
        sync,
        bodies);
  }

  /** Settings as they are when nothing is said, but for the order and the attempts. */
  private static Settings queue(Order order, int attempts, String deadLetter) {
    return new Settings(order, 10_000, 0, true, 60_000, attempts, 0, 0, deadLetter, 3_600_000);
  }

  /** The process is killed, and another one started; so many writes were there all the same. */
  private void crash(int lucky) {
    start(server.journal.kill(lucky));
  }

  private void stop() {
    server.stop();
    start(server.journal.reopened());
  }

  private void start(SlowJournal left) {
    received.clear();
    server.start(left);
    opened(server);
  }

  private void send(String connection, String op, String body, Object... arguments) {
    server.turn(
        BrokerFixture.arrival(
            connection, BrokerFixture.request(++lastRequest, op, Buffer.buffer(body), arguments)));
    server.loop();
  }

  /** What comes for a request once all is kept and read. */
  private List<String> say(String op, String body, Object... arguments) {
    send("a", op, body, arguments);
    server.settle();
    return texts("a");
  }

  /** What has come for a connection since this was asked before. */
  private List<Reply> received(String connection) {
    for (DurableFixture.Sent one : server.sent()) {
      received.computeIfAbsent(one.connection(), c -> new ArrayList<>()).add(one.reply());
    }
    List<Reply> all = received.remove(connection);
    return all == null ? List.of() : all;
  }

  private List<String> texts(String connection) {
    return received(connection).stream().map(BrokerFixture::text).toList();
  }

  private long number(String key) {
    return (Long) received("a").get(0).header().get(key);
  }

  /** Nothing that is not kept yet is known to be, from now on. */
  private void loseAll() {
    server.journal.fails(Health.State.WRITE_FAILED);
    server.journal.writeAll();
    server.loop();
  }

  private void puts(String queue, int count) {
    for (int i = 1; i <= count; i++) {
      assertThat(say("queue.put", "m" + i, "queue", queue)).hasSize(1);
    }
  }

  @Test
  void put_beforeItIsKept_isNotAnswered() {
    server.settle();
    send("a", "queue.put", "hello", "queue", "q");
    assertThat(texts("a")).isEmpty();

    server.settle();
    assertThat(texts("a")).containsExactly("{\"ok\":true,\"msg\":1,\"durable\":\"synced\"}");
  }

  @Test
  void ping_behindAPutThatIsNotKept_isAnsweredAtOnce() {
    server.settle();
    send("a", "queue.put", "hello", "queue", "q");
    send("a", "lock.acquire", "", "lock", "l");
    send("b", "queue.take", "", "queue", "q", "wait", 0);

    assertThat(texts("a")).singleElement().asString().contains("token");
    assertThat(texts("b")).singleElement().asString().endsWith("-> hello");
  }

  @Test
  void answers_ofSeveralWrites_comeAsTheirWritesAreKept() {
    server.settle();
    send("a", "queue.put", "x", "queue", "q");
    server.journal.writeAll();
    send("a", "queue.put", "x", "queue", "q");
    assertThat(texts("a")).singleElement().asString().contains("\"msg\":1");
    send("a", "queue.put", "x", "queue", "q");
    server.settle();
    assertThat(texts("a")).hasSize(2);
  }

  @Test
  void take_withAutoAck_handsOutOnceItIsKept() {
    puts("q", 1);
    send("b", "queue.take", "", "queue", "q", "autoAck", true);
    assertThat(texts("b")).isEmpty();
    server.settle();
    assertThat(texts("b")).singleElement().asString().endsWith("-> m1");
  }

  @Test
  void close_withAnswersThatWait_endsTheConnectionBehindThem() {
    server.settle();
    send("a", "queue.put", "x", "queue", "q");
    server.turn(new Arrival.Closed("a"));
    assertThat(server.ended().contains("a")).isFalse();

    server.settle();
    assertThat(server.ended().contains("a")).isTrue();
    assertThat(texts("a")).singleElement().asString().contains("synced");
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS,synced", "INTERVAL,memory", "NEVER,memory"})
  void put_atASetting_saysHowSafeItIs(Sync sync, String durable) {
    server = server(0, Map.of(), sync);

    assertThat(say("queue.put", "x", "queue", "q"))
        .containsExactly("{\"ok\":true,\"msg\":1,\"durable\":\"" + durable + "\"}");
  }

  @Test
  void put_inAQueueThatIsNotKept_saysMemoryAtOnce() {
    say("queue.declare", "", "queue", "light", "durable", false);
    send("a", "queue.put", "x", "queue", "light");

    assertThat(texts("a")).singleElement().asString().contains("\"durable\":\"memory\"");
    assertThat(server.journal.unwritten()).isZero();
  }

  @Test
  void crash_afterAnswers_bringsBackMessagesInTheirOrder() {
    puts("q", 3);
    say("queue.put", "", "queue", "q", "headers", Json.of(Map.of("a", 1)));
    crash(0);

    assertThat(say("queue.take", "", "queue", "q", "max", 9))
        .containsExactly(
            "{\"ok\":true,\"queue\":\"q\",\"msgs\":[{\"msg\":1,\"attempt\":1},"
                + "{\"msg\":2,\"attempt\":1},{\"msg\":3,\"attempt\":1},"
                + "{\"msg\":4,\"attempt\":1,\"headers\":{\"a\":1}}],\"sizes\":[2,2,2,0]}"
                + " -> m1m2m3");
  }

  @Test
  void crash_beforeAnAnswer_mayTakeTheMessage() {
    server.settle();
    send("a", "queue.put", "x", "queue", "q");
    crash(0);
    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    send("a", "queue.put", "y", "queue", "q");
    crash(server.journal.unwritten());
    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> y");
  }

  @Test
  void crash_withMessagesReserved_hasThemReadyAtTheirOldPlaces() {
    puts("q", 3);
    say("queue.take", "", "queue", "q", "max", 2);
    crash(0);

    assertThat(say("queue.take", "", "queue", "q", "max", 3))
        .singleElement()
        .asString()
        .endsWith("-> m1m2m3")
        .contains("{\"msg\":1,\"attempt\":1}");
  }

  @Test
  void stop_withMessagesReserved_keepsTheirAttempts() {
    puts("q", 1);
    say("queue.take", "", "queue", "q", "wait", 0);
    stop();

    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("{\"msg\":1,\"attempt\":2}");
  }

  @Test
  void crash_afterAnAck_doesNotBringTheMessageBack() {
    puts("q", 2);
    say("queue.take", "", "queue", "q", "wait", 0);
    say("queue.ack", "", "queue", "q", "msgs", new long[] {1});
    crash(0);

    assertThat(say("queue.take", "", "queue", "q", "max", 3))
        .singleElement()
        .asString()
        .endsWith("-> m2");
    assertThat(server.journal.disk().bodies.size()).isOne();
  }

  @Test
  void crash_afterANack_keepsTheAttemptAndTheDelay() {
    puts("q", 1);
    say("queue.take", "", "queue", "q", "wait", 0);
    say("queue.nack", "", "queue", "q", "msgs", new long[] {1}, "delay", 1000);
    crash(0);

    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    server.pass(1000);
    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("{\"msg\":1,\"attempt\":2}");
  }

  @Test
  void crash_withTheDead_keepsThemAndWhyTheyDied() {
    puts("mortal", 1);
    say("queue.take", "", "queue", "mortal", "wait", 0);
    say("queue.nack", "", "queue", "mortal", "msgs", new long[] {1});
    crash(0);

    assertThat(say("queue.peek", "", "queue", "mortal", "state", "dead"))
        .singleElement()
        .asString()
        .contains("\"reason\":\"attempts\"")
        .endsWith("-> m1");
    assertThat(say("queue.redrive", "", "queue", "mortal"))
        .containsExactly("{\"ok\":true,\"redriven\":1}");
    crash(0);
    assertThat(say("queue.take", "", "queue", "mortal", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
  }

  @Test
  void crash_afterADeathThatMovedTheMessage_hasItInOneQueueOnly() {
    puts("moving", 1);
    say("queue.take", "", "queue", "moving", "wait", 0);
    say("queue.nack", "", "queue", "moving", "msgs", new long[] {1});
    crash(0);

    assertThat(say("queue.take", "", "queue", "moving", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    assertThat(say("queue.take", "", "queue", "grave", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
    say("queue.ack", "", "queue", "grave", "msgs", new long[] {2});
    assertThat(server.journal.disk().bodies.size()).isZero();
  }

  @Test
  void crash_withKeys_stillKnowsThem() {
    String first = say("queue.put", "x", "queue", "q", "key", "k").get(0);
    crash(0);

    assertThat(say("queue.put", "y", "queue", "q", "key", "k")).containsExactly(first);
    server.pass(120_001);
    server.settle();
    crash(0);
    assertThat(say("queue.put", "y", "queue", "q", "key", "k"))
        .singleElement()
        .asString()
        .isNotEqualTo(first);
  }

  @Test
  void crash_afterADeclarationAPauseADeletion_keepsEach() {
    say("queue.declare", "", "queue", "q", "capacity", 7, "order", "lifo");
    say("queue.pause", "", "queue", "q");
    puts("gone", 2);
    say("queue.delete", "", "queue", "gone");
    crash(0);

    assertThat(say("queue.declare", "", "queue", "q"))
        .singleElement()
        .asString()
        .contains("\"order\":\"lifo\",\"capacity\":7");
    assertThat(say("queue.stats", "", "queue", "q"))
        .singleElement()
        .asString()
        .contains("\"paused\":true");
    assertThat(say("queue.stats", "", "queue", "gone"))
        .singleElement()
        .asString()
        .contains("not_found");
    assertThat(server.journal.disk().bodies.size()).isZero();
  }

  @Test
  void crash_afterAPurge_doesNotBringTheMessagesBack() {
    puts("q", 3);
    say("queue.purge", "", "queue", "q");
    crash(0);

    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("empty");
    assertThat(server.journal.disk().bodies.size()).isZero();
  }

  @Test
  void crash_ofAServerThatGaveNumbers_neverGivesThemAgain() {
    long token = 0;
    long message = 0;
    for (int i = 0; i < 5; i++) {
      send("a", "lock.acquire", "", "lock", "l");
      long its = number("token");
      send("a", "queue.put", "x", "queue", "q");
      server.settle();
      long msg = number("msg");
      assertThat(its).isGreaterThan(token);
      assertThat(msg).isGreaterThan(message);
      token = its;
      message = msg;
      crash(0);
    }
  }

  @Test
  void crash_rightAfterATokenThatWasNeverWritten_givesALargerOne() {
    server.settle();
    send("a", "lock.acquire", "", "lock", "l");
    long token = number("token");
    crash(0);
    send("a", "lock.acquire", "", "lock", "l");

    assertThat(number("token")).isGreaterThan(token);
  }

  @Test
  void put_whileTheDiskIsShortOfSpace_isRefusedAndAllElseServed() {
    puts("q", 2);
    server.journal.change(SHORT);
    server.loop();

    assertThat(say("queue.put", "x", "queue", "q"))
        .containsExactly(
            "{\"ok\":false,\"error\":\"busy\","
                + "\"message\":\"nothing new can be kept: short of space\"}");
    assertThat(say("queue.declare", "", "queue", "new"))
        .singleElement()
        .asString()
        .contains("busy");
    assertThat(say("queue.declare", "", "queue", "light", "durable", false))
        .singleElement()
        .asString()
        .contains("\"ok\":true");
    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
    assertThat(say("queue.ack", "", "queue", "q", "msgs", new long[] {1}))
        .containsExactly("{\"ok\":true,\"acked\":1,\"missing\":[]}");
    server.journal.change(Health.WELL);
    server.loop();
    assertThat(say("queue.put", "x", "queue", "q")).singleElement().asString().contains("synced");
  }

  @Test
  void answers_whoseWriteFails_sayThatItIsNotKnown() {
    puts("q", 1);
    send("a", "queue.put", "x", "queue", "q");
    loseAll();

    String unknown =
        "{\"ok\":false,\"error\":\"internal\","
            + "\"message\":\"whether this is kept is not known: a write failed\"}";
    assertThat(texts("a")).containsExactly(unknown);
    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .endsWith("-> m1");
    send("a", "queue.ack", "", "queue", "q", "msgs", new long[] {1});
    assertThat(texts("a")).containsExactly(unknown);
  }

  @Test
  void take_withAutoAckWhoseWriteFails_handsOutNothing() {
    puts("q", 2);
    send("b", "queue.take", "", "queue", "q", "autoAck", true);
    loseAll();

    assertThat(texts("b")).singleElement().asString().contains("internal").endsWith("}");
    send("b", "queue.take", "", "queue", "q", "autoAck", true);
    assertThat(texts("b")).singleElement().asString().contains("\"error\":\"busy\"");
    crash(0);
    assertThat(say("queue.take", "", "queue", "q", "max", 2, "autoAck", true))
        .singleElement()
        .asString()
        .endsWith("-> m1m2");
  }

  @Test
  void take_withAutoAckOfABodyOnDiskWhoseWriteFails_handsOutNothing() {
    server = server(0, Map.of(), Sync.ALWAYS);
    puts("q", 1);
    send("b", "queue.take", "", "queue", "q", "autoAck", true);
    loseAll();
    server.settle();

    assertThat(texts("b")).singleElement().asString().contains("internal").endsWith("}");
  }

  @Test
  void take_ofABodyThatIsOnDiskOnly_bringsItOnceItIsRead() {
    server = server(0, Map.of(), Sync.ALWAYS);
    puts("q", 2);
    send("b", "queue.take", "", "queue", "q", "wait", 0);
    send("b", "queue.take", "", "queue", "q", "wait", 0);
    assertThat(texts("b")).isEmpty();

    server.settle();
    assertThat(texts("b"))
        .extracting(text -> text.substring(text.indexOf("->")))
        .containsExactly("-> m1", "-> m2");
  }

  @Test
  void take_ofABodyThatCannotBeRead_leavesItOut() {
    server = server(0, Map.of(), Sync.ALWAYS);
    puts("q", 2);
    server.journal.damaged = 1;

    assertThat(say("queue.take", "", "queue", "q", "max", 2))
        .singleElement()
        .asString()
        .contains("\"msgs\":[{\"msg\":2,\"attempt\":1}]")
        .endsWith("-> m2");
  }

  @Test
  void take_ofNothingButABodyThatCannotBeRead_isRefused() {
    server = server(0, Map.of(), Sync.ALWAYS);
    puts("q", 1);
    server.journal.damaged = 1;

    assertThat(say("queue.take", "", "queue", "q", "wait", 0))
        .singleElement()
        .asString()
        .contains("internal")
        .contains("cannot be read from disk");
  }

  @Test
  void recover_ofAQueueThatIsConfiguredNotToBeKept_saysWhatToDo() {
    BrokerSettings settings =
        settings(
            0,
            Map.of("q", new Settings(Order.FIFO, 10, 0, false, 60_000, 0, 0, 0, null, 1000)),
            Sync.ALWAYS);
    Broker broker = new Broker(settings, 0);
    puts("q", 1);

    assertThatIllegalStateException()
        .isThrownBy(() -> server.journal.recover(entry -> broker.recover(entry, 0)))
        .withMessageContaining("holds messages of queue q")
        .withMessageContaining("queues.q.durable");
  }

  @Test
  void recover_ofAQueueThatIsConfiguredOtherwise_takesTheConfiguration() {
    say("queue.declare", "", "queue", "q", "capacity", 7);
    server =
        opened(
            new DurableFixture(
                settings(0, Map.of("q", queue(Order.LIFO, 3, null)), Sync.ALWAYS),
                server.journal.kill(0),
                server.now));

    assertThat(say("queue.declare", "", "queue", "q"))
        .singleElement()
        .asString()
        .contains("\"order\":\"lifo\",\"capacity\":10000")
        .contains("\"attempts\":3");
  }

  @Test
  void recover_ofAMessageWhoseQueueIsNotThere_isRefused() {
    Broker broker = new Broker(settings(0, Map.of(), Sync.ALWAYS), 0);
    Entry.Message stray = new Entry.Message(9, 1, false, 0, 0, 0, -1, 0, null, 0, 1, null);

    assertThatIllegalStateException()
        .isThrownBy(() -> broker.recover(stray, 0))
        .withMessageContaining("queue number 9");
  }
}
