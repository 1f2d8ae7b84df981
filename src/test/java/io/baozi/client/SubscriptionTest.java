package io.baozi.client;

import static io.baozi.client.Ticks.inOneTick;
import static io.baozi.client.Ticks.refused;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.ErrorCode;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription and the frames that it exchanges with a server. */
@Timeout(60)
final class SubscriptionTest extends VertxFixture {
  private static final ConsumeOptions OPTIONS =
      ConsumeOptions.DEFAULT.withCredit(8).withTtr(Duration.ofMinutes(10));

  /** What the server heard, the hello not counted. */
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  /** What the handlers in hand wait for, by the id of their message. */
  private final Map<Long, Promise<Void>> inHand = new ConcurrentHashMap<>();

  /** A server that subscribes its client as number 1, then plays the script. */
  private FakeServer subscribing(FakeServer.Script script) throws IOException {
    return FakeServer.greeting(
        wire -> {
          Frame consume = wire.read();
          heard.add(consume.json());
          FakeServer.answer(wire, consume, ",\"sub\":1");
          script.play(wire);
          hearOut(wire);
        });
  }

  private void hearOut(Wire wire) throws IOException {
    for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
      heard.add(frame.json());
    }
  }

  /** Pushes messages of these ids to subscription 1. */
  private static void push(Wire wire, long... msgs) throws IOException {
    List<String> entries = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (long msg : msgs) {
      entries.add("{\"msg\":" + msg + ",\"attempt\":1}");
      sizes.add(1);
    }
    wire.send(
        "{\"op\":\"queue.message\",\"sub\":1,\"queue\":\"q\",\"msgs\":"
            + entries
            + ",\"sizes\":"
            + sizes
            + "}",
        "x".repeat(msgs.length).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** Hears a verdict on messages and answers that it was so for all. */
  private String verdict(Wire wire) throws IOException {
    Frame frame = wire.read();
    String op = frame.header().text("op");
    int count = ((long[]) frame.header().get("msgs")).length;
    String counted = op.substring("queue.".length()) + "ed";
    FakeServer.answer(wire, frame, ",\"" + counted + "\":" + count + ",\"missing\":[]");
    String json = frame.json();
    String said = json.replaceAll(",\"id\":\\d+", "");
    heard.add(said);
    return said;
  }

  private static String said(String op, String msgs, String more) {
    return "{\"op\":\"queue." + op + "\",\"queue\":\"q\",\"msgs\":" + msgs + more + "}";
  }

  private Future<?> hold(Message message) {
    Promise<Void> promise = Promise.promise();
    inHand.put(message.msg(), promise);
    return promise.future();
  }

  private static Client connected(FakeServer server) {
    return await(Client.connect(vertx, server.options()));
  }

  private static Subscription consuming(
      Client client, ConsumeOptions options, Function<Message, Future<?>> handler) {
    return await(client.queue("q").consume(options, handler));
  }

  @Test
  void consume_withoutTtr_asksTheQueueForIt() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame declare = wire.read();
              heard.add(declare.json());
              FakeServer.answer(wire, declare, ",\"order\":\"fifo\",\"ttr\":60000,\"capacity\":10");
              Frame consume = wire.read();
              heard.add(consume.json());
              FakeServer.answer(wire, consume, ",\"sub\":7");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = connected(server);
      Subscription subscription = await(client.queue("q").consume(this::hold));
      assertThat(subscription.sub()).isEqualTo(7);
      assertThat(subscription.queue()).isEqualTo("q");
      await(client.close());
    }
    assertThat(heard)
        .containsExactly(
            "{\"op\":\"queue.declare\",\"queue\":\"q\",\"id\":2}",
            "{\"op\":\"queue.consume\",\"queue\":\"q\",\"credit\":64,\"id\":3}");
  }

  @Test
  void consume_refused_fails() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.refuse(wire, wire.read(), "forbidden");
              FakeServer.answer(wire, wire.read(), ",\"sub\":\"one\"");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = connected(server);
      refused(client.queue("q").consume(OPTIONS, this::hold), ErrorCode.FORBIDDEN);
      assertThatThrownBy(() -> await(client.queue("q").consume(OPTIONS, this::hold)))
          .isInstanceOf(IOException.class);
      await(client.close());
    }
  }

  @Test
  void messages_handledAtOnce_areAcknowledgedInOneFrame() throws Exception {
    List<String> taken = Collections.synchronizedList(new ArrayList<>());
    Promise<Void> done = Promise.promise();
    try (FakeServer server =
        subscribing(
            wire -> {
              push(wire, 1, 2, 3);
              verdict(wire);
              done.complete();
            })) {
      Client client = connected(server);
      consuming(
          client,
          OPTIONS,
          message -> {
            taken.add(message.msg() + " " + message.body() + " " + message.attempt());
            return Future.succeededFuture();
          });
      await(done.future());
      await(client.close());
    }
    assertThat(taken).containsExactly("1 x 1", "2 x 1", "3 x 1");
    assertThat(heard)
        .containsExactly(
            "{\"op\":\"queue.consume\",\"queue\":\"q\",\"credit\":8,\"ttr\":600000,\"id\":2}",
            said("ack", "[1,2,3]", ""));
  }

  @Test
  void handler_failsThrowsOrReturnsNull_givesItsMessageBack() throws Exception {
    Promise<Void> done = Promise.promise();
    List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());
    try (FakeServer server =
        subscribing(
            wire -> {
              push(wire, 1, 2, 3, 4);
              verdict(wire);
              verdict(wire);
              done.complete();
            })) {
      Client client = connected(server);
      consuming(
          client,
          OPTIONS,
          message -> {
            Vertx.currentContext().exceptionHandler(reported::add);
            return switch ((int) message.msg()) {
              case 1 -> Future.failedFuture("not today");
              case 2 -> throw new IllegalStateException("on purpose");
              case 3 -> null;
              default -> Future.succeededFuture();
            };
          });
      await(done.future());
      inOneTick(vertx, () -> {});
      await(client.close());
    }
    assertThat(heard.subList(1, 3))
        .containsExactly(said("nack", "[1,2,3]", ""), said("ack", "[4]", ""));
    assertThat(reported)
        .hasSize(2)
        .hasAtLeastOneElementOfType(IllegalStateException.class)
        .hasAtLeastOneElementOfType(NullPointerException.class);
  }

  @Test
  void handler_failsOrThrowsWithOptions_givesItsMessageBackAsTheySay() throws Exception {
    Promise<Void> done = Promise.promise();
    List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());
    NackOptions later = NackOptions.DEFAULT.withDelay(Duration.ofSeconds(5));
    try (FakeServer server =
        subscribing(
            wire -> {
              push(wire, 1, 2, 3);
              verdict(wire);
              verdict(wire);
              done.complete();
            })) {
      Client client = connected(server);
      consuming(
          client,
          OPTIONS,
          message -> {
            Vertx.currentContext().exceptionHandler(reported::add);
            return switch ((int) message.msg()) {
              case 1 -> Future.failedFuture(NackException.dead("never"));
              case 2 -> throw NackException.dead("never");
              default -> Future.failedFuture(new NackException(later, "later", null));
            };
          });
      await(done.future());
      await(client.close());
    }
    assertThat(heard.subList(1, 3))
        .containsExactly(
            said("nack", "[1,2]", ",\"dead\":true"), said("nack", "[3]", ",\"delay\":5000"));
    assertThat(reported).isEmpty();
  }

  @Test
  void handler_endsOnAnotherThread_isAcknowledged() throws Exception {
    Promise<Void> done = Promise.promise();
    Promise<Context> ran = Promise.promise();
    try (FakeServer server =
        subscribing(
            wire -> {
              push(wire, 1);
              verdict(wire);
              done.complete();
            })) {
      Client client = connected(server);
      Promise<Context> context = Promise.promise();
      client
          .queue("q")
          .consume(
              OPTIONS,
              message -> {
                ran.complete(Vertx.currentContext());
                Promise<Void> elsewhere = Promise.promise();
                new Thread(elsewhere::complete).start();
                return elsewhere.future();
              })
          .onComplete(v -> context.complete(Vertx.currentContext()));
      await(done.future());
      await(client.close());
      assertThat(await(ran.future())).isSameAs(await(context.future()));
    }
    assertThat(heard).contains(said("ack", "[1]", ""));
  }

  @Test
  void handlersThatTakeLong_areTouchedTogetherAtHalfOfTheTtrUntilTheyEnd() throws Exception {
    Promise<Void> touchedTwice = Promise.promise();
    Promise<Void> done = Promise.promise();
    try (FakeServer server =
        subscribing(
            wire -> {
              long start = System.nanoTime();
              push(wire, 1, 2, 3);
              verdict(wire); // of 2, at once
              verdict(wire);
              long first = System.nanoTime() - start;
              assertThat(first).isGreaterThan(Duration.ofMillis(800).toNanos());
              verdict(wire);
              touchedTwice.complete();
              verdict(wire);
              verdict(wire);
              done.complete();
            })) {
      Client client = connected(server);
      consuming(
          client,
          OPTIONS.withTtr(Duration.ofSeconds(2)),
          message -> message.msg() == 2 ? Future.succeededFuture() : hold(message));
      await(touchedTwice.future());
      inHand.get(1L).complete();
      await(done.future());
      inHand.get(3L).fail("too hard");
      await(client.close());
    }
    assertThat(heard.subList(1, 6))
        .containsExactly(
            said("ack", "[2]", ""),
            said("touch", "[1,3]", ""),
            said("touch", "[1,3]", ""),
            said("ack", "[1]", ""),
            said("touch", "[3]", ""));
  }

  @Test
  void cancel_whileHandlersRun_completesWhenTheirVerdictsAreAnswered() throws Exception {
    Promise<Void> cancelling = Promise.promise();
    Promise<Void> verdicts = Promise.promise();
    Promise<Void> mayAnswer = Promise.promise();
    try (FakeServer server =
        subscribing(
            wire -> {
              push(wire, 1, 2);
              Frame cancel = wire.read();
              heard.add(cancel.json());
              push(wire, 3, 4); // was on its way
              FakeServer.answer(wire, cancel, "");
              verdict(wire);
              cancelling.complete();
              Frame last = wire.read();
              heard.add(last.json());
              verdicts.complete();
              await(mayAnswer.future());
              FakeServer.answer(wire, last, ",\"acked\":2,\"missing\":[]");
            })) {
      Client client = connected(server);
      Promise<Void> two = Promise.promise();
      Subscription subscription =
          consuming(
              client,
              OPTIONS,
              message -> {
                Future<?> held = hold(message);
                if (message.msg() == 2) {
                  two.complete();
                }
                return held;
              });
      await(two.future());
      Future<Void> cancelled = subscription.cancel();
      assertThat(subscription.cancel()).isSameAs(cancelled);
      await(cancelling.future());
      assertThat(cancelled.isComplete()).isFalse();
      inOneTick(vertx, () -> inHand.values().forEach(Promise::complete));
      await(verdicts.future());
      assertThat(cancelled.isComplete()).isFalse();
      assertThat(subscription.closed().isComplete()).isFalse();
      mayAnswer.complete();
      await(cancelled);
      await(subscription.closed());
      await(client.close());
    }
    assertThat(inHand.keySet()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(heard.subList(1, 4))
        .containsExactly(
            "{\"op\":\"queue.cancel\",\"sub\":1,\"id\":3}",
            said("nack", "[3,4]", ",\"delay\":0"),
            said("ack", "[1,2]", ",\"id\":5"));
  }

  @Test
  void cancel_byTheHandlerItself_givesBackWhatWasPushedBehind() throws Exception {
    Promise<Subscription> made = Promise.promise();
    try (FakeServer server =
        subscribing(
            wire -> {
              await(made.future());
              push(wire, 1, 2, 3);
              Frame cancel = wire.read();
              heard.add(cancel.json());
              verdict(wire);
              verdict(wire);
              FakeServer.refuse(wire, cancel, "not_found"); // the queue has gone meanwhile
            })) {
      Client client = connected(server);
      Subscription subscription =
          consuming(
              client,
              OPTIONS,
              message -> {
                made.future().result().cancel();
                return Future.succeededFuture();
              });
      made.complete(subscription);
      await(subscription.closed());
      await(subscription.cancel());
      await(client.close());
    }
    assertThat(heard.subList(1, 4))
        .containsExactly(
            "{\"op\":\"queue.cancel\",\"sub\":1,\"id\":3}",
            said("ack", "[1]", ""),
            said("nack", "[2,3]", ",\"delay\":0"));
  }

  @Test
  void cancel_refused_endsTheSubscriptionWithThat() throws Exception {
    try (FakeServer server =
        subscribing(wire -> FakeServer.refuse(wire, wire.read(), "shutting_down"))) {
      Client client = connected(server);
      Subscription subscription = consuming(client, OPTIONS, this::hold);
      refused(subscription.cancel(), ErrorCode.SHUTTING_DOWN);
      refused(subscription.closed(), ErrorCode.SHUTTING_DOWN);
      await(client.close());
    }
  }

  @Test
  void queue_deleted_endsTheSubscriptionWithNotFound() throws Exception {
    Promise<Void> settled = Promise.promise();
    try (FakeServer server =
        subscribing(
            wire -> {
              push(wire, 1);
              wire.send("{\"op\":\"queue.cancelled\",\"sub\":1}");
              wire.send("{\"op\":\"queue.cancelled\",\"sub\":1}");
              Frame ack = wire.read();
              heard.add(ack.json());
              FakeServer.refuse(wire, ack, "not_found");
              settled.complete();
            })) {
      Client client = connected(server);
      Subscription subscription = consuming(client, OPTIONS, this::hold);
      refused(subscription.closed(), ErrorCode.NOT_FOUND);
      Future<Void> cancelled = subscription.cancel();
      inOneTick(vertx, () -> {});
      assertThat(cancelled.isComplete()).isFalse();
      inHand.get(1L).complete();
      await(settled.future());
      await(cancelled);
      await(client.close());
    }
    assertThat(heard).hasSize(2);
  }

  @Test
  void connection_lost_endsTheSubscriptionWithItsReason() throws Exception {
    Promise<Void> held = Promise.promise();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.answer(wire, wire.read(), ",\"sub\":1");
              push(wire, 1);
              await(held.future());
            })) {
      Client client = connected(server);
      Subscription subscription =
          consuming(
              client,
              OPTIONS,
              message -> {
                Future<?> done = hold(message);
                held.complete();
                return done;
              });
      assertThatThrownBy(() -> await(subscription.closed())).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> await(subscription.cancel())).isInstanceOf(IOException.class);
      inHand.get(1L).complete();
      inOneTick(vertx, () -> {});
      await(client.close());
    }
  }

  @Test
  void client_closed_endsItsSubscriptions() throws Exception {
    try (FakeServer server = subscribing(wire -> {})) {
      Client client = connected(server);
      Subscription subscription = consuming(client, OPTIONS, this::hold);
      await(client.close());
      assertThatThrownBy(() -> await(subscription.closed())).hasMessageContaining("was closed");
    }
  }

  @Test
  void server_pushesMoreThanTheCredit_keepsTheRestWaitingInOrder() throws Exception {
    Promise<Void> one = Promise.promise();
    Promise<Void> done = Promise.promise();
    List<Long> begun = Collections.synchronizedList(new ArrayList<>());
    try (FakeServer server =
        subscribing(
            wire -> {
              push(wire, 1, 2, 3, 4);
              verdict(wire);
              verdict(wire);
              FakeServer.answer(wire, wire.read(), "");
              verdict(wire);
              done.complete();
            })) {
      Client client = connected(server);
      Promise<Void> three = Promise.promise();
      Subscription subscription =
          consuming(
              client,
              OPTIONS.withCredit(1),
              message -> {
                begun.add(message.msg());
                if (message.msg() == 2) {
                  return Future.succeededFuture();
                }
                Future<?> held = hold(message);
                (message.msg() == 1 ? one : three).tryComplete();
                return held;
              });
      await(one.future());
      inHand.get(1L).complete();
      await(three.future());
      assertThat(begun).containsExactly(1L, 2L, 3L);
      inOneTick(
          vertx,
          () -> {
            subscription.cancel();
            inHand.get(3L).complete();
          });
      await(done.future());
      await(client.close());
    }
    assertThat(begun).containsExactly(1L, 2L, 3L);
    assertThat(heard).contains(said("ack", "[1,2]", ""), said("nack", "[4]", ",\"delay\":0"));
  }

  @Test
  void messages_forNoSubscription_goBackAtOnce() throws Exception {
    Promise<Void> done = Promise.promise();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              push(wire, 5, 6);
              wire.send("{\"op\":\"queue.cancelled\",\"sub\":1}");
              heard.add(wire.read().json());
              verdict(wire);
              done.complete();
              hearOut(wire);
            })) {
      Client client = connected(server);
      await(done.future());
      await(client.close());
    }
    assertThat(heard)
        .containsExactly(
            "{\"op\":\"queue.cancel\",\"sub\":1,\"id\":2}", said("nack", "[5,6]", ",\"delay\":0"));
  }

  @Test
  void consume_answeredAfterItWasGivenUp_isCancelled() throws Exception {
    Promise<Void> done = Promise.promise();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame consume = wire.read();
              heard.add(wire.read().json());
              FakeServer.answer(wire, consume, ",\"sub\":9");
              heard.add(wire.read().json());
              done.complete();
              FakeServer.readToTheEnd(wire);
            })) {
      Client client =
          await(Client.connect(vertx, server.options().withTimeout(Duration.ofSeconds(2))));
      refused(client.queue("q").consume(OPTIONS, this::hold), ErrorCode.TIMEOUT);
      await(done.future());
      await(client.close());
    }
    assertThat(heard)
        .containsExactly(
            "{\"op\":\"cancel\",\"request\":2,\"id\":3}",
            "{\"op\":\"queue.cancel\",\"sub\":9,\"id\":4}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"msgs\":5,\"sizes\":[]",
        ",\"msgs\":[{\"msg\":1,\"attempt\":1}]",
        ",\"msgs\":[{\"msg\":1,\"attempt\":1}],\"sizes\":[1]",
        ",\"msgs\":[{\"msg\":1,\"attempt\":1}],\"sizes\":[0,0]",
        ",\"msgs\":[{\"msg\":1,\"attempt\":1}],\"sizes\":[-1]",
        ",\"msgs\":[{\"msg\":1.5,\"attempt\":1}],\"sizes\":[0]",
        ",\"msgs\":[{\"attempt\":1}],\"sizes\":[0]",
        ",\"msgs\":[{\"msg\":1,\"attempt\":99999999999}],\"sizes\":[0]",
        ",\"msgs\":[[]],\"sizes\":[0]"
      })
  void push_thatCannotBeRead_endsTheConnection(String fields) throws Exception {
    try (FakeServer server =
        subscribing(
            wire ->
                wire.send("{\"op\":\"queue.message\",\"sub\":1,\"queue\":\"q\"" + fields + "}"))) {
      Client client = connected(server);
      Subscription subscription = consuming(client, OPTIONS, this::hold);
      assertThatThrownBy(() -> await(subscription.closed()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot be read");
      assertThatThrownBy(() -> await(client.ping())).isInstanceOf(IOException.class);
    }
  }
}
