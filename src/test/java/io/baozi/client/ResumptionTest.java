package io.baozi.client;

import static io.baozi.client.FakeServer.answer;
import static io.baozi.client.FakeServer.greeted;
import static io.baozi.client.FakeServer.refuse;
import static io.baozi.client.FakeServer.resumed;
import static io.baozi.client.Ticks.inOneTick;
import static io.baozi.client.Ticks.refused;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.frame.Header;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session with grace whose connection is cut, and what its calls come to. */
@Timeout(60)
final class ResumptionTest extends VertxFixture {
  /** What the server was asked, over whatever connection, hellos not counted. */
  private final List<Frame> asked = Collections.synchronizedList(new ArrayList<>());

  /** Opened by a test when the server may go on. */
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Completed by the server when the client has come back. */
  private final CompletableFuture<Void> back = new CompletableFuture<>();

  private static ClientOptions options(FakeServer server) {
    return server.options().withGrace(Duration.ofSeconds(20));
  }

  private static Client connected(FakeServer server) {
    return await(Client.connect(vertx, options(server)));
  }

  private Frame hear(Wire wire) throws IOException {
    Frame frame = wire.read();
    asked.add(frame);
    return frame;
  }

  private String json(int i) {
    return asked.get(i).json();
  }

  /** Greets, hears so many requests, and cuts the connection. */
  private FakeServer.Script hearing(int requests) {
    return greeted(
        wire -> {
          for (int i = 0; i < requests; i++) {
            hear(wire);
          }
        });
  }

  /** Resumes the session once the gate is open, then plays the script. */
  private FakeServer.Script resumedLate(FakeServer.Script script) {
    return wire -> {
      Frame hello = wire.read();
      back.complete(null);
      assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
      FakeServer.resume(wire, hello);
      script.play(wire);
    };
  }

  /** Resumes the session and gives each request the next of these answers. */
  private FakeServer.Script answering(String... answers) {
    return resumed(
        wire -> {
          for (String fields : answers) {
            answer(wire, hear(wire), fields);
          }
          FakeServer.readToTheEnd(wire);
        });
  }

  private void isBack() {
    await(Future.fromCompletionStage(back));
  }

  private static Message message(long msg) {
    return new Message("q", msg, 1, null, Buffer.buffer());
  }

  @Test
  void call_cutBeforeItsAnswer_isSentAgainUnderItsId() throws Exception {
    try (FakeServer server =
        FakeServer.from(hearing(1), answering(",\"msg\":7,\"durable\":\"memory\""))) {
      Client client = connected(server);
      Receipt receipt = await(client.queue("q").put(Buffer.buffer("abc")));
      assertThat(receipt.msg()).isEqualTo(7);
      assertThat(client.session()).isEqualTo("s");
      await(client.close());
    }
    assertThat(asked.get(0).id()).isEqualTo(asked.get(1).id());
    assertThat(asked.get(0).header().get("again")).isNull();
    assertThat(asked.get(1).header().get("again")).isEqualTo(true);
    assertThat(asked.get(1).header().text("op")).isEqualTo("queue.put");
    assertThat(asked.get(1).body()).isEqualTo(asked.get(0).body());
  }

  @Test
  void call_cutInTheMiddleOfItsAnswer_isAnsweredOverTheNextConnection() throws Exception {
    byte[] whole = Wire.frame("{\"id\":2,\"ok\":true}", new byte[] {1, 2, 3}, ByteOrder.BIG_ENDIAN);
    for (int cut : new int[] {1, 4, 9, whole.length - 1}) {
      try (FakeServer server =
          FakeServer.from(
              greeted(
                  wire -> {
                    wire.read();
                    wire.send(Arrays.copyOf(whole, cut));
                  }),
              resumed(
                  wire -> {
                    wire.read();
                    wire.send(whole);
                    FakeServer.readToTheEnd(wire);
                  }))) {
        Client client = connected(server);
        assertThat(await(client.echo(Buffer.buffer("x")))).isEqualTo(Buffer.buffer("\1\2\3"));
        await(client.close());
      }
    }
  }

  @Test
  void call_cutOffAgainInTheAnswerToHello_isAnsweredOverTheThirdConnection() throws Exception {
    List<Long> ids = new ArrayList<>();
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            wire -> {
              ids.add(wire.read().id());
              wire.send(new byte[] {0, 0, 0, 99, '{'});
            },
            wire -> {
              Frame hello = wire.read();
              ids.add(hello.id());
              refuse(wire, hello, "busy");
            },
            wire -> {
              Frame hello = wire.read();
              ids.add(hello.id());
              FakeServer.resume(wire, hello);
              answer(wire, hear(wire), "");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = connected(server);
      await(client.ping());
      await(client.close());
    }
    ids.add(1L);
    ids.add(asked.get(0).id());
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(asked.get(1).id()).isEqualTo(asked.get(0).id());
  }

  @Test
  void calls_cutBeforeTheirAnswers_areSentAgainInOrderAndAnsweredInAnyOther() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            hearing(3),
            resumed(
                wire -> {
                  List<Frame> frames = List.of(hear(wire), hear(wire), hear(wire));
                  for (int i : new int[] {2, 0, 1}) {
                    long id = frames.get(i).id();
                    wire.send("{\"id\":" + id + ",\"ok\":true}", frames.get(i).body());
                  }
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = connected(server);
      List<Future<Buffer>> echoes = new ArrayList<>();
      inOneTick(
          vertx,
          () -> {
            for (String body : new String[] {"a", "b", "c"}) {
              echoes.add(client.echo(Buffer.buffer(body)));
            }
          });
      assertThat(await(Future.all(echoes)).<Buffer>list())
          .extracting(Buffer::toString)
          .containsExactly("a", "b", "c");
      await(client.close());
    }
    assertThat(asked).extracting(Frame::id).containsExactly(2L, 3L, 4L, 2L, 3L, 4L);
  }

  @Test
  void batchOfPuts_cut_isSentAgainWhole() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            answering(
                ",\"msgs\":[7,null],\"durable\":\"memory\","
                    + "\"errors\":[{\"at\":1,\"error\":\"full\",\"message\":\"no\"}]"))) {
      Client client = connected(server);
      List<Future<Receipt>> puts = new ArrayList<>();
      inOneTick(
          vertx,
          () -> {
            puts.add(client.queue("q").put(Buffer.buffer("one")));
            puts.add(client.queue("q").put(Buffer.buffer("two")));
          });
      assertThat(await(puts.get(0)).msg()).isEqualTo(7);
      refused(puts.get(1), ErrorCode.FULL);
      await(client.close());
    }
    assertThat(json(1)).contains("\"sizes\":[3,3],\"each\":true", "\"again\":true");
    assertThat(new String(asked.get(1).body(), StandardCharsets.UTF_8)).isEqualTo("onetwo");
  }

  @Test
  void take_cut_isSentAgainWithWhatIsLeftOfItsWait() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            resumed(
                wire -> {
                  Frame take = hear(wire);
                  wire.send(
                      "{\"id\":"
                          + take.id()
                          + ",\"ok\":true,\"queue\":\"q\",\"msgs\":"
                          + "[{\"msg\":5,\"attempt\":1}],\"sizes\":[3]}",
                      new byte[] {'a', 'b', 'c'});
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = connected(server);
      Message message = await(client.queue("q").take());
      assertThat(message.body().toString()).isEqualTo("abc");
      await(client.close());
    }
    assertThat((Long) asked.get(0).header().get("wait")).isEqualTo(30_000);
    // The pause before the first attempt alone takes ten milliseconds.
    assertThat((Long) asked.get(1).header().get("wait")).isBetween(1L, 29_990L);
  }

  @Test
  void ack_cut_isSentAgain() throws Exception {
    try (FakeServer server = FakeServer.from(hearing(1), answering(",\"acked\":1"))) {
      Client client = connected(server);
      assertThat(await(client.queue("q").ack(message(9)))).isTrue();
      await(client.close());
    }
    assertThat(json(1)).contains("queue.ack", "[9]", "\"again\":true");
  }

  @Test
  void call_sentAgainAndRefusedWithConflict_failsAsUnknown() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            resumed(
                wire -> {
                  refuse(wire, hear(wire), "conflict");
                  refuse(wire, hear(wire), "conflict");
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = connected(server);
      assertThatThrownBy(() -> await(client.queue("q").put(Buffer.buffer("m"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("whether queue.put was done is unknown")
          .hasCauseInstanceOf(RefusedException.class);
      refused(client.ping(), ErrorCode.CONFLICT); // this one was sent once
      await(client.close());
    }
  }

  @Test
  void calls_madeDuringTheCut_followWhatIsSentAgain() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            resumedLate(
                wire -> {
                  for (int i = 0; i < 4; i++) {
                    answer(wire, hear(wire), ",\"acked\":1,\"msg\":3");
                  }
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = await(Client.connect(vertx, options(server).withMaxInFlight(4)));
      Queue q = client.queue("q");
      List<Future<?>> calls = new ArrayList<>();
      calls.add(client.ping());
      isBack();
      inOneTick(
          vertx,
          () -> {
            calls.add(client.echo(Buffer.buffer()));
            calls.add(q.put(Buffer.buffer("m")));
            calls.add(q.ack(message(1)));
          });
      assertThat(calls).noneMatch(Future::isComplete);
      gate.countDown();
      await(Future.all(calls));
      await(client.close());
    }
    assertThat(asked)
        .extracting(frame -> frame.header().text("op"))
        .containsExactly("ping", "ping", "echo", "queue.put", "queue.ack");
    assertThat(asked).extracting(Frame::id).isSorted();
  }

  @Test
  void calls_madeDuringTheCutOverTheBounds_failWithBusy() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            resumedLate(
                wire -> {
                  for (int i = 0; i < 4; i++) {
                    answer(wire, hear(wire), "");
                  }
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client =
          await(Client.connect(vertx, options(server).withMaxInFlight(2).withMaxWaiting(2)));
      List<Future<Void>> pings = new ArrayList<>();
      pings.add(client.ping());
      isBack();
      for (int i = 0; i < 4; i++) {
        pings.add(client.ping());
      }
      refused(pings.get(4), ErrorCode.BUSY);
      gate.countDown();
      await(Future.all(pings.subList(0, 4)));
      await(client.close());
    }
  }

  @Test
  void call_whoseTimeRunsOutInTheCut_failsThenAndIsNotSentAgain() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            FakeServer::readToTheEnd,
            FakeServer::readToTheEnd,
            resumed(
                wire -> {
                  answer(wire, hear(wire), "");
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client =
          await(Client.connect(vertx, options(server).withTimeout(Duration.ofSeconds(2))));
      Future<Buffer> echo = client.echo(Buffer.buffer("x"));
      refused(echo, ErrorCode.TIMEOUT);
      await(client.ping());
      await(client.close());
    }
    assertThat(asked)
        .extracting(frame -> frame.header().text("op"))
        .containsExactly("echo", "ping");
  }

  @Test
  void take_givenUpInTheCutThatHadBeenAnswered_givesItsMessagesBack() throws Exception {
    CompletableFuture<Frame> nack = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.from(
            hearing(2),
            FakeServer::readToTheEnd,
            FakeServer::readToTheEnd,
            resumed(
                wire -> {
                  String message =
                      ",\"queue\":\"q\",\"msgs\":[{\"msg\":5,\"attempt\":1}],\"sizes\":[0]";
                  answer(wire, hear(wire), message);
                  refuse(wire, hear(wire), "bad_request");
                  Frame frame = hear(wire);
                  answer(wire, frame, ",\"nacked\":1");
                  nack.complete(frame);
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client =
          await(Client.connect(vertx, options(server).withTimeout(Duration.ofSeconds(2))));
      TakeOptions now = TakeOptions.ONE.withWait(Duration.ZERO);
      Future<?> first = client.queue("q").take(now);
      Future<?> second = client.queue("r").take(now);
      refused(first, ErrorCode.TIMEOUT);
      refused(second, ErrorCode.TIMEOUT);
      Frame given = await(Future.fromCompletionStage(nack));
      assertThat(given.json()).contains("queue.nack", "[5]", "\"delay\":0");
      await(client.close());
    }
    // Without its arguments what was not done before is not done now.
    assertThat(json(2)).isEqualTo("{\"op\":\"queue.take\",\"id\":2,\"again\":true}");
    assertThat(json(3)).isEqualTo("{\"op\":\"queue.take\",\"id\":3,\"again\":true}");
  }

  @Test
  void call_cancelledByTheServersSideOfTheCut_isSentAgain() throws Exception {
    try (FakeServer server =
        FakeServer.from(greeted(wire -> refuse(wire, hear(wire), "cancelled")), answering(""))) {
      Client client = connected(server);
      await(client.ping());
      await(client.close());
    }
    assertThat(asked).hasSize(2);
  }

  @Test
  void server_closesWithTimeout_isACutAndWithBadFrameTheEnd() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            greeted(
                wire -> {
                  hear(wire);
                  wire.send("{\"ok\":false,\"error\":\"timeout\",\"message\":\"slow\"}");
                  FakeServer.readToTheEnd(wire);
                }),
            resumed(
                wire -> {
                  hear(wire);
                  wire.send("{\"ok\":false,\"error\":\"bad_frame\",\"message\":\"no\"}");
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = connected(server);
      refused(client.ping(), ErrorCode.BAD_FRAME);
      await(client.close());
    }
    assertThat(asked).hasSize(2);
  }

  @Test
  void session_thatIsOver_failsAllThatIsOpen() throws Exception {
    CompletableFuture<Frame> bye = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.from(
            greeted(
                wire -> {
                  answer(wire, hear(wire), ",\"sub\":1");
                  hear(wire);
                }),
            wire -> {
              answer(
                  wire,
                  wire.read(),
                  ",\"session\":\"t\",\"resumed\":false,\"limits\":{\"maxHeader\":65536}");
              bye.complete(wire.read());
            })) {
      Client client = connected(server);
      Promise<Throwable> told = Promise.promise();
      client.closeHandler(told::complete);
      Subscription subscription =
          await(
              client
                  .queue("q")
                  .consume(
                      ConsumeOptions.DEFAULT.withTtr(Duration.ofMinutes(1)),
                      m -> Future.succeededFuture()));
      Future<Void> ping = client.ping();
      assertOver(ping);
      assertOver(subscription.closed());
      assertOver(client.ping());
      assertThat(await(told.future())).isInstanceOf(IOException.class);
      assertThat(await(Future.fromCompletionStage(bye)).header().text("op")).isEqualTo("bye");
    }
  }

  private static void assertOver(Future<?> future) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the session was over");
  }

  @Test
  void grace_runsOut_failsAllThatIsOpen() throws Exception {
    FakeServer server = FakeServer.from(hearing(1));
    Client client = await(Client.connect(vertx, options(server).withGrace(Duration.ofMillis(300))));
    Promise<Throwable> told = Promise.promise();
    client.closeHandler(told::complete);
    Future<Void> ping = client.ping();
    // Nobody accepts any more, though the port still answers.
    assertThatThrownBy(() -> await(ping))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not resumed within 300 ms (grace)");
    assertThat(await(told.future())).hasMessageContaining("grace");
    assertThatThrownBy(() -> await(client.ping())).hasMessageContaining("grace");
    server.close();
  }

  @Test
  void server_thatAcceptsAndSaysNothing_isTriedAgain() throws Exception {
    try (FakeServer server =
        FakeServer.from(hearing(1), FakeServer::readToTheEnd, answering(",\"msg\":7"))) {
      Client client =
          await(Client.connect(vertx, options(server).withTimeout(Duration.ofSeconds(2))));
      PutOptions patient = PutOptions.DEFAULT.withWait(Duration.ofMinutes(1));
      assertThat(await(client.queue("q").put(Buffer.buffer("m"), patient)).msg()).isEqualTo(7);
      await(client.close());
    }
    assertThat(asked).hasSize(2);
  }

  @Test
  void close_duringTheCut_failsWhatIsOpenAndSaysByeToWhoAnswers() throws Exception {
    CompletableFuture<Frame> bye = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            wire -> {
              wire.read();
              back.complete(null);
              bye.complete(wire.read());
            })) {
      Client client = connected(server);
      Promise<Throwable> told = Promise.promise();
      client.closeHandler(told::complete);
      Future<Void> ping = client.ping();
      isBack();
      await(client.close());
      assertThatThrownBy(() -> await(ping)).hasMessageContaining("the client was closed");
      assertThat(await(Future.fromCompletionStage(bye)).header().text("op")).isEqualTo("bye");
      assertThat(told.future().isComplete()).isFalse();
    }
  }

  @Test
  void close_withGrace_saysBye() throws Exception {
    List<Header> heard = new ArrayList<>();
    try (FakeServer server = FakeServer.greeting(wire -> heard.add(wire.read().header()))) {
      await(connected(server).close());
    }
    assertThat(heard).containsExactly(Header.of("op", "bye"));
  }

  @Test
  void requestsInFlight_withGrace_areNoMoreThanTheServerCanBeAskedForAgain() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            wire -> {
              Frame hello = wire.read();
              assertThat(hello.json()).contains("\"grace\":20000").doesNotContain("heartbeat");
              answer(
                  wire,
                  hello,
                  ",\"session\":\"s\",\"limits\":{\"maxHeader\":65536,\"maxMessage\":1,\"again\":2}");
              hear(wire);
              hear(wire);
            },
            resumed(
                wire -> {
                  Frame first = hear(wire);
                  Frame second = hear(wire);
                  answer(wire, first, "");
                  answer(wire, hear(wire), "");
                  answer(wire, second, "");
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = connected(server);
      List<Future<Void>> pings = new ArrayList<>();
      inOneTick(
          vertx,
          () -> {
            for (int i = 0; i < 3; i++) {
              pings.add(client.ping());
            }
          });
      await(Future.all(pings));
      await(client.close());
    }
    assertThat(asked).extracting(Frame::id).containsExactly(2L, 3L, 2L, 3L, 5L);
  }

  @Test
  void subscription_afterTheCut_goesOnAndWhatIsInHandIsTouched() throws Exception {
    Promise<Void> inHand = Promise.promise();
    Promise<Void> begun = Promise.promise();
    List<Long> consumed = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Void> done = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.from(
            greeted(
                wire -> {
                  answer(wire, hear(wire), ",\"sub\":1");
                  push(wire, 5);
                  await(begun.future());
                }),
            resumedLate(
                wire -> {
                  push(wire, 6);
                  for (String op = ""; !op.equals("queue.touch"); ) {
                    Frame frame = hear(wire);
                    op = frame.header().text("op");
                    answer(wire, frame, ",\"acked\":1,\"touched\":1");
                  }
                  inHand.complete();
                  Frame ack = hear(wire);
                  answer(wire, ack, ",\"acked\":1,\"touched\":1");
                  done.complete(null);
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = connected(server);
      Subscription subscription =
          await(
              client
                  .queue("q")
                  .consume(
                      ConsumeOptions.DEFAULT.withTtr(Duration.ofMillis(400)),
                      message -> {
                        consumed.add(message.msg());
                        begun.tryComplete();
                        return message.msg() == 5 ? inHand.future() : Future.succeededFuture();
                      }));
      isBack();
      await(vertx.timer(400)); // what is in hand is due for a touch
      gate.countDown();
      await(Future.fromCompletionStage(done));
      assertThat(subscription.closed().isComplete()).isFalse();
      await(client.close());
    }
    assertThat(consumed).containsExactly(5L, 6L);
    assertThat(asked.stream().filter(f -> f.json().contains("queue.touch")).findFirst())
        .hasValueSatisfying(touch -> assertThat(touch.json()).contains("\"msgs\":[5]"));
  }

  private static void push(Wire wire, long msg) throws IOException {
    wire.send(
        "{\"op\":\"queue.message\",\"sub\":1,\"queue\":\"q\",\"msgs\":[{\"msg\":"
            + msg
            + ",\"attempt\":1}],\"sizes\":[0]}");
  }

  @Test
  void consume_whoseMessagesOvertakeItsAnswer_getsThem() throws Exception {
    CompletableFuture<Frame> ack = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.from(
            hearing(1),
            resumed(
                wire -> {
                  push(wire, 5);
                  answer(wire, hear(wire), ",\"sub\":1");
                  ack.complete(hear(wire));
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client = connected(server);
      await(
          client
              .queue("q")
              .consume(
                  ConsumeOptions.DEFAULT.withTtr(Duration.ofMinutes(1)),
                  m -> Future.succeededFuture()));
      assertThat(await(Future.fromCompletionStage(ack)).json()).contains("queue.ack", "[5]");
      await(client.close());
    }
  }
}
