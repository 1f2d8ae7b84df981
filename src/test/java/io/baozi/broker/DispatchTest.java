package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.bus.Arrival;
import io.baozi.frame.FrameLimits;
import io.baozi.journal.Health;
import io.baozi.journal.Sync;
import io.baozi.message.Reply;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which answers wait for the disk, for how long, and in which order they leave. */
class DispatchTest {
  /** No body stays in memory that is on disk too. */
  private static final long NO_BODIES = 0;

  private final DurableFixture server = new DurableFixture(settings());

  private static BrokerSettings settings() {
    return new BrokerSettings(
        "test",
        new FrameLimits(64 * 1024, 4096, ByteOrder.BIG_ENDIAN),
        16,
        1 << 20,
        new Settings(Order.FIFO, 10, 0, true, 100, 0, 0, 0, null, 1000),
        Map.of("v", new Settings(Order.FIFO, 10, 0, false, 100, 0, 0, 0, null, 1000)),
        Sync.ALWAYS,
        NO_BODIES);
  }

  @BeforeEach
  void open() {
    server.open("a", "b");
    server.settle();
  }

  private void send(String connection, long id, String op, String body, Object... arguments) {
    server.turn(
        BrokerFixture.arrival(
            connection,
            BrokerFixture.request(id, op, io.vertx.core.buffer.Buffer.buffer(body), arguments)));
    server.loop();
  }

  private void put(String body) {
    send("a", 900, "queue.put", body, "queue", "q");
    server.settle();
    server.sent();
  }

  /** The ids of what has left for a connection by now; 0 for a push. */
  private List<Long> left(String connection) {
    return server.sent().stream()
        .filter(sent -> sent.connection().equals(connection))
        .map(sent -> sent.reply().id())
        .toList();
  }

  private Object memory() {
    return server.ask("b", "server.info").header().get("memory");
  }

  @Test
  void put_notKeptYet_isAnsweredWhenItIs() {
    send("a", 1, "queue.put", "one", "queue", "q");
    assertThat(left("a")).isEmpty();
    server.settle();
    assertThat(left("a")).containsExactly(1L);
  }

  @Test
  void answers_thatPromiseNothing_leaveWhileAPutWaits() {
    send("a", 1, "queue.put", "one", "queue", "q");
    send("a", 2, "ping", "");
    send("a", 3, "lock.acquire", "", "lock", "l");
    send("a", 4, "queue.put", "", "queue", "v");
    send("a", 5, "queue.take", "", "queue", "q");
    send("a", 6, "queue.touch", "", "queue", "q", "msgs", new long[] {1});
    send("a", 7, "queue.stats", "", "queue", "q");
    assertThat(left("a")).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    server.settle();
    assertThat(left("a")).containsExactly(1L);
  }

  @Test
  void answers_thatPromise_leaveInTheirOrder() {
    put("one");
    put("two");
    send("a", 1, "queue.put", "one", "queue", "q");
    send("a", 2, "queue.take", "", "queue", "v", "wait", 0);
    send("a", 3, "queue.declare", "", "queue", "q");
    send("a", 4, "queue.pause", "", "queue", "q");
    send("a", 5, "queue.resume", "", "queue", "q");
    send("a", 6, "queue.purge", "", "queue", "q");
    send("a", 7, "queue.redrive", "", "queue", "q");
    send("a", 8, "queue.delete", "", "queue", "q");
    assertThat(left("a")).containsExactly(2L);
    server.settle();
    assertThat(left("a")).containsExactly(1L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void acksAndNacks_notKeptYet_areAnsweredWhenTheyAre() {
    put("one");
    put("two");
    send("a", 1, "queue.take", "", "queue", "q", "max", 2);
    server.settle();
    server.sent();
    send("a", 2, "queue.ack", "", "queue", "q", "msgs", new long[] {1});
    send("a", 3, "queue.nack", "", "queue", "q", "msgs", new long[] {2});
    assertThat(left("a")).isEmpty();
    server.settle();
    assertThat(left("a")).containsExactly(2L, 3L);
  }

  @Test
  void autoAck_notKeptYet_bringsItsMessageWhenItIs() {
    put("one");
    send("a", 1, "queue.take", "", "queue", "q", "autoAck", true);
    server.journal.read();
    server.loop();
    assertThat(left("a")).isEmpty();
    server.settle();
    assertThat(server.heard("a").toString()).endsWith("-> one]");
  }

  @Test
  void messages_bodyIsOnDiskOnly_stayInTheirOrder() {
    put("one");
    send("a", 1, "queue.take", "", "queue", "q");
    send("b", 2, "queue.put", "x", "queue", "v");
    send("a", 3, "queue.take", "", "queue", "v");
    send("a", 4, "ping", "");
    assertThat(left("a")).containsExactly(4L);
    server.journal.read();
    server.loop();
    assertThat(left("a")).containsExactly(1L, 3L);
  }

  @Test
  void connection_ends_hearsItsLastWordWhenAllHasLeft() {
    send("a", 1, "queue.put", "one", "queue", "q");
    server.turn(new Arrival.Closed("a"));
    server.loop();
    assertThat(server.ended()).isEmpty();
    server.settle();
    assertThat(left("a")).containsExactly(1L);
    assertThat(server.ended()).containsExactly("a");
  }

  @Test
  void connection_saysByeWhileNothingWaits_hearsItsLastWordAtOnce() {
    send("a", 1, "bye", "");
    assertThat(left("a")).containsExactly(1L);
    assertThat(server.ended()).containsExactly("a");
  }

  @Test
  void body_cannotBeRead_isLeftOutAndItsMessageComesBack() {
    put("one");
    put("two");
    server.journal.damaged = 1;
    Reply reply = server.ask("a", "queue.take", "queue", "q", "max", 2);
    assertThat(BrokerFixture.text(reply)).contains("[{\"msg\":2,\"attempt\":1}]").endsWith("two");
    server.pass(100);
    reply = server.ask("a", "queue.take", "queue", "q");
    assertThat(BrokerFixture.text(reply)).contains("internal", "cannot be read from disk");
    assertThat(memory()).isNotNull();
  }

  @Test
  void write_fails_answersThatWaitedSayThatItIsNotKnown() {
    put("one");
    send("a", 1, "queue.take", "", "queue", "q");
    server.settle();
    server.sent();
    server.journal.fails(Health.State.WRITE_FAILED);
    send("a", 2, "queue.ack", "", "queue", "q", "msgs", new long[] {1});
    send("a", 3, "queue.put", "two", "queue", "q");
    server.settle();
    assertThat(server.heard("a"))
        .hasSize(2)
        .allMatch(text -> text.contains("\"error\":\"internal\""))
        .allMatch(text -> text.contains("whether this is kept is not known: a write failed"));
    send("a", 4, "queue.take", "", "queue", "q");
    assertThat(server.heard("a").toString()).endsWith("-> two]");
    send("a", 5, "queue.nack", "", "queue", "q", "msgs", new long[] {2});
    assertThat(server.heard("a").toString()).contains("internal");
  }

  @Test
  void write_succeedsAgain_answersWaitAgainAndAllIsKept() {
    put("one");
    server.journal.fails(Health.State.WRITE_FAILED);
    send("a", 1, "queue.put", "two", "queue", "q");
    server.settle();
    server.sent();
    server.journal.mends();
    server.loop();
    send("a", 2, "queue.put", "three", "queue", "q");
    assertThat(left("a")).isEmpty();
    server.settle();
    assertThat(left("a")).containsExactly(2L);
    assertThat(server.journal.disk().messages).hasSize(3);
    send("a", 3, "queue.take", "", "queue", "q", "max", 3);
    server.settle();
    assertThat(server.heard("a").toString()).endsWith("-> onetwothree]");
  }

  @Test
  void force_fails_answersThatWaitedSayThatItIsNotKnown() {
    server.journal.fails(Health.State.FORCE_FAILED);
    send("a", 1, "queue.put", "one", "queue", "q");
    server.settle();
    assertThat(server.heard("a").toString())
        .contains("whether this is kept is not known: a force failed");
    send("a", 2, "queue.put", "two", "queue", "q");
    assertThat(server.heard("a").toString()).contains("busy", "a force failed");
  }

  @Test
  void autoAck_writeFails_bringsNoMessageThatMayComeAgain() {
    put("one");
    server.journal.fails(Health.State.WRITE_FAILED);
    send("a", 1, "queue.take", "", "queue", "q", "autoAck", true);
    server.settle();
    assertThat(server.heard("a").toString())
        .contains("whether this is kept is not known: a write failed")
        .doesNotContain("one");
  }

  @Test
  void answer_askedForAgainBeforeItIsKept_leavesWhenItIsAndTakesNoMemory() {
    send("a", 1, "hello", "", "grace", 1000);
    Object before = memory();
    put("one");
    server.sent();
    send("a", 2, "queue.take", "", "queue", "q", "autoAck", true);
    server.journal.read();
    server.loop();
    send("a", 2, "queue.take", "", "queue", "q", "autoAck", true, "again", true);
    assertThat(left("a")).isEmpty();
    server.settle();
    assertThat(server.heard("a")).hasSize(2).allMatch(text -> text.endsWith("-> one"));
    send("a", 3, "queue.delete", "", "queue", "q");
    server.settle();
    send("a", 4, "hello", "", "grace", 0);
    server.turn(new Arrival.Closed("a"));
    server.settle();
    server.open("c");
    Object after = memory();
    assertThat((Long) before - (Long) after).isEqualTo(1024);
  }

  @Test
  void put_waitingForRoomWhenTheDiskFails_isRefusedAsOneThatComesThen() {
    fillUp();
    send("b", 2, "queue.put", "eleventh", "queue", "q");
    server.journal.change(new Health(Health.State.WRITE_FAILED, "a write failed"));
    send("a", 3, "queue.take", "", "queue", "q");
    server.settle();
    server.sent();
    send("a", 4, "queue.ack", "", "queue", "q", "msgs", new long[] {1});
    server.settle();

    List<String> refused = server.heard("b");
    send("b", 5, "queue.put", "twelfth", "queue", "q");
    assertThat(refused)
        .containsExactly(
            "{\"ok\":false,\"error\":\"busy\","
                + "\"message\":\"nothing new can be kept: a write failed\"}")
        .isEqualTo(server.heard("b"));
    assertThat(BrokerFixture.text(server.ask("b", "queue.stats", "queue", "q")))
        .contains("\"ready\":9");
  }

  @Test
  void put_waitingForRoomWhenTheDiskIsWellAgain_isLetIn() {
    fillUp();
    send("b", 2, "queue.put", "eleventh", "queue", "q");
    server.journal.change(new Health(Health.State.SPACE_SHORT, "little space"));
    server.settle();
    server.journal.change(Health.WELL);
    server.loop();
    send("a", 3, "queue.take", "", "queue", "q", "autoAck", true);
    server.settle();

    assertThat(server.heard("b")).singleElement().asString().contains("synced");
  }

  @Test
  void put_waitingAtAQueueThatIsNotKeptWhenTheDiskFails_isLetIn() {
    for (int i = 0; i < 11; i++) {
      send("a", i + 1, "queue.put", "x", "queue", "v");
    }
    server.sent();
    server.journal.change(new Health(Health.State.WRITE_FAILED, "a write failed"));
    server.loop();
    send("b", 20, "queue.take", "", "queue", "v", "autoAck", true);

    assertThat(server.heard("a")).singleElement().asString().contains("\"msg\":");
  }

  @Test
  void take_withAutoAckThatWaitsWhenTheDiskFails_isRefusedAndLeavesTheMessage() {
    put("one");
    send("a", 2, "queue.take", "", "queue", "q");
    send("b", 3, "queue.take", "", "queue", "q", "autoAck", true);
    server.settle();
    server.sent();
    server.journal.change(new Health(Health.State.WRITE_FAILED, "a write failed"));
    server.loop();
    send("a", 4, "queue.nack", "", "queue", "q", "msgs", new long[] {1});
    server.settle();

    assertThat(server.heard("b"))
        .containsExactly(
            "{\"ok\":false,\"error\":\"busy\","
                + "\"message\":\"no message can be removed by a take: a write failed\"}");
    assertThat(BrokerFixture.text(server.ask("b", "queue.take", "queue", "q"))).endsWith("-> one");
  }

  private void fillUp() {
    for (int i = 0; i < 10; i++) {
      put("x");
    }
  }
}
