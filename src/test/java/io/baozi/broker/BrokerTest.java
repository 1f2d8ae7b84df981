package io.baozi.broker;

import static io.baozi.broker.BrokerFixture.arrival;
import static io.baozi.broker.BrokerFixture.body;
import static io.baozi.broker.BrokerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Arrival;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerTest {
  private final BrokerFixture broker = new BrokerFixture();

  @BeforeEach
  void open() {
    broker.open("ann", "bob");
  }

  @Test
  void hello_version1_namesSessionAndLimits() {
    Reply reply = broker.ask("ann", request(1, "hello", "version", 1, "client", "test"));
    assertThat(reply.header().toString())
        .isEqualTo(
            "{\"id\":1,\"ok\":true,\"server\":\"baozi/test\",\"version\":1,\"session\":\"ann\","
                + "\"resumed\":false,\"limits\":"
                + "{\"maxHeader\":65536,\"maxMessage\":1024,\"maxInFlight\":16,\"again\":1024}}");
  }

  @Test
  void hello_unknownVersion_isBadRequestThatNamesThoseSpoken() {
    refused(request(1, "hello", "version", 2), "bad_request", "version is 2", "version 1");
  }

  @Test
  void echo_body_comesBack() {
    Reply reply = broker.ask("ann", request(1, "echo", Buffer.buffer("hi")));
    assertThat(reply.body().toString()).isEqualTo("hi");
  }

  @Test
  void echo_bodyThatWasSkipped_isTooLarge() {
    Request skipped =
        new Request(1, "echo", header("{\"op\":\"echo\",\"id\":1,\"size\":1025}"), Buffer.buffer());
    refused(skipped, "too_large", "1025", "1024 (maxMessage)");
  }

  @Test
  void serverInfo_asked_countsSessionsAndQueues() {
    broker.send("ann", put(1, "q", 3));
    Header info = broker.ask("ann", request(2, "server.info")).header();
    assertThat(info.get("sessions")).isEqualTo(2L);
    assertThat(info.get("queues")).isEqualTo(2L);
    assertThat(info.get("uptime")).isEqualTo(0L);
    assertThat(info.text("version")).isEqualTo("test");
  }

  @Test
  void operation_ofNobodyHere_isUnknownOp() {
    refused(request(1, "nobody.knows"), "unknown_op");
    refused(request(2, "bus.send"), "unknown_op");
  }

  @Test
  void cancel_waitingTake_answersBothAndCountsNoLonger() {
    broker.send("ann", request(1, "queue.take", "queue", "q"));
    List<Reply> replies = broker.send("ann", request(2, "cancel", "request", 1));
    assertThat(replies).hasSize(2);
    assertRefused(replies.get(0), 1, "cancelled");
    assertThat(replies.get(1).isOk()).isTrue();
    refused(request(3, "cancel", "request", 1), "not_found");
  }

  @Test
  void cancel_requestOfAnotherSession_isNotFound() {
    broker.send("ann", request(1, "queue.take", "queue", "q"));
    assertRefused(broker.ask("bob", request(1, "cancel", "request", 1)), 1, "not_found");
  }

  @Test
  void cancel_withoutARequest_isBadRequest() {
    refused(request(1, "cancel"), "bad_request", "request");
    refused(request(1, "cancel", "request", "7"), "bad_request", "request is \"7\"");
  }

  @Test
  void put_thenTakeThenAck_bringsTheMessageAndForgetsIt() {
    Reply put =
        broker.ask(
            "ann",
            request(1, "queue.put", body(3), "queue", "q", "headers", Json.of(Map.of("a", 1))));
    assertThat(put.header().toString())
        .isEqualTo("{\"id\":1,\"ok\":true,\"msg\":1,\"durable\":\"memory\"}");
    Reply take = broker.ask("bob", request(1, "queue.take", "queue", "q"));
    assertThat(take.header().toString())
        .isEqualTo(
            "{\"id\":1,\"ok\":true,\"queue\":\"q\","
                + "\"msgs\":[{\"msg\":1,\"attempt\":1,\"headers\":{\"a\":1}}],\"sizes\":[3]}");
    assertThat(take.body().toString()).isEqualTo("xxx");
    Reply ack = broker.ask("bob", request(2, "queue.ack", "queue", "q", "msgs", ids(1, 1, 9)));
    assertThat(ack.header().toString())
        .isEqualTo("{\"id\":2,\"ok\":true,\"acked\":1,\"missing\":[1,9]}");
  }

  @Test
  void put_batch_answersAllIds() {
    Reply put = broker.ask("ann", batch(1, "q", false, 1, 0, 2));
    assertThat(put.header().get("msgs")).isEqualTo(new long[] {1, 2, 3});
    Reply take = broker.ask("ann", request(2, "queue.take", "queue", "q", "max", 9));
    assertThat(take.header().get("sizes")).isEqualTo(new long[] {1, 0, 2});
    assertThat(take.body().length()).isEqualTo(3);
  }

  @Test
  void put_batchOverTheCapacity_isTooLargeAndMakesNoQueue() {
    refused(batch(1, "q", false, 1, 1, 1, 1), "too_large", "4", "3 (capacity)");
    refused(request(2, "queue.stats", "queue", "q"), "not_found");
  }

  @Test
  void put_eachOverTheRoom_answersNullsAndErrors() {
    Reply reply =
        broker.ask(
            "ann",
            request(
                1,
                "queue.put",
                body(4),
                "queue",
                "q",
                "sizes",
                ids(0, 1, 1, 1, 1),
                "each",
                true,
                "wait",
                0));
    assertThat(reply.isOk()).isTrue();
    assertThat(reply.header().get("msgs").toString()).isEqualTo("[1,2,3,null,null]");
    String errors = reply.header().get("errors").toString();
    assertThat(errors)
        .startsWith("[{\"at\":3,\"error\":\"full\",\"message\":\"queue q holds 3 of 3");
    assertThat(errors).contains("{\"at\":4,\"error\":\"full\"").doesNotContain("\"at\":2");
  }

  @Test
  void put_eachOfManyRefused_answersWithinAHeader() {
    BrokerFixture roomy = new BrokerFixture(BrokerFixture.settings(1 << 24, 65536, 1 << 20, 3));
    roomy.open("ann");
    String name = "\ud83e\udd5f".repeat(255);
    Reply reply = roomy.ask("ann", with(batch(1, name, true, new int[800]), "wait", 0));
    assertThat(reply.isOk()).isTrue();
    assertThat(utf8(reply)).isLessThanOrEqualTo(65536);
    Map<?, ?>[] errors = ((Json) reply.header().get("errors")).as(Map[].class);
    assertThat(errors).hasSize(797);
    assertThat(errors).allSatisfy(error -> assertThat(error.get("message")).isNotNull());
  }

  @Test
  void put_batchWhoseAnswerNoHeaderHolds_isTooLarge() {
    BrokerFixture roomy =
        new BrokerFixture(BrokerFixture.settings(1 << 24, 65536, 1 << 20, 100_000));
    roomy.open("ann");
    assertRefused(roomy.ask("ann", batch(1, "q", true, new int[2_000])), 1, "too_large");
    Reply reply = roomy.ask("ann", batch(2, "q", false, new int[9_000]));
    assertThat(reply.isOk()).isTrue();
    assertThat(utf8(reply)).isLessThanOrEqualTo(65536);
    assertRefused(roomy.ask("ann", batch(3, "q", false, new int[20_000])), 3, "too_large");
  }

  @Test
  void put_fullWithoutAWait_isFullAndSaysHowFull() {
    broker.send("ann", put(1, "one", 1));
    refused(put(2, "one", 1, "wait", 0), "full", "queue one holds 1 of 1 messages (capacity)");
  }

  @Test
  void put_waitRunsOut_isFull() {
    broker.send("ann", put(1, "one", 1), put(2, "one", 1, "wait", 30));
    assertThat(broker.pass("ann", 29)).isEmpty();
    assertRefused(broker.pass("ann", 1).get(0), 2, "full");
  }

  @Test
  void turn_somethingWaits_saysWhenTheNextIsDue() {
    assertThat(broker.turn().due()).isEqualTo(Long.MAX_VALUE);
    Turn turn = broker.turn(arrival("ann", request(1, "queue.take", "queue", "q", "wait", 40)));
    assertThat(turn.due()).isEqualTo(broker.now + 40);
  }

  @Test
  void put_sizesWithAnotherSum_isBadRequest() {
    refused(
        request(1, "queue.put", body(4), "queue", "q", "sizes", ids(1, 2)),
        "bad_request",
        "sizes add up to 3",
        "4 bytes");
    refused(
        request(1, "queue.put", body(4), "queue", "q", "sizes", ids(-1, 5)),
        "bad_request",
        "sizes[0] is -1");
    refused(request(1, "queue.put", "queue", "q", "sizes", ids()), "bad_request", "sizes is empty");
    refused(request(1, "queue.put", body(2), "queue", "q", "sizes", "2"), "bad_request", "sizes");
    refused(
        request(
            1, "queue.put", body(2), "queue", "q", "sizes", ids(Long.MAX_VALUE, Long.MAX_VALUE)),
        "bad_request",
        "sizes[0]");
  }

  @Test
  void put_bodyThatWasSkipped_isTooLargeUnlessSomethingElseIsWrong() {
    String header = "{\"op\":\"queue.put\",\"id\":1,%s\"size\":2000}";
    Buffer none = Buffer.buffer();
    refused(
        new Request(1, "queue.put", header(header.formatted("\"queue\":\"q\",")), none),
        "too_large",
        "2000");
    refused(
        new Request(1, "queue.put", header(header.formatted("\"queue\":\"\",")), none),
        "bad_request",
        "queue has 0");
  }

  @Test
  void put_headersOverHalfOfAHeader_isTooLarge() {
    Json headers = Json.of(Map.of("a", "x".repeat(40_000)));
    refused(request(1, "queue.put", "queue", "q", "headers", headers), "too_large", "maxHeader");
  }

  @ParameterizedTest
  @CsvSource({
    "queue.put, queue, 5",
    "queue.take, queue, 5",
    "queue.ack, queue, 5",
    "queue.stats, queue, 5",
  })
  void operation_nameThatIsNoText_isBadRequestThatNamesIt(String op, String key, long value) {
    refused(request(1, op, key, value), "bad_request", "queue is 5");
    refused(request(1, op), "bad_request", "queue is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0085", "\ud800"})
  void put_nameOutOfRange_isBadRequest(String name) {
    refused(put(1, name, 1), "bad_request", "queue has");
  }

  @Test
  void put_nameOf255CodePoints_isAccepted() {
    assertThat(broker.ask("ann", put(1, "\ud83e\udd5f".repeat(255), 1)).isOk()).isTrue();
    refused(put(1, "\ud83e\udd5f".repeat(256), 1), "bad_request", "256");
  }

  @Test
  void arguments_outOfRangeOrOfAnotherType_areBadRequestsThatNameThem() {
    refused(put(1, "q", 1, "wait", -1), "bad_request", "wait is -1");
    refused(put(1, "q", 1, "wait", "1"), "bad_request", "wait is \"1\"");
    refused(put(1, "q", 1, "wait", 1L << 53), "bad_request", "wait is");
    refused(put(1, "q", 1, "each", 1), "bad_request", "each is 1");
    refused(put(1, "q", 1, "headers", "h"), "bad_request", "headers is");
    refused(put(1, "q", 1, "priority", "high"), "bad_request", "priority is");
    refused(take(1, "q", "max", 0), "bad_request", "max is 0");
    refused(take(1, "q", "ttr", 0), "bad_request", "ttr is 0");
    refused(take(1, "q", "autoAck", "yes"), "bad_request", "autoAck is");
    refused(request(1, "queue.list", "after", 5), "bad_request", "after is 5");
    broker.send("ann", put(8, "q", 1));
    refused(request(1, "queue.ack", "queue", "q"), "bad_request", "msgs is missing");
    refused(request(1, "queue.ack", "queue", "q", "msgs", ids(0)), "bad_request", "msgs[0] is 0");
  }

  @Test
  void ackAndStats_queueThatIsNotThere_areNotFound() {
    refused(request(1, "queue.ack", "queue", "q", "msgs", ids(1)), "not_found", "q");
    refused(request(1, "queue.stats", "queue", "q"), "not_found", "q");
  }

  @Test
  void take_emptyWithoutAWait_isEmpty() {
    refused(take(1, "q", "wait", 0), "empty", "q");
  }

  @Test
  void take_waitingWhenAPutComes_isAnsweredInThatTurn() {
    broker.send("bob", take(7, "q"));
    Turn turn = broker.turn(arrival("ann", put(1, "q", 2)));
    assertThat(BrokerFixture.replies(turn, "bob").get(0).id()).isEqualTo(7);
    assertThat(BrokerFixture.replies(turn, "ann").get(0).isOk()).isTrue();
  }

  @Test
  void take_moreThanAFrameHolds_bringsWhatFits() {
    broker.send("ann", put(1, "q", 600), put(2, "q", 424), put(3, "q", 1));
    Reply reply = broker.ask("ann", take(4, "q", "max", 3));
    assertThat(reply.header().get("sizes")).isEqualTo(new long[] {600, 424});
  }

  @Test
  void take_headersThatFillAFrame_bringsWhatFitsIntoItsHeader() {
    BrokerFixture roomy = new BrokerFixture(BrokerFixture.settings(1 << 24, 65536, 1 << 20, 5000));
    roomy.open("ann");
    Json headers = Json.of(Map.of("a", "x".repeat(10_000)));
    for (int i = 1; i <= 20; i++) {
      roomy.send("ann", request(i, "queue.put", body(1), "queue", "q", "headers", headers));
    }
    Reply reply = roomy.ask("ann", take(30, "q", "max", 20));
    int taken = ((long[]) reply.header().get("sizes")).length;
    assertThat(taken).isBetween(4, 6);
    assertThat(utf8(reply)).isLessThanOrEqualTo(65536);
  }

  @Test
  void take_manySmallMessages_fitsIntoAHeader() {
    BrokerFixture roomy = new BrokerFixture(BrokerFixture.settings(1 << 24, 65536, 1 << 20, 5000));
    roomy.open("ann");
    int[] sizes = new int[5000];
    roomy.send("ann", batch(1, "q", false, sizes));
    Reply reply = roomy.ask("ann", take(2, "q", "max", 5000));
    assertThat(((long[]) reply.header().get("sizes")).length).isGreaterThan(500);
    assertThat(utf8(reply)).isLessThanOrEqualTo(65536);
  }

  @Test
  void list_moreThanAFrameHolds_comesInPages() {
    BrokerFixture roomy = new BrokerFixture(BrokerFixture.settings(1 << 24, 65536, 1024, 5));
    roomy.open("ann");
    for (int i = 0; i < 700; i++) {
      roomy.send("ann", put(i + 1, "queue-" + i, 1));
    }
    List<String> names = new ArrayList<>();
    String after = null;
    int pages = 0;
    Reply page;
    do {
      page = roomy.ask("ann", request(1000, "queue.list", "after", after));
      assertThat(utf8(page)).isLessThanOrEqualTo(65536);
      for (Object queue : ((Json) page.header().get("queues")).as(List.class)) {
        names.add((String) ((Map<?, ?>) queue).get("queue"));
      }
      after = names.get(names.size() - 1);
      pages++;
    } while (page.header().get("more") != null);
    assertThat(names).hasSize(701).doesNotHaveDuplicates().isSorted();
    assertThat(pages).isGreaterThan(1);
  }

  @Test
  void list_nothingMadeYet_hasTheQueuesOfTheConfiguration() {
    Reply reply = broker.ask("ann", request(1, "queue.list"));
    List<?> queues = ((Json) reply.header().get("queues")).as(List.class);
    assertThat(queues)
        .singleElement()
        .extracting(q -> ((Map<?, ?>) q).get("queue"))
        .isEqualTo("one");
  }

  @Test
  void stats_queueInUse_addUp() {
    broker.send("ann", put(1, "q", 1), put(2, "q", 2), put(3, "q", 3), put(4, "q", 4));
    broker.send("bob", take(1, "q"));
    broker.now += 5;
    Reply reply = broker.ask("ann", request(5, "queue.stats", "queue", "q"));
    assertThat(reply.header().toString())
        .isEqualTo(
            "{\"id\":5,\"ok\":true,\"queue\":\"q\",\"order\":\"fifo\",\"paused\":false,\"ready\":2,"
                + "\"delayed\":0,\"reserved\":1,\"dead\":0,\"capacity\":3,\"maxBytes\":0,\"puts\":3,"
                + "\"takes\":1,\"acks\":0,\"nacks\":0,\"expired\":0,\"waitingPuts\":1,"
                + "\"waitingTakes\":0,\"waitingJoins\":0,\"consumers\":0,\"bytes\":6,"
                + "\"oldestAge\":5,\"keys\":0,\"putRate\":3.0,\"takeRate\":1.0,\"ackRate\":0.0}");
  }

  @Test
  void put_noMemoryLeft_isBusyUntilWhatIsAcknowledgedHasBeenWritten() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(5600, 65536, 1024, 100));
    small.open("ann");
    assertThat(small.ask("ann", put(1, "q", 1000)).isOk()).isTrue();
    assertRefused(small.ask("ann", put(2, "q", 1000)), 2, "busy");
    small.send("ann", take(3, "q"));
    small.send("ann", request(4, "queue.ack", "queue", "q", "msgs", ids(1)));
    assertRefused(small.ask("ann", put(5, "q", 1000)), 5, "busy");
    small.written("ann", 1192);
    assertThat(small.ask("ann", put(6, "q", 1000)).isOk()).isTrue();
  }

  @Test
  void take_peerHasItsShareUnread_isBusyUntilItHasRead() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(20_000, 65536, 1024, 100));
    small.open("ann", "bob");
    for (int i = 1; i <= 7; i++) {
      assertThat(small.ask("ann", put(i, "q", 1000)).isOk()).isTrue();
    }
    for (int i = 1; i <= 5; i++) {
      assertThat(small.ask("ann", take(10 + i, "q")).isOk()).isTrue();
    }
    assertRefused(small.ask("ann", take(20, "q")), 20, "busy");
    assertRefused(small.ask("ann", request(21, "queue.peek", "queue", "q")), 21, "busy");
    assertThat(small.ask("bob", take(1, "q")).isOk()).isTrue();
    small.written("ann", 5 * 1192);
    assertThat(small.ask("ann", take(22, "q")).isOk()).isTrue();
  }

  @Test
  void refusals_ofRequestsWithALongBody_goBeforeItsLength() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(1 << 20, 65536, 10, 100));
    small.open("ann");
    small.send("ann", put(1, "q", 1));
    assertRefused(
        small.ask("ann", request(2, "queue.declare", body(11), "queue", "q", "capacity", 5)),
        2,
        "conflict");
    assertRefused(small.ask("ann", request(3, "queue.cancel", body(11), "sub", 5)), 3, "not_found");
    assertRefused(small.ask("ann", request(4, "cancel", body(11), "request", 5)), 4, "not_found");
    assertRefused(
        small.ask("ann", request(5, "queue.stats", body(11), "queue", "q")), 5, "too_large");
  }

  @Test
  void take_noMemoryToWait_isBusy() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(1100, 65536, 1024, 100));
    small.open("ann");
    assertThat(small.send("ann", take(1, "q", "wait", 0))).hasSize(1);
    assertRefused(small.ask("ann", take(2, "q")), 2, "busy");
  }

  @Test
  void closed_sessionThatHoldsAndWaits_givesAllBackInOneStepAndSaysItsLast() {
    broker.send("ann", put(1, "one", 1), take(2, "one"), put(3, "one", 1), take(4, "other"));
    broker.send("bob", take(1, "one"));
    Turn turn = broker.turn(new Arrival.Closed("ann"));
    List<Reply> ann = BrokerFixture.replies(turn, "ann");
    assertRefused(ann.get(0), 3, "cancelled");
    assertRefused(ann.get(1), 4, "cancelled");
    assertThat(ann).hasSize(2);
    Reply bob = BrokerFixture.replies(turn, "bob").get(0);
    assertThat(bob.header().get("msgs").toString()).isEqualTo("[{\"msg\":1,\"attempt\":2}]");
    assertThat(turn.departures())
        .filteredOn(d -> d.departure().connection().equals("ann"))
        .singleElement()
        .satisfies(d -> assertThat(d.departure().last()).isTrue());
  }

  @Test
  void closed_waitsInAQueueThatItFreesItself_areGrantedNothing() {
    broker.send("bob", batch(1, "q", false, 1, 1));
    broker.send(
        "ann",
        batch(1, "q", false, 1, 1), // waits for room for two
        put(2, "q", 1)); // waits behind it, and would fit
    broker.turn(new Arrival.Closed("ann"));
    Reply stats = broker.ask("bob", request(2, "queue.stats", "queue", "q"));
    assertThat(stats.header().get("puts")).isEqualTo(2L);
  }

  @Test
  void closed_again_doesNothing() {
    broker.turn(new Arrival.Closed("ann"));
    assertThat(broker.turn(new Arrival.Closed("ann")).departures()).isEmpty();
    assertThat(broker.send("ann", request(1, "ping"))).isEmpty();
  }

  @Test
  void bye_inTheMiddleOfABatch_isAnsweredLast() {
    Turn turn =
        broker.turn(arrival("ann", request(1, "ping"), request(2, "bye"), request(3, "ping")));
    assertThat(BrokerFixture.replies(turn, "ann")).extracting(Reply::id).containsExactly(1L, 2L);
    assertThat(turn.departures().get(0).departure().last()).isTrue();
  }

  @Test
  void drain_waitingRequests_areToldAndNoneIsServedByTheEndOfAnother() {
    broker.send("bob", batch(1, "q", false, 1, 1));
    broker.send("ann", batch(1, "q", false, 1, 1));
    broker.send("bob", put(2, "q", 1));
    Turn turn = broker.drain();
    assertRefused(BrokerFixture.replies(turn, "ann").get(0), 1, "shutting_down");
    assertRefused(BrokerFixture.replies(turn, "bob").get(0), 2, "shutting_down");
    refused(request(9, "ping"), "shutting_down");
  }

  @Test
  void drain_eachThatIsHalfPut_saysWhatWasPut() {
    broker.send("ann", batch(1, "one", true, 1, 1));
    Reply reply = BrokerFixture.replies(broker.drain(), "ann").get(0);
    assertThat(reply.header().get("msgs").toString()).isEqualTo("[1,null]");
    assertThat(reply.header().get("errors").toString()).contains("shutting_down");
  }

  @Test
  void request_thatWantsNoAnswer_isCarriedOutUnderItsNegativeId() {
    Reply reply = broker.ask("ann", put(-1, "q", 1));
    assertThat(reply.id()).isEqualTo(-1);
    assertThat(broker.send("ann", take(-2, "empty"))).isEmpty();
    assertThat(broker.ask("ann", request(1, "queue.stats", "queue", "q")).header().get("ready"))
        .isEqualTo(1L);
  }

  @Test
  void put_whatThisVersionCannotKeep_isRefusedAndNotIgnored() {
    for (String key : List.of("fence", "again")) {
      refused(put(1, "q", 1, key, 5), "bad_request", key);
    }
  }

  @Test
  void broker_sameArrivalsTwice_givesEqualTurns() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(life(seed)).as("seed %d", seed).isEqualTo(life(seed));
    }
  }

  private static String life(long seed) {
    Random random = new Random(seed);
    BrokerFixture broker = new BrokerFixture();
    List<String> names = List.of("ann", "bob", "cid", "dan");
    broker.open("ann", "bob", "cid", "dan");
    for (int i = 1; i < 300; i++) {
      broker.now += random.nextInt(20);
      String name = names.get(random.nextInt(names.size()));
      String queue = "q" + random.nextInt(3);
      switch (random.nextInt(8)) {
        case 0, 1, 2 ->
            broker.send(name, put(i, queue, random.nextInt(5), "wait", random.nextInt(60)));
        case 3, 4, 5 -> broker.send(name, take(i, queue, "wait", random.nextInt(60)));
        case 6 ->
            broker.send(
                name, request(i, "queue.ack", "queue", "q0", "msgs", ids(random.nextInt(i) + 1)));
        default -> {
          broker.turn(new Arrival.Closed(name));
          broker.open(name);
        }
      }
    }
    broker.drain();
    return broker.transcript.toString();
  }

  private void refused(Request request, String code, String... words) {
    Reply reply = broker.ask("ann", request);
    assertRefused(reply, request.id(), code);
    for (String word : words) {
      assertThat(reply.header().text("message")).contains(word);
    }
  }

  private static void assertRefused(Reply reply, long id, String code) {
    assertThat(reply.header().text("error")).as("%s", reply.header()).isEqualTo(code);
    assertThat(reply.header().get("ok")).isEqualTo(false);
    assertThat(reply.id()).isEqualTo(id);
  }

  private static Request put(long id, String queue, int length, Object... more) {
    return with(request(id, "queue.put", body(length), "queue", queue), more);
  }

  private static Request take(long id, String queue, Object... more) {
    return with(request(id, "queue.take", "queue", queue), more);
  }

  private static Request with(Request request, Object... more) {
    return new Request(request.id(), request.op(), request.header().with(more), request.body());
  }

  private static Request batch(long id, String queue, boolean each, int... sizes) {
    return request(
        id,
        "queue.put",
        body(IntStream.of(sizes).sum()),
        "queue",
        queue,
        "sizes",
        IntStream.of(sizes).asLongStream().toArray(),
        "each",
        each ? true : null);
  }

  private static long[] ids(long... ids) {
    return ids;
  }

  private static long utf8(Reply reply) {
    return reply.header().toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Header header(String json) {
    try {
      return Header.parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (io.baozi.frame.MalformedHeaderException e) {
      throw new AssertionError(e);
    }
  }
}
