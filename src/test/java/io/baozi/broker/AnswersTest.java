package io.baozi.broker;

import static io.baozi.broker.BrokerFixture.body;
import static io.baozi.broker.BrokerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Arrival;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests sent again after a cut: what was done is answered as it was then, what was not is done.
 */
final class AnswersTest {
  private static final Object[] AGAIN = {"again", true};

  private final BrokerFixture broker =
      new BrokerFixture(BrokerFixture.settings(1 << 22, 64 * 1024, 1024, 2000));
  private String connection = "ann";
  private int resumptions;

  @BeforeEach
  void open() {
    broker.open("ann", "bob");
    assertThat(ask(request(1, "hello", "grace", 1000)).isOk()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queue.put",
        "queue.take",
        "queue.consume",
        "queue.cancel",
        "queue.ack",
        "queue.nack",
        "queue.touch",
        "queue.redrive",
        "queue.pause",
        "queue.resume",
        "queue.purge",
        "queue.delete",
        "queue.declare"
      })
  void again_ofWhatWasDone_isAnsweredAsThenAndNotDoneTwice(String op) {
    ask(request(2, "queue.put", body(3), "queue", "q"));
    ask(request(3, "queue.put", body(3), "queue", "q"));
    ask(request(4, "queue.take", "queue", "q"));
    ask(request(5, "queue.consume", "queue", "other", "credit", 1));
    Reply first = ask(changing(op));
    assertThat(first.isOk()).as("%s", first.header()).isTrue();
    resume();
    String before = state();
    Reply second = ask(changing(op, AGAIN));
    assertThat(second).isEqualTo(first);
    assertThat(state()).isEqualTo(before);
  }

  private static Request changing(String op, Object... again) {
    String queue = op.equals("queue.consume") ? "third" : "q";
    List<Object> arguments = new ArrayList<>(List.of("queue", queue));
    arguments.addAll(
        switch (op) {
          case "queue.consume" -> List.of("credit", 1);
          case "queue.cancel" -> List.of("sub", 1);
          case "queue.ack", "queue.nack", "queue.touch" -> List.of("msgs", new long[] {1});
          default -> List.of();
        });
    arguments.addAll(List.of(again));
    return request(10, op, op.equals("queue.put") ? body(3) : body(0), arguments.toArray());
  }

  @Test
  void again_ofATakeThatWaited_bringsTheSameMessageAndAccountsForIt() {
    ask(request(2, "queue.put", body(3), "queue", "q"));
    Reply first = ask(request(3, "queue.take", "queue", "q"));
    resume();
    broker.writeAll();
    long before = memory();
    Reply second = ask(request(3, "queue.take", "queue", "q", "again", true));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(memory()).isEqualTo(before + 3);
    broker.writeAll();
    assertThat(memory()).isEqualTo(before);
  }

  @Test
  void again_ofATakeWhileMuchIsUnread_isBusy() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(40_000, 65536, 1024, 10));
    small.open("ann");
    small.ask("ann", request(1, "hello", "grace", 1000));
    small.ask("ann", request(2, "queue.put", body(1000), "queue", "q"));
    small.ask("ann", request(3, "queue.take", "queue", "q"));
    Request again = request(3, "queue.take", "queue", "q", "again", true);
    for (int i = 0; i < 9; i++) {
      assertThat(small.ask("ann", again).isOk()).isTrue();
    }
    assertThat(error(small.ask("ann", again))).isEqualTo("busy");
    small.writeAll();
    assertThat(small.ask("ann", again).isOk()).isTrue();
  }

  @Test
  void again_ofWhatTheServerNeverSaw_isDone() {
    resume();
    assertThat(ask(request(7, "queue.put", body(3), "queue", "q", "again", true)).isOk()).isTrue();
    assertThat(state()).contains("\"puts\":1,");
  }

  @Test
  void again_ofWhatACutCancelled_isDoneThoughOthersBehindItWereKept() {
    send(request(2, "queue.take", "queue", "q"));
    keepMany(3, Answers.MOST + 1);
    resume();
    ask(request(5000, "queue.put", body(3), "queue", "q"));
    Reply take = ask(request(2, "queue.take", "queue", "q", "again", true));
    assertThat(BrokerFixture.text(take)).contains("\"msg\":1,").endsWith("-> xxx");
    resume();
    assertThat(ask(request(2, "queue.take", "queue", "q", "again", true))).isEqualTo(take);
  }

  @Test
  void again_ofWhatItsClientCancelled_isConflictOnceItIsOld() {
    send(request(2, "queue.take", "queue", "q"), request(3, "cancel", "request", 2));
    keepMany(4, Answers.MOST + 1);
    assertThat(error(ask(request(2, "queue.take", "queue", "q", "wait", 0, "again", true))))
        .isEqualTo("conflict");
  }

  @Test
  void again_ofAnAnswerThatIsOlderThanThoseKept_isConflict() {
    keepMany(2, Answers.MOST);
    assertThat(ask(pause(2, AGAIN)).isOk()).isTrue();
    keepMany(2 + Answers.MOST, 1);
    Reply old = ask(pause(2, AGAIN));
    assertThat(error(old)).isEqualTo("conflict");
    assertThat(old.header().text("message")).contains("request 2", "1024 (limits.again)");
    assertThat(ask(pause(3, AGAIN)).isOk()).isTrue();
  }

  @Test
  void again_ofWhatWasRefused_isDone() {
    Request ack = request(2, "queue.ack", "queue", "q", "msgs", new long[] {1});
    assertThat(error(ask(ack))).isEqualTo("not_found");
    ask(request(3, "queue.put", body(3), "queue", "q"));
    Request again = request(2, "queue.ack", "queue", "q", "msgs", new long[] {1}, "again", true);
    assertThat(ask(again).isOk()).isTrue();
  }

  @Test
  void again_ofAnEachPutThatWasPartlyDone_isAnsweredWithThatPart() {
    Object[] each = {"queue", "one", "sizes", new long[] {1, 1}, "each", true};
    assertThat(send(request(2, "queue.put", body(2), each))).isEmpty();
    List<Reply> cut = cut();
    assertThat(cut.get(0).header().get("msgs").toString()).isEqualTo("[1,null]");
    resumeCut();
    Reply again = ask(request(2, "queue.put", body(2), with(each, AGAIN)));
    assertThat(again).isEqualTo(cut.get(0));
  }

  @Test
  void again_ofAnEachPutOfWhichNothingWasDone_isDone() {
    Object[] each = {"queue", "one", "sizes", new long[] {1}, "each", true};
    ask(request(2, "queue.put", body(1), "queue", "one"));
    assertThat(send(request(3, "queue.put", body(1), each))).isEmpty();
    assertThat(cut().get(0).header().get("msgs").toString()).isEqualTo("[null]");
    resumeCut();
    ask(request(4, "queue.purge", "queue", "one"));
    Reply again = ask(request(3, "queue.put", body(1), with(each, AGAIN)));
    assertThat(again.header().get("msgs")).isEqualTo(new long[] {2});
  }

  @Test
  void again_ofWhatWaitedBeforeGraceWasAskedFor_isAnsweredAsThen() {
    ask(request(2, "hello", "grace", 0));
    send(request(3, "queue.take", "queue", "q"));
    ask(request(4, "hello", "grace", 1000));
    broker.send("bob", request(1, "queue.put", body(3), "queue", "q"));
    resume();
    Reply again = ask(request(3, "queue.take", "queue", "q", "wait", 0, "again", true));
    assertThat(BrokerFixture.text(again)).contains("\"msg\":1,");
  }

  @Test
  void again_withoutIdOrNoFlag_isBadRequest() {
    assertThat(error(ask(pause(2, "again", 1)))).isEqualTo("bad_request");
    assertThat(error(ask(pause(-1, AGAIN)))).isEqualTo("bad_request");
  }

  @Test
  void again_false_isDoneAnew() {
    ask(request(2, "queue.put", body(3), "queue", "q"));
    ask(request(2, "queue.put", body(3), "queue", "q", "again", false));
    assertThat(state()).contains("\"puts\":2,");
  }

  @Test
  void again_whileTheServerDrains_isAnsweredIfItWasDone() {
    ask(request(2, "queue.put", body(3), "queue", "q"));
    broker.drain();
    assertThat(ask(request(2, "queue.put", body(3), "queue", "q", "again", true)).isOk()).isTrue();
    assertThat(error(ask(request(3, "queue.put", body(3), "queue", "q", "again", true))))
        .isEqualTo("shutting_down");
  }

  @Test
  void again_ofARequestThatChangesNothing_isDone() {
    assertThat(ask(request(1, "ping", "again", true)).isOk()).isTrue();
  }

  @Test
  void answers_whileMemoryIsShort_makeRoomForMessagesTheOldestFirst() {
    BrokerFixture small = new BrokerFixture(BrokerFixture.settings(12_000, 65536, 1024, 10));
    small.open("ann");
    small.ask("ann", request(1, "hello", "grace", 1000));
    for (int id = 2; id < 200; id += 3) {
      assertThat(small.ask("ann", request(id, "queue.put", body(1000), "queue", "q")).isOk())
          .isTrue();
      Reply take = small.ask("ann", request(id + 1, "queue.take", "queue", "q"));
      assertThat(take.isOk()).isTrue();
      small.writeAll();
      long[] msgs = {id / 3 + 1};
      assertThat(
              BrokerFixture.text(
                  small.ask("ann", request(id + 2, "queue.ack", "queue", "q", "msgs", msgs))))
          .contains("\"acked\":1");
      assertThat(small.ask("ann", request(id + 1, "queue.take", "queue", "q", "again", true)))
          .isEqualTo(take);
      small.writeAll();
    }
    Reply old = small.ask("ann", request(2, "queue.put", body(1), "queue", "q", "again", true));
    assertThat(error(old)).isEqualTo("conflict");
  }

  /** So many requests whose answers are kept. */
  private void keepMany(long firstId, int many) {
    for (int i = 0; i < many; i++) {
      assertThat(ask(pause(firstId + i)).isOk()).isTrue();
    }
  }

  private static Request pause(long id, Object... arguments) {
    return request(id, "queue.pause", with(new Object[] {"queue", "one"}, arguments));
  }

  private static Object[] with(Object[] some, Object... others) {
    List<Object> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(others));
    return all.toArray();
  }

  private Reply ask(Request request) {
    return broker.ask(connection, request);
  }

  private List<Reply> send(Request... requests) {
    return broker.send(connection, requests);
  }

  private void resume() {
    cut();
    resumeCut();
  }

  private List<Reply> cut() {
    return BrokerFixture.replies(broker.turn(new Arrival.Closed(connection)), connection);
  }

  private void resumeCut() {
    connection = "next" + ++resumptions;
    broker.open(connection);
    Reply hello = ask(request(1, "hello", "session", "ann"));
    assertThat(hello.header().get("resumed")).isEqualTo(true);
  }

  private String state() {
    return BrokerFixture.text(broker.ask("bob", request(900, "queue.list")));
  }

  private long memory() {
    return (long) broker.ask("bob", request(901, "server.info")).header().get("memory");
  }

  private static String error(Reply reply) {
    return reply.header().text("error");
  }
}
