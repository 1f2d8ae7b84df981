package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.broker.DurableFixture.Brought;
import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.frame.FrameLimits;
import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Sync;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands again after a restart. */
class RestartTest {
  private static final Settings KEPT =
      new Settings(Order.FIFO, 10, 0, true, 100, 0, 0, 0, null, 1000);
  private static final Settings NOT_KEPT =
      new Settings(Order.FIFO, 10, 0, false, 100, 0, 0, 0, null, 1000);

  private DurableFixture server = server(KEPT, Map.of());

  private static BrokerSettings settings(Settings defaults, Map<String, Settings> queues) {
    return settings(Sync.ALWAYS, defaults, queues);
  }

  private static BrokerSettings settings(
      Sync sync, Settings defaults, Map<String, Settings> queues) {
    return new BrokerSettings(
        "test",
        new FrameLimits(64 * 1024, 4096, ByteOrder.BIG_ENDIAN),
        16,
        1 << 20,
        defaults,
        queues,
        sync,
        100);
  }

  private static DurableFixture server(Settings defaults, Map<String, Settings> queues) {
    return opened(new DurableFixture(settings(defaults, queues)));
  }

  private static DurableFixture opened(DurableFixture server) {
    server.open("a");
    server.settle();
    return server;
  }

  private void restart() {
    restart(KEPT, Map.of());
  }

  /** The process is killed when all is written, and comes up with other settings. */
  private void restart(Settings defaults, Map<String, Settings> queues) {
    server.settle();
    long now = server.now;
    server = new DurableFixture(settings(defaults, queues), server.journal.kill(0), now + 1);
    opened(server);
  }

  private String ask(String op, Object... arguments) {
    return BrokerFixture.text(server.ask("a", op, arguments));
  }

  private void put(String queue, String body, Object... more) {
    server.say(
        "a",
        "queue.put",
        body,
        Stream.concat(Stream.of("queue", queue), Stream.of(more)).toArray());
    server.settle();
    assertThat(server.heard("a").get(0)).contains("synced");
  }

  @Test
  void queue_notDurableByConfigurationOverMessages_stopsTheStart() {
    put("q", "one");
    assertThatThrownBy(() -> restart(KEPT, Map.of("q", NOT_KEPT)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the data directory holds messages of queue q, which the configuration says is not"
                + " durable (queues.q.durable); make it durable, or empty it while it is");
  }

  @Test
  void queue_notDurableByConfigurationAndEmpty_isForgottenWithItsKeys() {
    put("q", "one", "key", "k");
    ask("queue.take", "queue", "q", "autoAck", true);
    restart(KEPT, Map.of("q", NOT_KEPT));
    assertThat(server.journal.disk().queues).isEmpty();
    assertThat(server.journal.disk().keys).isEmpty();
    restart(KEPT, Map.of("q", NOT_KEPT));
    assertThat(ask("queue.declare", "queue", "q")).contains("\"durable\":false");
  }

  @Test
  void queue_configurationNamesItOtherwise_takesThatAndKeepsIt() {
    put("q", "one");
    Settings lifo = new Settings(Order.LIFO, 5, 77, true, 200, 3, 4, 5000, "z", 7);
    restart(KEPT, Map.of("q", lifo));
    String asConfigured =
        "{\"ok\":true,\"queue\":\"q\",\"order\":\"lifo\",\"capacity\":5,\"maxBytes\":77,"
            + "\"durable\":true,\"ttr\":200,\"attempts\":3,\"backoff\":4,\"ttl\":5000,"
            + "\"deadLetter\":\"z\",\"dedup\":7}";
    assertThat(ask("queue.declare", "queue", "q")).isEqualTo(asConfigured);
    assertThat(ask("queue.take", "queue", "q")).endsWith("-> one");
    restart();
    assertThat(ask("queue.declare", "queue", "q")).isEqualTo(asConfigured);
  }

  @Test
  void queue_defaultsHaveADeadLetterSince_keepsItsDeadAsItDid() {
    put("q", "one");
    Settings burying = new Settings(Order.FIFO, 9, 5, true, 100, 0, 0, 0, "z", 1000);
    restart(burying, Map.of());
    assertThat(ask("queue.declare", "queue", "q"))
        .isEqualTo(
            "{\"ok\":true,\"queue\":\"q\",\"order\":\"fifo\",\"capacity\":10,\"maxBytes\":0,"
                + "\"durable\":true,\"ttr\":100,\"attempts\":0,\"backoff\":0,\"ttl\":0,"
                + "\"dedup\":1000}");
  }

  @Test
  void queue_paused_isPausedAfterARestart() {
    put("q", "one");
    ask("queue.pause", "queue", "q");
    restart();
    assertThat(ask("queue.take", "queue", "q", "wait", 0)).contains("queue q is paused");
    ask("queue.resume", "queue", "q");
    restart();
    assertThat(ask("queue.take", "queue", "q")).endsWith("-> one");
  }

  @Test
  void message_wasReady_isReadyThoughTheClockGoesBack() {
    put("q", "one");
    server.now -= 500_000;
    restart();
    assertThat(ask("queue.take", "queue", "q")).endsWith("-> one");
  }

  @Test
  void message_reservedWhenTheProcessDied_isReadyAtItsOldPlace() {
    put("q", "one");
    put("q", "two");
    ask("queue.take", "queue", "q");
    restart();
    assertThat(ask("queue.take", "queue", "q", "max", 2))
        .endsWith("-> onetwo")
        .contains("{\"msg\":1,\"attempt\":1},{\"msg\":2,\"attempt\":1}");
  }

  @Test
  void message_serverStops_keepsItsAttempt() {
    put("q", "one");
    ask("queue.take", "queue", "q");
    server.stop();
    server = opened(new DurableFixture(settings(KEPT, Map.of()), server.journal.reopened(), 1));
    assertThat(ask("queue.take", "queue", "q")).contains("\"attempt\":2");
  }

  @Test
  void token_powerIsCutAndTheClockGoesBack_growsAllTheSame() {
    long first = (Long) server.ask("a", "lock.acquire", "lock", "l").header().get("token");
    server = opened(new DurableFixture(settings(KEPT, Map.of()), server.journal.crash(0), 1));
    assertThat((Long) server.ask("a", "lock.acquire", "lock", "l").header().get("token"))
        .isGreaterThan(first);
  }

  @Test
  void messageId_ofAQueueThatIsNotKept_neverComesAgain() {
    server = server(NOT_KEPT, Map.of());
    long first = (Long) server.ask("a", "queue.put", "queue", "q").header().get("msg");
    server = opened(new DurableFixture(settings(NOT_KEPT, Map.of()), server.journal.crash(0), 1));
    assertThat((Long) server.ask("a", "queue.put", "queue", "q").header().get("msg"))
        .isGreaterThan(first);
  }

  @Test
  void declare_ofAQueueThatATakeMade_isKeptOnceAnswered() {
    ask("queue.take", "queue", "q", "wait", 0);
    ask("queue.declare", "queue", "q");
    server = opened(new DurableFixture(settings(KEPT, Map.of()), server.journal.crash(0), 1));
    assertThat(ask("queue.stats", "queue", "q")).contains("\"ok\":true");
  }

  @Test
  void turn_thatChangesNothing_writesNothing() {
    put("q", "one");
    server.settle();
    int before = server.journal.batches.size();
    ask("queue.take", "queue", "q");
    ask("queue.touch", "queue", "q", "msgs", new long[] {1});
    ask("queue.stats", "queue", "q");
    ask("queue.ack", "queue", "q", "msgs", new long[] {9});
    ask("ping");
    assertThat(server.journal.batches).hasSize(before);
  }

  @Test
  void turn_ofSeveralRequests_isOneWrite() {
    server.turn(
        BrokerFixture.arrival(
            "a",
            BrokerFixture.request(1, "queue.put", BrokerFixture.body(1), "queue", "q"),
            BrokerFixture.request(2, "queue.put", BrokerFixture.body(1), "queue", "r")));
    SlowJournal.Batch last = server.journal.batches.get(server.journal.batches.size() - 1);
    assertThat(last.force()).isTrue();
    assertThat(last.entries().stream().filter(Entry.Message.class::isInstance)).hasSize(2);
  }

  @Test
  void deadLetter_inAnotherQueue_isOneWriteAndKeepsTheBody() {
    Settings burying = new Settings(Order.FIFO, 9, 0, true, 100, 1, 0, 0, "z", 1000);
    server = server(KEPT, Map.of("q", burying));
    put("q", "one");
    ask("queue.take", "queue", "q");
    ask("queue.nack", "queue", "q", "msgs", new long[] {1});
    List<Entry> last = server.journal.batches.get(server.journal.batches.size() - 1).entries();
    assertThat(last.stream().filter(Entry.Message.class::isInstance)).hasSize(1);
    assertThat(last.stream().filter(Entry.MessageGone.class::isInstance)).hasSize(1);
    restart(KEPT, Map.of("q", burying));
    assertThat(ask("queue.take", "queue", "z")).endsWith("-> one");
  }

  @Test
  void deadLetter_inAQueueThatIsNotKept_leavesNoBodyBehind() {
    Settings burying = new Settings(Order.FIFO, 9, 0, true, 100, 1, 0, 0, "v", 1000);
    Map<String, Settings> queues = Map.of("q", burying, "v", NOT_KEPT);
    server = server(KEPT, queues);
    put("q", "one");
    bury("q");
    assertThat(server.journal.disk().bodies).hasSize(1);
    restart(KEPT, queues);
    assertThat(server.journal.disk().bodies).isEmpty();
    assertThat(server.journal.disk().lent).isEmpty();
  }

  @Test
  void deadLetter_passedOnFromAQueueThatIsNotKept_keepsItsBody() {
    Settings burying = new Settings(Order.FIFO, 9, 0, true, 100, 1, 0, 0, "v", 1000);
    Settings passing = new Settings(Order.FIFO, 9, 0, false, 100, 1, 0, 0, "w", 1000);
    Settings grave = new Settings(Order.FIFO, 9, 0, false, 100, 1, 0, 0, "z", 1000);
    Map<String, Settings> queues = Map.of("q", burying, "v", passing, "w", grave);
    server = server(KEPT, queues);
    put("q", "one");
    bury("q");
    bury("v");
    assertThat(server.journal.disk().lent).hasSize(1);
    bury("w");
    assertThat(server.journal.disk().lent).isEmpty();
    restart(KEPT, queues);
    assertThat(ask("queue.take", "queue", "z")).endsWith("-> one");
  }

  @Test
  void deadLetter_inAQueueThatIsNotKeptWhenTheServerStops_leavesItsBodyToTheNextStart() {
    Settings burying = new Settings(Order.FIFO, 9, 0, true, 100, 1, 0, 0, "v", 1000);
    server = server(KEPT, Map.of("q", burying, "v", NOT_KEPT));
    put("q", "one");
    bury("q");
    server.stop();
    server = opened(new DurableFixture(settings(KEPT, Map.of()), server.journal.reopened(), 1));
    assertThat(server.journal.disk().bodies).isEmpty();
  }

  /** The only message of a queue dies. */
  private void bury(String queue) {
    Brought message = DurableFixture.brought(server.ask("a", "queue.take", "queue", queue)).get(0);
    ask("queue.nack", "queue", queue, "msgs", new long[] {message.msg()});
    server.settle();
  }

  @Test
  void put_inEachWayOfForcing_saysHowSafeItIs() {
    for (Sync sync : Sync.values()) {
      server = opened(new DurableFixture(settings(sync, KEPT, Map.of("v", NOT_KEPT))));
      String safe = sync == Sync.ALWAYS ? "synced" : "memory";
      assertThat(ask("queue.put", "queue", "q")).contains("\"durable\":\"" + safe + "\"");
      assertThat(ask("queue.put", "queue", "v")).contains("\"durable\":\"memory\"");
      assertThat(ask("queue.put", "queue", "q", "sizes", new long[] {0, 0}))
          .contains("\"durable\":\"" + safe + "\"");
      assertThat(ask("server.info"))
          .contains("\"journal\":\"" + sync.name().toLowerCase(java.util.Locale.ROOT) + "\"");
    }
    BrokerFixture off = new BrokerFixture();
    off.open("a");
    assertThat(off.say("a", "queue.put", "", "queue", "q").get(0)).contains("memory");
    assertThat(off.say("a", "server.info", "").get(0)).contains("\"journal\":\"off\"");
  }

  @Test
  void info_afterPutsThatGathered_countsOneForce() {
    long before = (long) forces();
    server.say("a", "queue.put", "one", "queue", "q");
    server.say("a", "queue.put", "two", "queue", "q");
    assertThat(server.journal.isIdle()).as("nothing is forced yet").isFalse();
    server.settle();
    assertThat(forces()).isEqualTo(before + 1);
  }

  private Object forces() {
    return server.ask("a", "server.info").header().get("forces");
  }

  @Test
  void put_journalIsNotWell_isRefusedAndAllElseServed() {
    server = server(KEPT, Map.of("v", NOT_KEPT));
    put("q", "one");
    put("q", "two");
    for (Health.State state :
        List.of(Health.State.SPACE_SHORT, Health.State.WRITE_FAILED, Health.State.FORCE_FAILED)) {
      server.journal.change(new Health(state, "the disk is " + state));
      server.settle();
      assertThat(ask("queue.put", "queue", "q"))
          .contains("\"error\":\"busy\"", "nothing new can be kept: the disk is " + state);
      assertThat(ask("queue.declare", "queue", "new")).contains("\"error\":\"busy\"");
      assertThat(ask("queue.declare", "queue", "v")).contains("\"ok\":true");
      assertThat(ask("queue.put", "queue", "v")).contains("\"ok\":true");
      assertThat(ask("queue.take", "queue", "q")).endsWith("-> one");
      assertThat(ask("queue.nack", "queue", "q", "msgs", new long[] {1}))
          .contains(state == Health.State.SPACE_SHORT ? "\"nacked\":1" : "\"error\":\"internal\"");
      assertThat(ask("lock.acquire", "lock", "l" + state)).contains("\"ok\":true");
      assertThat(ask("server.info")).contains("\"health\":\"the disk is " + state + "\"");
    }
  }

  @Test
  void journal_isWellAgain_takesPutsAgain() {
    server.journal.change(new Health(Health.State.SPACE_SHORT, "short"));
    server.settle();
    assertThat(ask("queue.put", "queue", "q")).contains("busy");
    server.journal.change(Health.WELL);
    server.settle();
    put("q", "one");
    assertThat(ask("server.info")).contains("\"health\":\"ok\"");
  }
}
