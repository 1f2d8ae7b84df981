package io.baozi.client;

import static io.baozi.client.Ticks.fromOneTick;
import static io.baozi.client.Ticks.inOneTick;
import static io.baozi.client.Ticks.refused;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.client.PeekOptions.State;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.net.Wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The frames that calls become, and what the client makes of the answers. */
@Timeout(60)
final class QueueFramesTest extends VertxFixture {
  private static final PutOptions NOW = PutOptions.DEFAULT.withWait(Duration.ZERO);

  /** What the server was asked, in order. */
  private final List<Frame> asked = new ArrayList<>();

  /** A server that gives each request the next of these answers, then reads on. */
  private FakeServer answering(String... answers) throws IOException {
    return FakeServer.greeting(
        wire -> {
          for (String fields : answers) {
            Frame frame = wire.read();
            asked.add(frame);
            FakeServer.answer(wire, frame, fields);
          }
          FakeServer.readToTheEnd(wire);
        });
  }

  private <T> T with(FakeServer server, Function<Client, Future<T>> calls) throws IOException {
    try (server) {
      Client client = await(Client.connect(vertx, server.options()));
      try {
        return fromOneTick(vertx, () -> calls.apply(client));
      } finally {
        await(client.close());
      }
    }
  }

  private <T> T call(Function<Queue, Future<T>> call, String answer) throws IOException {
    return with(answering(answer), client -> call.apply(client.queue("q")));
  }

  private String json(int i) {
    return asked.get(i).json();
  }

  private String body(int i) {
    return new String(asked.get(i).body(), StandardCharsets.UTF_8);
  }

  private static Message message(long msg) {
    return new Message("q", msg, 1, null, Buffer.buffer());
  }

  private static List<Message> messages(long... msgs) {
    return LongStream.of(msgs).mapToObj(QueueFramesTest::message).toList();
  }

  @Test
  void put_allOptions_standInItsFrame() throws Exception {
    PutOptions options =
        NOW.withHeaders(Json.of(Map.of("a", 1)))
            .withPriority(-7)
            .withDelay(Duration.ofSeconds(1))
            .withTtl(Duration.ofSeconds(2))
            .withKey("k");
    Receipt receipt =
        call(q -> q.put(Buffer.buffer("x"), options), ",\"msg\":5,\"durable\":\"synced\"");
    assertThat(receipt).isEqualTo(new Receipt(5, "synced"));
    assertThat(json(0))
        .isEqualTo(
            "{\"op\":\"queue.put\",\"queue\":\"q\",\"wait\":0,\"headers\":{\"a\":1},"
                + "\"priority\":-7,\"delay\":1000,\"ttl\":2000,\"key\":\"k\",\"id\":2,\"size\":1}");
  }

  @Test
  void puts_alikeButForTheirKeys_travelInOneFrame() throws Exception {
    List<Receipt> receipts =
        with(
            answering(",\"msgs\":[1,2,1],\"durable\":\"memory\""),
            client -> {
              Queue q = client.queue("q");
              return Future.all(
                      q.put(Buffer.buffer("a"), NOW),
                      q.put(Buffer.buffer("bc"), NOW.withKey("ä\"\n")),
                      q.put(Buffer.buffer("d"), PutOptions.DEFAULT.withWait(Duration.ZERO)))
                  .map(all -> all.list());
            });
    assertThat(receipts).extracting(Receipt::msg).containsExactly(1L, 2L, 1L);
    assertThat(json(0))
        .isEqualTo(
            "{\"op\":\"queue.put\",\"queue\":\"q\",\"wait\":0,\"sizes\":[1,2,1],\"each\":true,"
                + "\"keys\":[null,\"ä\\\"\\n\",null],\"id\":2,\"size\":4}");
    assertThat(body(0)).isEqualTo("abcd");
  }

  @Test
  void puts_withOtherPriorityDelayOrTtl_travelApartInOrder() throws Exception {
    with(
        answering(",\"msg\":1", ",\"msg\":2", ",\"msg\":3", ",\"msg\":4"),
        client -> {
          Queue q = client.queue("q");
          return Future.all(
              q.put(Buffer.buffer("a")),
              q.put(Buffer.buffer("b"), PutOptions.DEFAULT.withPriority(1)),
              q.put(Buffer.buffer("c"), PutOptions.DEFAULT.withDelay(Duration.ofMillis(1))),
              q.put(Buffer.buffer("d"), PutOptions.DEFAULT.withTtl(Duration.ofMillis(1))));
        });
    assertThat(List.of(body(0), body(1), body(2), body(3))).containsExactly("a", "b", "c", "d");
  }

  @Test
  void puts_withLongKeys_stayBelowTheLongestHeader() throws Exception {
    String key = "\u0001".repeat(250);
    List<String> answers = new ArrayList<>();
    List<Future<Receipt>> puts = new ArrayList<>();
    FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
                long[] sizes = (long[]) frame.header().get("sizes");
                long[] ids = LongStream.rangeClosed(1, sizes == null ? 1 : sizes.length).toArray();
                answers.add(frame.json());
                FakeServer.answer(
                    wire,
                    frame,
                    sizes == null ? ",\"msg\":1" : ",\"msgs\":" + Arrays.toString(ids));
              }
            });
    with(
        server,
        client -> {
          for (int i = 0; i < 100; i++) {
            puts.add(client.queue("q").put(Buffer.buffer("x"), NOW.withKey(key + i)));
          }
          return Future.all(puts);
        });
    assertThat(answers).hasSizeBetween(2, 10).allMatch(header -> header.length() < 65536);
  }

  @Test
  void putAll_bodies_travelInOneFrameAllOrNone() throws Exception {
    List<Receipt> receipts =
        call(
            q -> q.putAll(List.of(Buffer.buffer("a"), Buffer.buffer("bc")), NOW),
            ",\"msgs\":[8,9],\"durable\":\"memory\"");
    assertThat(receipts).containsExactly(new Receipt(8, "memory"), new Receipt(9, "memory"));
    assertThat(json(0))
        .isEqualTo(
            "{\"op\":\"queue.put\",\"queue\":\"q\",\"wait\":0,\"sizes\":[1,2],\"id\":2,\"size\":3}");
    assertThat(body(0)).isEqualTo("abc");
  }

  @Test
  void putAll_oneBodyWithKeyAndPriority_isABatchAllTheSame() throws Exception {
    call(
        q -> q.putAll(List.of(Buffer.buffer("a")), List.of("k"), NOW.withPriority(3)),
        ",\"msgs\":[8],\"durable\":\"memory\"");
    assertThat(json(0))
        .isEqualTo(
            "{\"op\":\"queue.put\",\"queue\":\"q\",\"wait\":0,\"priority\":3,\"sizes\":[1],"
                + "\"keys\":[\"k\"],\"id\":2,\"size\":1}");
  }

  @Test
  void putAll_noBodies_asksNothing() throws Exception {
    List<Receipt> none = with(answering(), client -> client.queue("q").putAll(List.of(), NOW));
    assertThat(none).isEmpty();
  }

  @Test
  void putAll_keysThatDoNotFit_isThrownAtOnce() throws Exception {
    with(
        answering(),
        client -> {
          Queue q = client.queue("q");
          assertThatThrownBy(() -> q.putAll(List.of(Buffer.buffer()), List.of(), NOW))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> q.putAll(List.of(Buffer.buffer()), NOW.withKey("k")))
              .isInstanceOf(IllegalArgumentException.class);
          return Future.succeededFuture();
        });
  }

  @Test
  void putAll_answeredWithAnotherNumber_fails() {
    assertThatThrownBy(
            () -> call(q -> q.putAll(List.of(Buffer.buffer("a")), NOW), ",\"msgs\":[8,9]"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void acks_ofOneTick_travelInOneFrameAndEachHearsOfItsOwn() throws Exception {
    List<Object> results =
        with(
            answering(",\"acked\":4,\"missing\":[2,6]"),
            client -> {
              Queue q = client.queue("q");
              return Future.all(
                      q.ack(message(1)),
                      q.ack(message(2)),
                      q.ack(messages(3, 4)),
                      q.ack(messages(5, 6)))
                  .map(all -> all.list());
            });
    assertThat(results).containsExactly(true, false, 2, 1);
    assertThat(json(0))
        .isEqualTo("{\"op\":\"queue.ack\",\"queue\":\"q\",\"msgs\":[1,2,3,4,5,6],\"id\":2}");
  }

  @Test
  void acks_ofTheSameMessageTwice_succeedOnce() throws Exception {
    List<Object> results =
        with(
            answering(",\"acked\":2,\"missing\":[7]"),
            client -> {
              Queue q = client.queue("q");
              return Future.all(q.ack(message(7)), q.ack(message(8)), q.ack(message(7)))
                  .map(all -> all.list());
            });
    assertThat(results).containsExactly(true, true, false);
  }

  @Test
  void acks_answeredWithCountsThatDoNotAddUp_fail() throws Exception {
    with(
        answering(",\"acked\":1,\"missing\":[]"),
        client -> {
          Future<Boolean> first = client.queue("q").ack(message(1));
          Future<Boolean> second = client.queue("q").ack(message(2));
          return Future.join(first, second)
              .transform(
                  done -> {
                    assertThat(first.cause()).isInstanceOf(IOException.class);
                    assertThat(second.cause()).isInstanceOf(IOException.class);
                    return Future.succeededFuture();
                  });
        });
  }

  @Test
  void acks_moreThanAHeaderHolds_travelInSeveralFrames() throws Exception {
    List<Integer> counts = new ArrayList<>();
    FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
                int count = ((long[]) frame.header().get("msgs")).length;
                counts.add(count);
                FakeServer.answer(wire, frame, ",\"acked\":" + count + ",\"missing\":[]");
              }
            });
    with(
        server,
        client -> {
          List<Future<Boolean>> acks = new ArrayList<>();
          for (long msg = 1; msg <= 5000; msg++) {
            acks.add(client.queue("q").ack(message((1L << 52) + msg)));
          }
          return Future.all(acks);
        });
    assertThat(counts).hasSize(3);
    assertThat(counts.stream().mapToInt(n -> n).sum()).isEqualTo(5000);
  }

  @Test
  void nacks_withEqualOptions_travelTogetherAndOthersApart() throws Exception {
    NackOptions soon = NackOptions.DEFAULT.withDelay(Duration.ofMillis(5));
    with(
        answering(
            ",\"nacked\":2,\"missing\":[]",
            ",\"nacked\":2,\"missing\":[]",
            ",\"nacked\":0,\"missing\":[5]"),
        client -> {
          Queue q = client.queue("q");
          return Future.all(
                  q.nack(message(1)),
                  q.nack(messages(2), NackOptions.DEFAULT),
                  q.nack(message(3), soon),
                  q.nack(message(4), NackOptions.DEFAULT.withDelay(Duration.ofMillis(5))),
                  q.nack(messages(5), NackOptions.DEFAULT.withDead(true)))
              .onSuccess(
                  all -> assertThat(all.<Object>list()).containsExactly(true, 1, true, true, 0));
        });
    assertThat(json(0))
        .isEqualTo("{\"op\":\"queue.nack\",\"queue\":\"q\",\"msgs\":[1,2],\"id\":2}");
    assertThat(json(1))
        .isEqualTo("{\"op\":\"queue.nack\",\"queue\":\"q\",\"msgs\":[3,4],\"delay\":5,\"id\":3}");
    assertThat(json(2))
        .isEqualTo("{\"op\":\"queue.nack\",\"queue\":\"q\",\"msgs\":[5],\"dead\":true,\"id\":4}");
  }

  @Test
  void touch_withAndWithoutTtr_saysItOrNot() throws Exception {
    with(
        answering(",\"touched\":1,\"missing\":[]", ",\"touched\":1,\"missing\":[]"),
        client -> {
          Queue q = client.queue("q");
          return Future.all(
              q.touch(messages(1), null), q.touch(messages(1), Duration.ofSeconds(9)));
        });
    assertThat(json(0)).isEqualTo("{\"op\":\"queue.touch\",\"queue\":\"q\",\"msgs\":[1],\"id\":2}");
    assertThat(json(1))
        .isEqualTo("{\"op\":\"queue.touch\",\"queue\":\"q\",\"msgs\":[1],\"ttr\":9000,\"id\":3}");
  }

  @Test
  void putAndAck_ofOneTick_keepTheirOrderOnAQueue() throws Exception {
    with(
        answering(
            ",\"acked\":1,\"missing\":[]",
            ",\"msg\":9",
            ",\"msg\":9",
            ",\"acked\":1,\"missing\":[]"),
        client -> {
          Queue q = client.queue("q");
          return Future.all(
              q.ack(message(1)),
              q.put(Buffer.buffer("a")),
              client.queue("other").put(Buffer.buffer("b")),
              q.ack(message(2)));
        });
    assertThat(asked)
        .extracting(frame -> frame.header().text("op") + " " + frame.header().text("queue"))
        .containsExactly("queue.ack q", "queue.put q", "queue.put other", "queue.ack q");
  }

  @Test
  void take_fromSeveralQueues_namesThemAndSaysWhichItWas() throws Exception {
    FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame frame = wire.read();
              asked.add(frame);
              wire.send(
                  "{\"id\":2,\"ok\":true,\"queue\":\"b\",\"msgs\":[{\"msg\":4,\"attempt\":2},"
                      + "{\"msg\":5,\"attempt\":1,\"headers\":{\"k\":[1.5,\"ü\"]},\"more\":{}}],"
                      + "\"sizes\":[1,2]}",
                  "xyz".getBytes(StandardCharsets.UTF_8));
              FakeServer.readToTheEnd(wire);
            });
    TakeOptions options =
        TakeOptions.ONE.withMax(5).withWait(Duration.ZERO).withTtr(Duration.ofSeconds(1));
    List<Message> taken = with(server, client -> client.take(List.of("a", "b"), options));
    assertThat(json(0))
        .isEqualTo(
            "{\"op\":\"queue.take\",\"queues\":[\"a\",\"b\"],\"max\":5,\"wait\":0,\"ttr\":1000,"
                + "\"id\":2}");
    Json headers = Json.of(Map.of("k", List.of(1.5, "ü")));
    assertThat(taken)
        .containsExactly(
            new Message("b", 4, 2, null, Buffer.buffer("x")),
            new Message("b", 5, 1, headers, Buffer.buffer("yz")));
  }

  @Test
  void take_headersThatNobodyConverts_areAsTheyWereWritten() throws Exception {
    String headers =
        "{\"a\":0.10000000000000000000001, \"b\":1e99999999999,\"c\":" + "9".repeat(2000) + "}";
    Message taken =
        call(
            Queue::take,
            ",\"queue\":\"q\",\"msgs\":[{\"msg\":5,\"attempt\":1,\"headers\":"
                + headers
                + "}],\"sizes\":[0]");
    assertThat(taken.headers()).hasToString(headers);
  }

  @Test
  void take_fromNoQueues_isThrownAtOnce() throws Exception {
    with(
        answering(),
        client -> {
          assertThatThrownBy(() -> client.take(List.of(), TakeOptions.ONE))
              .isInstanceOf(IllegalArgumentException.class);
          return Future.succeededFuture();
        });
  }

  @Test
  void declare_settings_areSaidAndAnswered() throws Exception {
    QueueDeclaration declaration =
        QueueDeclaration.DEFAULT
            .withOrder(QueueOrder.PRIORITY)
            .withCapacity(10)
            .withDurable(false)
            .withTtr(Duration.ofSeconds(1))
            .withAttempts(3)
            .withBackoff(Duration.ofMillis(20))
            .withTtl(Duration.ofSeconds(2))
            .withDeadLetter("graves")
            .withDedup(Duration.ofSeconds(4));
    String settings =
        "\"order\":\"priority\",\"capacity\":10,\"durable\":false,\"ttr\":1000,\"attempts\":3,"
            + "\"backoff\":20,\"ttl\":2000,\"deadLetter\":\"graves\",\"dedup\":4000";
    QueueSettings inForce = call(q -> q.declare(declaration), "," + settings + ",\"maxBytes\":7");
    assertThat(json(0))
        .isEqualTo("{\"op\":\"queue.declare\",\"queue\":\"q\"," + settings + ",\"id\":2}");
    assertThat(inForce)
        .isEqualTo(
            new QueueSettings(
                "q",
                QueueOrder.PRIORITY,
                10,
                7,
                false,
                Duration.ofSeconds(1),
                3,
                Duration.ofMillis(20),
                Duration.ofSeconds(2),
                "graves",
                Duration.ofSeconds(4)));
  }

  @Test
  void declare_nothing_asksWhatIsInForce() throws Exception {
    QueueSettings inForce =
        call(
            q -> q.declare(QueueDeclaration.DEFAULT),
            ",\"order\":\"fifo\",\"capacity\":10,\"durable\":true,\"ttr\":60000,\"attempts\":0,"
                + "\"backoff\":0,\"dedup\":120000");
    assertThat(json(0)).isEqualTo("{\"op\":\"queue.declare\",\"queue\":\"q\",\"id\":2}");
    assertThat(inForce.ttl()).isNull();
    assertThat(inForce.deadLetter()).isNull();
    assertThat(inForce.maxBytes()).isZero();
  }

  @Test
  void declare_answeredWithoutSettings_fails() {
    assertThatThrownBy(() -> call(q -> q.declare(QueueDeclaration.DEFAULT), ""))
        .isInstanceOf(IOException.class);
  }

  @Test
  void join_wait_isSaidAndTheAnswerAwaited() throws Exception {
    call(q -> q.join(Duration.ofSeconds(3)), "");
    assertThat(json(0)).isEqualTo("{\"op\":\"queue.join\",\"queue\":\"q\",\"wait\":3000,\"id\":2}");
    asked.clear();
    call(q -> q.join(ClientOptions.FOREVER), "");
    assertThat(json(0)).isEqualTo("{\"op\":\"queue.join\",\"queue\":\"q\",\"id\":2}");
    asked.clear();
    call(q -> q.join(null), "");
    assertThat(json(0))
        .isEqualTo("{\"op\":\"queue.join\",\"queue\":\"q\",\"wait\":30000,\"id\":2}");
  }

  @Test
  void peek_state_isSaidAndNoneIsNoError() throws Exception {
    PeekOptions options = new PeekOptions(State.DEAD, 5, 17L);
    List<Message> none = call(q -> q.peek(options), ",\"queue\":\"q\",\"msgs\":[],\"sizes\":[]");
    assertThat(none).isEmpty();
    assertThat(json(0))
        .isEqualTo(
            "{\"op\":\"queue.peek\",\"queue\":\"q\",\"state\":\"dead\",\"max\":5,\"after\":17,"
                + "\"id\":2}");
    List<Message> one =
        call(
            q -> q.peek(PeekOptions.DEFAULT),
            ",\"queue\":\"q\",\"msgs\":[{\"msg\":3,\"attempt\":0}],\"sizes\":[0]");
    assertThat(one).containsExactly(new Message("q", 3, 0, null, Buffer.buffer()));
  }

  @Test
  void redriveAndPurge_counts_areAnswered() throws Exception {
    assertThat((long) call(q -> q.redrive(RedriveOptions.ALL), ",\"redriven\":4")).isEqualTo(4);
    RedriveOptions some = RedriveOptions.ALL.withMsgs(List.of(1L, 2L)).withMax(9);
    assertThat((long) call(q -> q.redrive(some), ",\"redriven\":2")).isEqualTo(2);
    assertThat((long) call(Queue::purge, ",\"purged\":7")).isEqualTo(7);
    assertThat((long) call(Queue::purgeDead, ",\"purged\":6")).isEqualTo(6);
    assertThat(json(0)).isEqualTo("{\"op\":\"queue.redrive\",\"queue\":\"q\",\"id\":2}");
    assertThat(json(1))
        .isEqualTo("{\"op\":\"queue.redrive\",\"queue\":\"q\",\"msgs\":[1,2],\"max\":9,\"id\":2}");
    assertThat(json(2)).isEqualTo("{\"op\":\"queue.purge\",\"queue\":\"q\",\"id\":2}");
    assertThat(json(3))
        .isEqualTo("{\"op\":\"queue.purge\",\"queue\":\"q\",\"dead\":true,\"id\":2}");
    assertThatThrownBy(() -> call(Queue::purge, "")).isInstanceOf(IOException.class);
  }

  @Test
  void pauseResumeDelete_queue_isNamed() throws Exception {
    call(Queue::pause, "");
    call(Queue::resume, "");
    call(Queue::delete, "");
    assertThat(asked)
        .extracting(Frame::json)
        .containsExactly(
            "{\"op\":\"queue.pause\",\"queue\":\"q\",\"id\":2}",
            "{\"op\":\"queue.resume\",\"queue\":\"q\",\"id\":2}",
            "{\"op\":\"queue.delete\",\"queue\":\"q\",\"id\":2}");
  }

  @Test
  void stats_figuresKnownAndNot_areRead() throws Exception {
    QueueStats stats =
        call(
            Queue::stats,
            ",\"queue\":\"q\",\"order\":\"lifo\",\"paused\":true,\"nacks\":3,\"waitingJoins\":2,"
                + "\"putRate\":12.5,\"takeRate\":3,\"new\":{\"a\":1}");
    assertThat(stats.order()).isEqualTo("lifo");
    assertThat(stats.paused()).isTrue();
    assertThat(stats.nacks()).isEqualTo(3);
    assertThat(stats.waitingJoins()).isEqualTo(2);
    assertThat(stats.putRate()).isEqualTo(12.5);
    assertThat(stats.takeRate()).isEqualTo(3);
    assertThat(stats.ackRate()).isZero();
  }

  @Test
  void queues_severalPages_areAllListed() throws Exception {
    List<QueueStats> queues =
        with(
            answering(
                ",\"queues\":[{\"queue\":\"a\"},{\"queue\":\"b\"}],\"more\":true",
                ",\"queues\":[{\"queue\":\"c\"}]"),
            Client::queues);
    assertThat(queues).extracting(QueueStats::queue).containsExactly("a", "b", "c");
    assertThat(asked.get(1).header().text("after")).isEqualTo("b");
  }

  @Test
  void queues_emptyPageWithMoreBehindIt_fails() {
    assertThatThrownBy(() -> with(answering(",\"queues\":[],\"more\":true"), Client::queues))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void take_answeredAfterItWasGivenUp_goesBackAtOnce() throws Exception {
    List<String> heard = new ArrayList<>();
    Promise<Void> nacked = Promise.promise();
    FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame take = wire.read();
              Frame automatic = wire.read();
              heard.add(wire.read().json()); // the first is cancelled
              heard.add(wire.read().json()); // and the second
              String delivery =
                  ",\"queue\":\"q\",\"msgs\":[{\"msg\":3,\"attempt\":1},{\"msg\":4,\"attempt\":1}],"
                      + "\"sizes\":[0,0]";
              FakeServer.answer(wire, automatic, delivery);
              FakeServer.answer(wire, take, delivery);
              FakeServer.answer(wire, take, delivery); // twice, which counts once
              Frame nack = wire.read();
              heard.add(nack.json());
              FakeServer.answer(wire, nack, ",\"nacked\":2,\"missing\":[]");
              nacked.complete();
              Frame last = wire.read();
              heard.add(last.header().text("op"));
              FakeServer.answer(wire, last, "");
              FakeServer.readToTheEnd(wire);
            });
    try (server) {
      Client client =
          await(Client.connect(vertx, server.options().withTimeout(Duration.ofSeconds(2))));
      TakeOptions now = TakeOptions.ONE.withWait(Duration.ZERO);
      List<Future<?>> takes = new ArrayList<>();
      inOneTick(
          vertx,
          () -> {
            takes.add(client.queue("q").take(now));
            takes.add(client.queue("q").take(now.withAutoAck(true)));
          });
      refused(takes.get(0), ErrorCode.TIMEOUT);
      refused(takes.get(1), ErrorCode.TIMEOUT);
      await(nacked.future());
      await(client.ping());
      await(client.close());
    }
    assertThat(heard)
        .containsExactly(
            "{\"op\":\"cancel\",\"request\":2,\"id\":4}",
            "{\"op\":\"cancel\",\"request\":3,\"id\":5}",
            "{\"op\":\"queue.nack\",\"queue\":\"q\",\"msgs\":[3,4],\"delay\":0,\"id\":6}",
            "ping");
  }

  @Test
  void requests_ofManyBytes_areSentWholeAndInOrder() throws Exception {
    List<Integer> lengths = new ArrayList<>();
    FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
                lengths.add(frame.body().length);
                FakeServer.answer(wire, frame, "");
              }
            });
    List<Integer> sent = new ArrayList<>();
    with(
        server,
        client -> {
          List<Future<Buffer>> echoes = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            int length = i % 3 == 0 ? 300_000 + i : i;
            sent.add(length);
            echoes.add(client.echo(Buffer.buffer(new byte[length])));
          }
          return Future.all(echoes);
        });
    assertThat(lengths).isEqualTo(sent);
  }

  @Test
  void ack_whenTheRequestsInFlightAllWait_getsThrough() throws Exception {
    List<String> heard = new ArrayList<>();
    Promise<Void> waiting = Promise.promise();
    FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame take = wire.read();
              waiting.complete();
              Frame ack = wire.read();
              heard.add(ack.json());
              FakeServer.answer(wire, ack, ",\"acked\":1,\"missing\":[]");
              FakeServer.refuse(wire, take, "empty");
              for (int i = 0; i < 3; i++) {
                Frame next = wire.read();
                heard.add(next.header().text("op"));
                FakeServer.answer(wire, next, ",\"msg\":1,\"acked\":1,\"missing\":[]");
              }
              FakeServer.readToTheEnd(wire);
            });
    try (server) {
      Client client = await(Client.connect(vertx, server.options().withMaxInFlight(1)));
      Queue q = client.queue("q");
      Future<Message> take = q.take();
      await(waiting.future());
      List<Future<?>> calls = new ArrayList<>();
      inOneTick(
          vertx,
          () -> {
            calls.add(client.ping());
            calls.add(q.put(Buffer.buffer("a")));
            calls.add(q.ack(message(1)));
          });
      await(calls.get(2));
      refused(take, ErrorCode.EMPTY);
      await(Future.all(calls));
      await(q.ack(message(2)));
      await(client.close());
    }
    assertThat(heard)
        .containsExactly(
            "{\"op\":\"queue.ack\",\"queue\":\"q\",\"msgs\":[1],\"id\":3}",
            "ping",
            "queue.put",
            "queue.ack");
  }
}
