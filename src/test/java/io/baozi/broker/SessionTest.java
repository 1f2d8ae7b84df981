package io.baozi.broker;

import static io.baozi.broker.BrokerFixture.arrival;
import static io.baozi.broker.BrokerFixture.body;
import static io.baozi.broker.BrokerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions apart from connections: {@code ann} is cut, {@code next} goes on, {@code bob} sees. */
final class SessionTest {
  private static final long GRACE = 1000;

  private final BrokerFixture broker = new BrokerFixture();

  @BeforeEach
  void open() {
    broker.open("ann", "bob");
  }

  @Test
  void hello_withoutGrace_sessionEndsWithItsConnection() {
    hello("ann");
    reserve("ann");
    cut("ann");
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
    assertThat(sessions()).isEqualTo("1 connections, 1 sessions");
  }

  @Test
  void cut_withGrace_keepsWhatIsReservedUntilTheGraceIsOver() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    cut("ann");
    assertThat(sessions()).isEqualTo("1 connections, 2 sessions");
    broker.pass("bob", GRACE - 1);
    assertThat(state()).isEqualTo("0 ready, 1 reserved");
    broker.pass("bob", 1);
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
    assertThat(sessions()).isEqualTo("1 connections, 1 sessions");
    assertThat(resumed(resume("ann"))).isFalse();
  }

  @Test
  void cut_withGrace_saysWhenItsEndIsDue() {
    hello("ann", "grace", GRACE);
    assertThat(cut("ann").due()).isEqualTo(BrokerFixture.START + GRACE);
  }

  @Test
  void cut_withGrace_cancelsWhatWaitsAndTellsSo() {
    hello("ann", "grace", GRACE);
    broker.send("ann", take(1));
    Turn turn = cut("ann");
    assertThat(text(turn, "ann")).singleElement().asString().contains("\"error\":\"cancelled\"");
    assertThat(departure(turn, "ann").last()).isTrue();
    broker.send("bob", put(1));
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
  }

  @Test
  void resume_inTime_goesOnWithWhatIsReserved() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    cut("ann");
    broker.pass("bob", GRACE - 1);
    Reply hello = resume("ann");
    assertThat(hello.header().text("session")).isEqualTo("ann");
    assertThat(resumed(hello)).isTrue();
    assertThat(sessions()).isEqualTo("2 connections, 2 sessions");
    broker.pass("bob", GRACE * 2);
    assertThat(ack("next", 10)).contains("\"acked\":1");
  }

  @Test
  void resume_thenCutAgain_hasTheSameGraceAnew() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    cut("ann");
    broker.pass("bob", GRACE - 1);
    resume("ann");
    cut("next");
    broker.pass("bob", GRACE - 1);
    assertThat(state()).isEqualTo("0 ready, 1 reserved");
    broker.pass("bob", 1);
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
  }

  @Test
  void cut_subscription_isHandedNothingUntilTheResumption() {
    hello("ann", "grace", GRACE);
    broker.send("ann", consume(1));
    cut("ann");
    Turn turn = broker.turn(arrival("bob", put(1), take(2, "wait", 0), put(3)));
    assertThat(text(turn, "bob").get(1)).contains("\"msgs\":[{\"msg\":1,");
    assertThat(state()).isEqualTo("1 ready, 1 reserved");
    List<String> replies = texts(resumeAll("ann"));
    assertThat(replies).hasSize(2);
    assertThat(replies.get(0)).contains("\"resumed\":true");
    assertThat(replies.get(1)).contains("queue.message", "\"sub\":1", "\"msg\":2,");
  }

  @Test
  void cut_inTheTurnInWhichItIsHandedAMessage_reservesItAndLosesNoMemory() {
    final long before = memory();
    hello("ann", "grace", GRACE);
    broker.send("ann", consume(1));
    Turn turn = broker.turn(arrival("bob", put(1)), new Arrival.Closed("ann"));
    assertThat(text(turn, "ann")).singleElement().asString().contains("queue.message");
    assertThat(state()).isEqualTo("0 ready, 1 reserved");
    resume("ann");
    assertThat(ack("next", 1)).contains("\"acked\":1");
    endAll("next");
    assertThat(memory()).isEqualTo(before);
  }

  @Test
  void cut_whatItsOwnPutsMadeRoomFor_isNotPushedToIt() {
    hello("ann", "grace", GRACE);
    broker.send("bob", put(1, "queue", "one", "wait", 0), take(2, "queue", "one"));
    broker.send(
        "ann", put(1, "queue", "one"), request(2, "queue.consume", "queue", "one", "credit", 5));
    broker.send("bob", put(3, "queue", "one"));
    broker.turn(
        arrival("bob", request(4, "queue.ack", "queue", "one", "msgs", new long[] {1})),
        new Arrival.Closed("ann"));
    Turn turn = broker.turn();
    assertThat(turn.departures()).isEmpty();
    resume("ann");
    endAll("next");
  }

  @Test
  void push_whileThereIsNoConnection_comesRightBehindTheAnswerToHello() {
    hello("ann", "grace", GRACE);
    broker.send("ann", consume(1), request(2, "queue.consume", "queue", "other", "credit", 1));
    cut("ann");
    broker.send("bob", put(1));
    broker.send("bob", request(2, "queue.delete", "queue", "other"));
    List<String> replies = texts(resumeAll("ann"));
    assertThat(replies).hasSize(3);
    assertThat(replies.get(0)).contains("\"resumed\":true");
    assertThat(replies.get(1)).isEqualTo("{\"op\":\"queue.cancelled\",\"sub\":2}");
    assertThat(replies.get(2)).contains("queue.message");
  }

  @Test
  void resume_whileTheOldConnectionStands_closesIt() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    broker.send("ann", take(5));
    broker.open("next");
    Turn turn = broker.turn(arrival("next", request(1, "hello", "session", "ann")));
    assertThat(text(turn, "ann")).singleElement().asString().contains("\"error\":\"cancelled\"");
    assertThat(departure(turn, "ann").last()).isTrue();
    assertThat(text(turn, "next").get(0)).contains("\"session\":\"ann\",\"resumed\":true");
    assertThat(sessions()).isEqualTo("2 connections, 2 sessions");
    assertThat(ack("next", 10)).contains("\"acked\":1");
  }

  @Test
  void resume_whileTheOldConnectionStandsWithoutGrace_takesItOverAllTheSame() {
    reserve("ann");
    assertThat(resumed(resume("ann"))).isTrue();
    assertThat(ack("next", 10)).contains("\"acked\":1");
  }

  @Test
  void request_onItsWayFromAConnectionThatWasTakenOver_isNotDone() {
    hello("ann", "grace", GRACE);
    broker.open("next");
    Turn turn =
        broker.turn(arrival("next", request(1, "hello", "session", "ann")), arrival("ann", put(7)));
    assertThat(text(turn, "ann")).isEmpty();
    assertThat(broker.send("ann", put(8))).isEmpty();
    broker.turn(new Arrival.Closed("ann"));
    assertThat(sessions()).isEqualTo("2 connections, 2 sessions");
    Reply again = broker.ask("next", put(7, "again", true));
    assertThat(BrokerFixture.text(again)).contains("\"msg\":1");
  }

  @Test
  void resume_theSessionThatTheConnectionHad_ends() {
    hello("ann", "grace", GRACE);
    cut("ann");
    broker.open("next");
    broker.send("next", put(1), take(2));
    assertThat(state()).isEqualTo("0 ready, 1 reserved");
    assertThat(broker.send("next", request(3, "hello", "session", "ann"))).hasSize(1);
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
    assertThat(resumed(resume("next", "last"))).isFalse();
  }

  @Test
  void hello_namesItsOwnSession_isResumedAndKeepsAll() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    Reply hello = broker.ask("ann", request(20, "hello", "session", "ann"));
    assertThat(resumed(hello)).isTrue();
    assertThat(ack("ann", 10)).contains("\"acked\":1");
  }

  @Test
  void hello_firstNamesASessionThatIsOver_keepsTheConnectionsOwn() {
    reserve("ann");
    Reply hello = broker.ask("ann", request(20, "hello", "session", "gone"));
    assertThat(resumed(hello)).isFalse();
    assertThat(hello.header().text("session")).isEqualTo("ann");
    assertThat(ack("ann", 10)).contains("\"acked\":1");
  }

  @Test
  void hello_secondNamesASessionThatIsOver_endsTheOneAndBeginsAnother() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    broker.send("ann", take(5, "queue", "empty"));
    List<Reply> replies = broker.send("ann", request(20, "hello", "session", "gone"));
    assertThat(texts(replies).get(0)).contains("\"error\":\"cancelled\"");
    Reply hello = replies.get(1);
    assertThat(resumed(hello)).isFalse();
    String name = hello.header().text("session");
    assertThat(name).matches("[0-9a-f]{32}");
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
    assertThat(sessions()).isEqualTo("2 connections, 2 sessions");
    cut("ann");
    assertThat(resumed(resume(name, "next"))).as("it had no grace").isFalse();
  }

  @Test
  void hello_second_changesGraceAndHeartbeatAndOnlyThose() {
    hello("ann", "grace", GRACE, "heartbeat", 500);
    Turn plain = broker.turn(arrival("ann", request(21, "hello")));
    assertThat(departure(plain, "ann").heartbeat()).isEqualTo(Departure.SAME_HEARTBEAT);
    Turn other = broker.turn(arrival("ann", request(22, "hello", "heartbeat", 0)));
    assertThat(departure(other, "ann").heartbeat()).isZero();
    reserve("ann");
    cut("ann");
    assertThat(state()).isEqualTo("0 ready, 1 reserved");
    resume("ann");
    broker.send("next", request(23, "hello", "grace", 0));
    cut("next");
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
  }

  @Test
  void heartbeat_ofASession_isToldToEachOfItsConnections() {
    Turn turn = broker.turn(arrival("ann", request(1, "hello", "heartbeat", 500, "grace", GRACE)));
    assertThat(departure(turn, "ann").heartbeat()).isEqualTo(500);
    assertThat(departure(cut("ann"), "ann").heartbeat()).isEqualTo(Departure.SAME_HEARTBEAT);
    broker.open("next");
    Turn resumed = broker.turn(arrival("next", request(1, "hello", "session", "ann")));
    assertThat(departure(resumed, "next").heartbeat()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 99, -1, 31_536_000_001L})
  void heartbeat_outOfRange_isBadRequest(long heartbeat) {
    Reply reply = broker.ask("ann", request(1, "hello", "heartbeat", heartbeat));
    assertThat(reply.header().text("error")).isEqualTo("bad_request");
    assertThat(reply.header().text("message")).contains("heartbeat is " + heartbeat);
  }

  @Test
  void hello_refused_changesNothing() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    cut("ann");
    broker.open("next");
    for (Object[] wrong :
        new Object[][] {{"version", 2}, {"heartbeat", 5}, {"grace", -1}, {"grace", "1"}}) {
      Request hello = request(1, "hello", "session", "ann", wrong[0], wrong[1]);
      Reply reply = broker.ask("next", hello);
      assertThat(reply.header().text("error")).isEqualTo("bad_request");
    }
    assertThat(ack("next", 10)).contains("\"acked\":0");
    broker.pass("bob", GRACE);
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
  }

  @Test
  void bye_withGrace_endsTheSessionNow() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    Turn turn = broker.turn(arrival("ann", request(20, "bye")));
    assertThat(departure(turn, "ann").last()).isTrue();
    assertThat(state()).isEqualTo("1 ready, 0 reserved");
    assertThat(resumed(resume("ann"))).isFalse();
  }

  @Test
  void drain_sessionInGrace_endsWithTheServer() {
    hello("ann", "grace", GRACE);
    reserve("ann");
    broker.send("ann", consume(1));
    cut("ann");
    assertThat(broker.drain().departures()).isEmpty();
    broker.pass("bob", GRACE);
    assertThat(broker.broker.end(Long.MAX_VALUE, broker.now).departures()).hasSize(1);
  }

  @Test
  void memory_ofAllThatSessionsWithGraceTook_isGivenBackAtTheirEnd() {
    final long before = memory();
    hello("ann", "grace", GRACE);
    broker.send("ann", put(1), put(2), take(3), consume(4), take(5, "queue", "empty"));
    broker.send("ann", request(6, "queue.consume", "queue", "other", "credit", 1));
    cut("ann");
    broker.send("bob", request(1, "queue.delete", "queue", "other"));
    assertThat(memory()).isGreaterThan(before);
    broker.pass("bob", GRACE);
    assertThat(sessions()).isEqualTo("1 connections, 1 sessions");
    broker.send("bob", request(2, "queue.delete", "queue", "empty"));
    endAll("bob");
    broker.open("bob");
    assertThat(memory()).isEqualTo(before);
  }

  @Test
  void memory_graceSetToZero_givesBackWhatWasKept() {
    final long before = memory();
    hello("ann", "grace", GRACE);
    broker.send("ann", request(2, "queue.declare", "queue", "q"));
    broker.send("ann", request(3, "queue.delete", "queue", "q"));
    assertThat(memory()).isGreaterThan(before + 1024);
    hello("ann", "grace", 0);
    assertThat(memory()).isEqualTo(before);
    hello("ann", "grace", GRACE);
    Reply again = broker.ask("ann", request(3, "queue.delete", "queue", "q", "again", true));
    assertThat(again.header().text("error")).isEqualTo("conflict");
  }

  @Test
  void hello_graceWithoutMemoryForIt_isBusyAndChangesNothing() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(1000, 65536, 1024, 3));
    small.open("ann");
    Reply reply = small.ask("ann", request(1, "hello", "grace", GRACE));
    assertThat(reply.header().text("error")).isEqualTo("busy");
    Turn turn = small.turn(new Arrival.Closed("ann"));
    assertThat(turn.due()).isEqualTo(Long.MAX_VALUE);
  }

  private void endAll(String connection) {
    broker.send(connection, request(900, "queue.delete", "queue", "q"));
    broker.writeAll();
    cut(connection);
    broker.pass("bob", GRACE);
    broker.writeAll();
  }

  private void hello(String connection, Object... arguments) {
    Reply reply = broker.ask(connection, request(999, "hello", arguments));
    assertThat(reply.isOk()).as("%s", reply.header()).isTrue();
  }

  private Turn cut(String connection) {
    return broker.turn(new Arrival.Closed(connection));
  }

  private Reply resume(String session) {
    return resume(session, "next");
  }

  private Reply resume(String session, String connection) {
    broker.open(connection);
    return broker.ask(connection, request(1, "hello", "session", session));
  }

  private List<Reply> resumeAll(String session) {
    broker.open("next");
    return broker.send("next", request(1, "hello", "session", session));
  }

  private static boolean resumed(Reply hello) {
    return (boolean) hello.header().get("resumed");
  }

  /** Puts a message, the first of all, and takes it. */
  private void reserve(String connection) {
    assertThat(broker.send(connection, put(11), take(12, "ttr", 60_000))).allMatch(Reply::isOk);
  }

  private String ack(String connection, long id) {
    Request ack = request(id, "queue.ack", "queue", "q", "msgs", new long[] {1});
    return BrokerFixture.text(broker.ask(connection, ack));
  }

  private String state() {
    Reply stats = broker.ask("bob", request(901, "queue.stats", "queue", "q"));
    return stats.header().get("ready") + " ready, " + stats.header().get("reserved") + " reserved";
  }

  private String sessions() {
    Reply info = broker.ask("bob", request(902, "server.info"));
    return info.header().get("connections")
        + " connections, "
        + info.header().get("sessions")
        + " sessions";
  }

  private long memory() {
    broker.writeAll();
    return (long) broker.ask("bob", request(903, "server.info")).header().get("memory");
  }

  private static Departure departure(Turn turn, String connection) {
    return turn.departures().stream()
        .map(Turn.Addressed::departure)
        .filter(departure -> departure.connection().equals(connection))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> text(Turn turn, String connection) {
    return texts(BrokerFixture.replies(turn, connection));
  }

  private static List<String> texts(List<Reply> replies) {
    return replies.stream().map(BrokerFixture::text).toList();
  }

  private static Request put(long id, Object... arguments) {
    return request(id, "queue.put", body(3), of(arguments));
  }

  private static Request take(long id, Object... arguments) {
    return request(id, "queue.take", of(arguments));
  }

  private static Request consume(long id) {
    return request(id, "queue.consume", "queue", "q", "credit", 5);
  }

  /** These arguments, and the queue q if they name none. */
  private static Object[] of(Object... arguments) {
    if (List.of(arguments).contains("queue")) {
      return arguments;
    }
    Object[] all = new Object[arguments.length + 2];
    all[0] = "queue";
    all[1] = "q";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return all;
  }
}
