package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.bus.Arrival;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Json;
import io.baozi.message.Reply;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operations on whole queues, and the subscriptions to them, as clients see them. */
final class QueueOperationsTest {
  private static final String OK = "{\"ok\":true}";

  private final BrokerFixture broker = new BrokerFixture();

  @BeforeEach
  void open() {
    broker.open("ann", "bob");
  }

  @Test
  void declare_newQueue_isMadeWithWhatIsNamedAndTheDefaults() {
    assertThat(say("queue.declare", "order", "lifo", "capacity", 7, "attempts", 2, "backoff", 5))
        .containsExactly(
            "{\"ok\":true,\"queue\":\"q\",\"order\":\"lifo\",\"capacity\":7,\"maxBytes\":0,"
                + "\"durable\":true,\"ttr\":100,\"attempts\":2,\"backoff\":5,\"ttl\":0,"
                + "\"dedup\":120000}");
  }

  @Test
  void declare_standingQueueOtherwise_isAConflictThatNamesBoth() {
    say("queue.declare", "capacity", 7);
    assertThat(say("queue.declare", "capacity", 7, "ttr", 100).get(0)).contains("\"ok\":true");
    assertThat(say("queue.declare", "order", "fifo").get(0)).contains("\"ok\":true");
    assertThat(say("queue.declare", "capacity", 8).get(0))
        .contains("\"conflict\"", "queue q stands with capacity 7, not 8");
    assertThat(say("queue.declare", "deadLetter", "d").get(0))
        .contains("\"conflict\"", "deadLetter not set, not d");
    assertThat(say("queue.declare", "durable", false).get(0)).contains("\"conflict\"", "durable");
  }

  @Test
  void declare_queueOfTheConfiguration_standsFromTheStart() {
    assertThat(broker.say("ann", "queue.declare", "", "queue", "one", "capacity", 2).get(0))
        .contains("\"conflict\"");
    assertThat(broker.say("ann", "queue.stats", "", "queue", "one").get(0))
        .contains("\"capacity\":1");
  }

  @ParameterizedTest
  @CsvSource({
    "capacity,0",
    "capacity,-1",
    "capacity,100000001",
    "ttr,0",
    "ttr,-5",
    "ttr,604800001",
    "attempts,-1",
    "attempts,1000001",
    "backoff,-1",
    "backoff,3600001",
    "ttl,-1",
    "ttl,31536000001",
    "dedup,-1",
    "dedup,604800001"
  })
  void declare_settingOutOfRange_isBadRequestThatNamesItAndTheRange(String setting, long value) {
    assertThat(say("queue.declare", setting, value).get(0))
        .contains("\"bad_request\"", setting + " is " + value + ", allowed is an integer from");
    assertThat(say("queue.stats").get(0)).contains("not_found");
  }

  @ParameterizedTest
  @CsvSource({"capacity", "ttr", "attempts", "backoff", "ttl", "dedup"})
  void declare_settingOfAnotherType_isBadRequest(String setting) {
    for (Object value : List.of("5", Json.of(1.5), Json.of(List.of("x")), true)) {
      assertThat(say("queue.declare", setting, value).get(0))
          .contains("\"bad_request\"", setting + " is ");
    }
  }

  @Test
  void declare_orderOrDeadLetterThatCannotBe_isBadRequest() {
    assertThat(say("queue.declare", "order", "random").get(0))
        .contains("\"bad_request\"", "fifo, lifo and priority");
    assertThat(say("queue.declare", "order", 1).get(0)).contains("\"bad_request\"");
    assertThat(say("queue.declare", "deadLetter", "q").get(0))
        .contains("\"bad_request\"", "the queue itself");
    assertThat(say("queue.declare", "deadLetter", "").get(0)).contains("\"bad_request\"");
    assertThat(say("queue.declare", "durable", 1).get(0)).contains("\"bad_request\"");
  }

  @ParameterizedTest
  @CsvSource({
    "priority,9007199254740992",
    "delay,-1",
    "delay,31536000001",
    "ttl,-1",
    "wait,-1",
    "wait,31536000001"
  })
  void put_termOutOfRange_isBadRequest(String term, long value) {
    assertThat(put("x", term, value).get(0)).contains("\"bad_request\"", term + " is " + value);
  }

  @Test
  void put_termOfAnotherType_isBadRequest() {
    for (String term : List.of("priority", "delay", "ttl", "wait")) {
      assertThat(put("x", term, "5").get(0)).contains("\"bad_request\"", term + " is \\\"5\\\"");
      assertThat(put("x", term, Json.of(0.5)).get(0)).contains("\"bad_request\"", term + " is 0.5");
    }
  }

  @Test
  void put_keysThatDoNotFit_areBadRequest() {
    Json two = Json.of(List.of("a", "b"));
    assertThat(put("x", "keys", two).get(0)).contains("\"bad_request\"", "keys go with sizes");
    assertThat(put("x", "sizes", ids(1), "key", "k").get(0)).contains("\"bad_request\"", "key");
    assertThat(put("x", "sizes", ids(1), "keys", two).get(0))
        .contains("\"bad_request\"", "keys has 2 elements, sizes has 1");
    assertThat(put("x", "sizes", ids(1), "keys", ids(5)).get(0))
        .contains("\"bad_request\"", "keys[0] is 5");
    assertThat(put("x", "sizes", ids(1), "keys", "k").get(0)).contains("\"bad_request\"", "keys");
    assertThat(put("x", "key", "").get(0)).contains("\"bad_request\"", "key has 0 characters");
    assertThat(put("x", "key", "k".repeat(256)).get(0)).contains("\"bad_request\"", "256");
    assertThat(put("x", "key", 5).get(0)).contains("\"bad_request\"", "key is 5");
  }

  @Test
  void take_severalQueues_comesFromTheFirstThatHasSomething() {
    broker.say("ann", "queue.put", "b", "queue", "b");
    broker.say("ann", "queue.put", "c", "queue", "c");
    Json all = Json.of(List.of("a", "b", "c", "b"));
    assertThat(broker.say("ann", "queue.take", "", "queues", all).get(0))
        .startsWith("{\"ok\":true,\"queue\":\"b\"");
    assertThat(broker.say("ann", "queue.take", "", "queues", all).get(0))
        .startsWith("{\"ok\":true,\"queue\":\"c\"");
    assertThat(broker.say("ann", "queue.take", "", "queues", all, "wait", 0).get(0))
        .contains("\"empty\"", "none of the 3 queues");
    assertThat(broker.say("bob", "queue.take", "", "queues", all)).isEmpty();
    Turn turn =
        broker.turn(
            BrokerFixture.arrival("ann", BrokerFixture.request(1, "queue.put", "queue", "a")));
    assertThat(BrokerFixture.replies(turn, "bob").get(0).header().text("queue")).isEqualTo("a");
    assertThat(stat("a", "waitingTakes")).isZero();
    assertThat(stat("b", "waitingTakes")).isZero();
  }

  @Test
  void take_queuesThatCannotBe_isBadRequest() {
    assertThat(broker.say("ann", "queue.take", "", "queues", Json.of(List.of())).get(0))
        .contains("\"bad_request\"", "queues is empty");
    assertThat(broker.say("ann", "queue.take", "", "queues", "a").get(0))
        .contains("\"bad_request\"", "queues is \\\"a\\\"");
    assertThat(broker.say("ann", "queue.take", "", "queues", Json.of(List.of("a", ""))).get(0))
        .contains("\"bad_request\"", "queues[1]");
    assertThat(broker.say("ann", "queue.take", "", "queues", ids(1)).get(0))
        .contains("\"bad_request\"", "queues[0] is 1");
    assertThat(
            broker
                .say("ann", "queue.take", "", "queue", "a", "queues", Json.of(List.of("b")))
                .get(0))
        .contains("\"bad_request\"", "both");
    Json many = Json.of(java.util.stream.IntStream.range(0, 65).mapToObj(i -> "q" + i).toList());
    assertThat(broker.say("ann", "queue.take", "", "queues", many).get(0))
        .contains("\"bad_request\"", "65");
  }

  @Test
  void take_waitsAtAQueueThatIsDeleted_isNotFound() {
    broker.say("ann", "queue.take", "", "queues", Json.of(List.of("a", "b")));
    Turn turn = turn("bob", "queue.delete", "queue", "b");
    assertThat(text(turn, "ann").get(0)).contains("\"not_found\"", "queue b was deleted");
    assertThat(stat("a", "waitingTakes")).isZero();
  }

  @Test
  void consume_messages_arePushedAsFarAsTheCreditGoes() {
    assertThat(say("queue.consume", "credit", 2)).containsExactly("{\"ok\":true,\"sub\":1}");
    assertThat(text(put("bob", "a"), "ann"))
        .containsExactly(
            "{\"op\":\"queue.message\",\"sub\":1,\"queue\":\"q\",\"msgs\":"
                + "[{\"msg\":1,\"attempt\":1}],\"sizes\":[1]} -> a");
    Turn turn =
        broker.turn(
            BrokerFixture.arrival(
                "bob",
                BrokerFixture.request(1, "queue.put", Buffer.buffer("b"), "queue", "q"),
                BrokerFixture.request(2, "queue.put", Buffer.buffer("c"), "queue", "q")));
    assertThat(text(turn, "ann"))
        .singleElement()
        .asString()
        .endsWith("[{\"msg\":2,\"attempt\":1}],\"sizes\":[1]} -> b");
    assertThat(say("queue.ack", "msgs", ids(1)))
        .hasSize(2)
        .last()
        .asString()
        .contains("\"msg\":3")
        .endsWith(" -> c");
    assertThat(stat("q", "consumers")).isEqualTo(1);
  }

  @Test
  void consume_whatIsThereAlready_comesInOneFrameBehindTheAnswer() {
    put("a");
    put("b");
    assertThat(say("queue.consume", "credit", 9))
        .containsExactly(
            "{\"ok\":true,\"sub\":1}",
            "{\"op\":\"queue.message\",\"sub\":1,\"queue\":\"q\",\"msgs\":["
                + "{\"msg\":1,\"attempt\":1},{\"msg\":2,\"attempt\":1}],\"sizes\":[1,1]} -> ab");
  }

  @Test
  void consume_severalConsumersAndATake_areServedInTurn() {
    say("queue.declare", "capacity", 10);
    say("queue.consume", "credit", 9);
    broker.say("bob", "queue.consume", "", "queue", "q", "credit", 9);
    broker.say("bob", "queue.take", "", "queue", "q");
    List<String> ann = new ArrayList<>();
    List<String> bob = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      Turn turn =
          broker.turn(
              BrokerFixture.arrival("cat", BrokerFixture.request(i, "ping")),
              BrokerFixture.arrival(
                  "ann",
                  BrokerFixture.request(i, "queue.put", Buffer.buffer("" + i), "queue", "q")));
      BrokerFixture.replies(turn, "ann").stream()
          .filter(Reply::isPush)
          .forEach(push -> ann.add(push.body().toString()));
      BrokerFixture.replies(turn, "bob").forEach(reply -> bob.add(reply.body().toString()));
    }
    assertThat(ann).containsExactly("1", "4");
    assertThat(bob).containsExactly("2", "3", "5");
  }

  @Test
  void consume_sessionEnds_givesAllBackToTheOthersAndSubscribesNoMore() {
    say("queue.consume", "credit", 9);
    put("a");
    put("b");
    broker.say("bob", "queue.consume", "", "queue", "q", "credit", 9);
    Turn turn = broker.turn(new Arrival.Closed("ann"));
    assertThat(text(turn, "bob"))
        .singleElement()
        .asString()
        .contains("{\"msg\":1,\"attempt\":2},{\"msg\":2,\"attempt\":2}");
    assertThat(statBy("bob", "q", "consumers")).isEqualTo(1);
  }

  @Test
  void consume_reservationRunsOut_isPushedAgain() {
    say("queue.consume", "credit", 1, "ttr", 10);
    put("a");
    assertThat(broker.after(10, "ann")).singleElement().asString().contains("\"attempt\":2");
  }

  @Test
  void consume_withoutACreditThatCanBe_isBadRequest() {
    assertThat(say("queue.consume").get(0)).contains("\"bad_request\"", "credit is missing");
    for (Object credit : List.of(0, -1, 1_000_001, "5", Json.of(1.5))) {
      assertThat(say("queue.consume", "credit", credit).get(0))
          .contains("\"bad_request\"", "credit is ");
    }
    assertThat(say("queue.stats").get(0)).contains("not_found");
  }

  @Test
  void consume_peerThatDoesNotRead_isPushedNoMoreUntilItDoes() {
    say("queue.declare", "capacity", 100);
    say("queue.consume", "credit", 50);
    for (int i = 0; i < 5; i++) {
      put("x".repeat(400));
    }
    assertThat(stat("q", "reserved")).isEqualTo(2);
    assertThat(broker.written("ann", 592)).isTrue();
    assertThat(BrokerFixture.replies(broker.turn(), "ann")).hasSize(1);
    assertThat(stat("q", "reserved")).isEqualTo(3);
  }

  @Test
  void consume_peerThatDoesNotReadMessagesWithoutBodies_isPushedNoMoreEither() {
    say("queue.declare", "capacity", 100);
    say("queue.consume", "credit", 1, "ttr", 1);
    say("queue.put", "headers", Json.of(Map.of("fill", "x".repeat(400))));
    for (int i = 0; i < 9; i++) {
      broker.after(1, "ann");
    }
    assertThat(stat("q", "takes")).isEqualTo(2);
  }

  @Test
  void consume_peerThatReadsAllAlong_needsNoTurnForThat() {
    say("queue.consume", "credit", 50);
    put("x".repeat(400));
    assertThat(broker.written("ann", 592)).isFalse();
  }

  @Test
  void consume_noBodiesAllowed_isPushedWhatHasNone() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(1 << 20, 65536, 0, 3));
    small.open("ann");
    small.say("ann", "queue.consume", "", "queue", "q", "credit", 1);
    assertThat(small.say("ann", "queue.put", "", "queue", "q")).hasSize(2);
  }

  @Test
  void cancel_subscription_endsThePushesAndKeepsWhatIsReserved() {
    say("queue.consume", "credit", 5);
    put("a");
    assertThat(broker.say("ann", "queue.cancel", "", "sub", 1)).containsExactly(OK);
    assertThat(put("b")).hasSize(1);
    assertThat(say("queue.ack", "msgs", ids(1)).get(0)).contains("\"acked\":1");
    assertThat(stat("q", "consumers")).isZero();
    assertThat(broker.say("ann", "queue.cancel", "", "sub", 1).get(0)).contains("\"not_found\"");
    assertThat(broker.say("ann", "queue.cancel", "").get(0))
        .contains("\"bad_request\"", "sub is missing");
  }

  @Test
  void cancel_messagesOfTheSameTurn_arePushedBeforeTheAnswer() {
    Turn turn =
        broker.turn(
            BrokerFixture.arrival(
                "ann",
                BrokerFixture.request(1, "queue.consume", "queue", "q", "credit", 5),
                BrokerFixture.request(2, "queue.put", Buffer.buffer("a"), "queue", "q"),
                BrokerFixture.request(3, "queue.cancel", "sub", 1)));
    assertThat(BrokerFixture.replies(turn, "ann"))
        .extracting(reply -> reply.isPush() ? "push" : Long.toString(reply.id()))
        .containsExactly("1", "2", "push", "3");
  }

  @Test
  void drain_consumer_mayStillSayWhatItHasDoneAndGetsNoMore() {
    say("queue.declare", "capacity", 10);
    for (String body : List.of("a", "b", "c")) {
      put(body);
    }
    say("queue.consume", "credit", 2);
    broker.drain();
    assertThat(say("queue.ack", "msgs", ids(1)))
        .containsExactly("{\"ok\":true,\"acked\":1,\"missing\":[]}");
    assertThat(say("queue.nack", "msgs", ids(2)))
        .containsExactly("{\"ok\":true,\"nacked\":1,\"missing\":[]}");
    assertThat(say("queue.touch", "msgs", ids(3)).get(0)).contains("\"missing\":[3]");
    assertThat(say("queue.take").get(0)).contains("\"shutting_down\"");
  }

  @Test
  void delete_queueInUse_tellsAllWhoWaitAndForgetsEverything() {
    broker.say("ann", "queue.put", "a", "queue", "one", "key", "k");
    broker.say("ann", "queue.take", "", "queue", "one");
    broker.say("ann", "queue.put", "b", "queue", "one");
    broker.say("ann", "queue.take", "", "queue", "one");
    broker.say("ann", "queue.join", "", "queue", "one");
    broker.say("ann", "queue.consume", "", "queue", "one", "credit", 1);
    Turn turn = turn("bob", "queue.delete", "queue", "one");
    assertThat(text(turn, "ann"))
        .hasSize(4)
        .anyMatch("{\"op\":\"queue.cancelled\",\"sub\":1}"::equals)
        .filteredOn(frame -> frame.contains("\"not_found\""))
        .hasSize(3);
    assertThat(text(turn, "bob")).containsExactly(OK);
    assertThat(broker.say("ann", "queue.ack", "", "queue", "one", "msgs", ids(1)).get(0))
        .contains("\"not_found\"");
    assertThat(broker.say("ann", "queue.put", "c", "queue", "one", "key", "k").get(0))
        .contains("\"msg\":2");
  }

  @Test
  void join_queueInUse_isAnsweredOnceNothingIsLeft() {
    put("a");
    put("b", "delay", 50);
    assertThat(say("queue.join", "wait", 0).get(0))
        .contains("\"timeout\"", "queue q still holds 2 messages");
    assertThat(broker.say("bob", "queue.join", "", "queue", "q")).isEmpty();
    say("queue.take", "autoAck", true);
    broker.after(50, "ann");
    say("queue.take");
    Turn turn = turn("ann", "queue.nack", "queue", "q", "msgs", ids(2), "dead", true);
    assertThat(text(turn, "bob")).containsExactly(OK);
    assertThat(say("queue.join")).containsExactly(OK);
  }

  @Test
  void join_waitRunsOut_isATimeout() {
    put("a");
    say("queue.join", "wait", 10);
    assertThat(stat("q", "waitingJoins")).isEqualTo(1);
    assertThat(broker.after(10, "ann").get(0)).contains("\"timeout\"");
    assertThat(stat("q", "waitingJoins")).isZero();
  }

  @Test
  void peek_everyState_showsWithoutChange() {
    say("queue.declare", "capacity", 10);
    for (String body : List.of("a", "b", "c", "d")) {
      put(body);
    }
    put("e", "delay", 50);
    say("queue.take", "max", 2);
    say("queue.nack", "msgs", ids(2), "dead", true);
    assertThat(say("queue.peek", "max", 9).get(0))
        .startsWith(
            "{\"ok\":true,\"queue\":\"q\",\"msgs\":[{\"msg\":3,\"attempt\":0},"
                + "{\"msg\":4,\"attempt\":0}],\"sizes\":[1,1]}")
        .endsWith(" -> cd");
    assertThat(say("queue.peek").get(0)).endsWith(" -> c");
    assertThat(say("queue.peek", "after", 3).get(0)).endsWith(" -> d");
    assertThat(say("queue.peek", "after", 4))
        .containsExactly("{\"ok\":true,\"queue\":\"q\",\"msgs\":[],\"sizes\":[]}");
    assertThat(say("queue.peek", "state", "delayed").get(0)).endsWith(" -> e");
    assertThat(say("queue.peek", "state", "reserved").get(0))
        .contains("\"attempt\":1")
        .endsWith(" -> a");
    assertThat(say("queue.peek", "state", "dead").get(0)).endsWith(" -> b");
    assertThat(stat("q", "takes")).isEqualTo(2);
  }

  @Test
  void peek_orderByPriorityBehindOneThatIsGone_isNotFound() {
    say("queue.declare", "order", "priority");
    put("a", "priority", 3);
    put("b", "priority", 2);
    assertThat(say("queue.peek", "after", 2).get(0)).endsWith(" -> a");
    say("queue.take", "autoAck", true);
    assertThat(say("queue.peek", "after", 2).get(0)).contains("\"not_found\"", "after is 2");
  }

  @Test
  void peek_stateOrMaxThatCannotBe_isBadRequest() {
    put("a");
    assertThat(say("queue.peek", "state", "lost").get(0))
        .contains("\"bad_request\"", "ready, delayed, reserved and dead");
    assertThat(say("queue.peek", "max", 0).get(0)).contains("\"bad_request\"", "max is 0");
    assertThat(say("queue.peek", "after", 0).get(0)).contains("\"bad_request\"", "after is 0");
  }

  @Test
  void peek_moreThanAFrameHolds_isCutAndGoesOnBehindIt() {
    say("queue.declare", "capacity", 10);
    for (int i = 0; i < 5; i++) {
      put(Integer.toString(i).repeat(400));
    }
    String first = say("queue.peek", "max", 9).get(0);
    assertThat(first).contains("\"sizes\":[400,400]");
    assertThat(say("queue.peek", "max", 9, "after", 2).get(0)).contains("{\"msg\":3,");
  }

  @Test
  void pause_queue_handsOutNothingUntilItIsResumed() {
    put("a");
    assertThat(say("queue.pause")).containsExactly(OK);
    assertThat(say("queue.take", "wait", 0).get(0)).contains("\"empty\"", "queue q is paused");
    assertThat(broker.say("bob", "queue.take", "", "queue", "q")).isEmpty();
    assertThat(put("b")).hasSize(1);
    assertThat(say("queue.stats").get(0)).contains("\"paused\":true");
    assertThat(text(turn("ann", "queue.resume", "queue", "q"), "bob"))
        .singleElement()
        .asString()
        .endsWith(" -> a");
  }

  @Test
  void purge_queue_removesWhatNobodyHoldsAndLetsPutsGoOn() {
    put("a");
    put("b");
    put("c", "delay", 50);
    say("queue.take");
    assertThat(broker.say("bob", "queue.put", "d", "queue", "q")).isEmpty();
    Turn turn = turn("ann", "queue.purge", "queue", "q");
    assertThat(text(turn, "ann")).containsExactly("{\"ok\":true,\"purged\":2}");
    assertThat(text(turn, "bob")).hasSize(1);
    assertThat(stat("q", "reserved")).isEqualTo(1);
    say("queue.nack", "msgs", ids(1), "dead", true);
    assertThat(say("queue.purge", "dead", true)).containsExactly("{\"ok\":true,\"purged\":1}");
    assertThat(stat("q", "ready")).isEqualTo(1);
    assertThat(stat("q", "dead")).isZero();
  }

  @Test
  void operations_onAQueueThatIsNotThere_areNotFound() {
    for (String op :
        List.of(
            "ack", "nack", "touch", "join", "peek", "redrive", "pause", "resume", "purge", "delete",
            "stats")) {
      assertThat(say("queue." + op, "msgs", ids(1)).get(0))
          .as(op)
          .contains("\"not_found\"", "no queue is called q");
    }
    assertThat(
            broker
                .ask("ann", BrokerFixture.request(1, "queue.list"))
                .header()
                .get("queues")
                .toString())
        .doesNotContain("\"q\"");
  }

  @Test
  void changes_withoutMsgs_areBadRequest() {
    put("a");
    for (String op : List.of("ack", "nack", "touch")) {
      assertThat(say("queue." + op).get(0)).contains("\"bad_request\"", "msgs is missing");
      assertThat(say("queue." + op, "msgs", ids(0)).get(0)).contains("\"bad_request\"", "msgs[0]");
      assertThat(say("queue." + op, "msgs", Json.of(List.of(1.5))).get(0))
          .contains("\"bad_request\"", "msgs");
    }
    assertThat(say("queue.nack", "msgs", ids(1), "dead", true, "delay", 1).get(0))
        .contains("\"bad_request\"", "delay and dead");
    assertThat(say("queue.touch", "msgs", ids(1), "ttr", 0).get(0))
        .contains("\"bad_request\"", "ttr is 0");
  }

  @Test
  void put_overTheBytesOfTheQueue_waitsOrIsTooLarge() {
    Settings s = Settings.DEFAULT;
    Settings bytes = new Settings(Order.FIFO, 100, 10, true, s.ttr(), 0, 0, 0, null, s.dedup());
    BrokerFixture small =
        new BrokerFixture(
            new BrokerSettings(
                "test",
                new FrameLimits(65536, 1024, ByteOrder.BIG_ENDIAN),
                16,
                1 << 20,
                bytes,
                Map.of()));
    small.open("ann");
    small.say("ann", "queue.put", "12345678", "queue", "q");
    assertThat(small.say("ann", "queue.put", "123", "queue", "q", "wait", 0).get(0))
        .contains("\"full\"", "queue q holds 8 of 10 bytes (maxBytes)");
    assertThat(small.say("ann", "queue.put", "12345678901", "queue", "q").get(0))
        .contains("\"too_large\"", "11 bytes; queue q holds at most 10 (maxBytes)");
    assertThat(
            small
                .say(
                    "ann",
                    "queue.put",
                    "1".repeat(13),
                    "queue",
                    "q",
                    "sizes",
                    ids(1, 11, 1),
                    "each",
                    true,
                    "wait",
                    0)
                .get(0))
        .contains("\"msgs\":[2,null,3]", "{\"at\":1,\"error\":\"too_large\"", "maxBytes");
    small.say("ann", "queue.put", "1", "queue", "q");
    assertThat(small.say("ann", "queue.take", "", "queue", "q", "autoAck", true)).hasSize(2);
  }

  private List<String> say(String op, Object... more) {
    return broker.say("ann", op, "", with(more));
  }

  private List<String> put(String body, Object... more) {
    return broker.say("ann", "queue.put", body, with(more));
  }

  private Turn put(String connection, String body) {
    return broker.turn(
        BrokerFixture.arrival(
            connection, BrokerFixture.request(77, "queue.put", Buffer.buffer(body), "queue", "q")));
  }

  private static Object[] with(Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "queue";
    arguments[1] = "q";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return arguments;
  }

  private Turn turn(String connection, String op, Object... arguments) {
    return broker.turn(BrokerFixture.arrival(connection, BrokerFixture.request(88, op, arguments)));
  }

  private static List<String> text(Turn turn, String connection) {
    return BrokerFixture.replies(turn, connection).stream().map(BrokerFixture::text).toList();
  }

  private long stat(String queue, String key) {
    return statBy("ann", queue, key);
  }

  private long statBy(String connection, String queue, String key) {
    return (Long)
        broker
            .ask(connection, BrokerFixture.request(9, "queue.stats", "queue", queue))
            .header()
            .get(key);
  }

  private static long[] ids(long... ids) {
    return ids;
  }
}
