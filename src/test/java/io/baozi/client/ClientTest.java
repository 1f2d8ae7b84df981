package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.net.Served;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The client with a real server behind it, over TCP and over the event bus alike. */
@Timeout(60)
@ParameterizedClass
@EnumSource(ClientTest.Way.class)
final class ClientTest {
  enum Way {
    TCP,
    BUS
  }

  private static Served served;
  private static int lastQueue;

  @Parameter Way way;

  private Client client;
  private Queue queue;

  @BeforeAll
  static void start() {
    served = Served.start(Transport.NIO, "", "queues:{small:{capacity:2}},");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void connect() {
    client = connected(served, ClientOptions.defaults());
    queue = client.queue("queue-" + ++lastQueue);
  }

  @AfterEach
  void close() {
    await(client.close());
  }

  private Client connected(Served server, ClientOptions options) {
    return await(
        way == Way.TCP
            ? Client.connect(server.vertx(), options.at("127.0.0.1", server.port()))
            : Client.inside(server.vertx(), server.baozi().addresses(), options));
  }

  @Test
  void connect_server_saysItsVersionAndLimits() {
    assertThat(client.serverVersion()).startsWith("baozi/");
    assertThat(client.session()).isNotBlank();
    assertThat(client.limits().maxMessage()).isEqualTo(1 << 20);
    assertThat(await(client.info()).sessions()).isPositive();
    await(client.ping());
    assertThat(await(client.echo(Buffer.buffer("hi"))).toString()).isEqualTo("hi");
  }

  @Test
  void put_thenTakeThenAck_bringsTheMessageWithItsHeaders() {
    Json headers = Json.of(Map.of("kind", "pork"));
    Receipt receipt =
        await(queue.put(Buffer.buffer("baozi"), PutOptions.DEFAULT.withHeaders(headers)));
    assertThat(receipt.durable()).isEqualTo("memory");
    Message message = await(queue.take());
    assertThat(message)
        .isEqualTo(new Message(queue.name(), receipt.msg(), 1, headers, Buffer.buffer("baozi")));
    assertThat(await(queue.ack(message))).isTrue();
    assertThat(await(queue.ack(message))).isFalse();
    assertThat(await(queue.stats()).acks()).isEqualTo(1);
  }

  @Test
  void puts_ofOneTickWithOtherOptions_keepTheirOrder() {
    List<Future<?>> puts = new ArrayList<>();
    PutOptions red = PutOptions.DEFAULT.withHeaders(Json.of(Map.of("colour", "red")));
    onLoop(
        () -> {
          for (int i = 0; i < 9; i++) {
            puts.add(queue.put(Buffer.buffer("" + i), i % 3 == 1 ? red : PutOptions.DEFAULT));
          }
          return Future.all(puts);
        });
    List<Message> taken = await(queue.take(TakeOptions.ONE.withMax(20)));
    assertThat(taken)
        .extracting(m -> m.body().toString())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
    assertThat(taken)
        .extracting(m -> m.headers() != null)
        .containsExactly(false, true, false, false, true, false, false, true, false);
  }

  @Test
  void call_onAQueueBehindItsPut_takesEffectAfterIt() {
    QueueStats stats =
        onLoop(
            () -> {
              Future<Receipt> put = queue.put(Buffer.buffer("m"));
              Future<QueueStats> asked = queue.stats();
              return put.compose(receipt -> asked);
            });
    assertThat(stats.puts()).isEqualTo(1);
  }

  @Test
  void take_waitingWhenAPutComes_isAnswered() {
    Future<Message> take = queue.take();
    await(client.ping());
    assertThat(take.isComplete()).isFalse();
    await(queue.put(Buffer.buffer("late")));
    assertThat(await(take).body().toString()).isEqualTo("late");
  }

  @Test
  void take_emptyQueue_failsWithEmptyAfterItsWait() {
    refused(queue.take(TakeOptions.ONE.withWait(Duration.ZERO)), ErrorCode.EMPTY);
    refused(queue.take(TakeOptions.ONE.withWait(Duration.ofMillis(20))), ErrorCode.EMPTY);
  }

  @Test
  void put_severalOfATickOverTheRoom_failOneByOne() {
    Queue small = client.queue("small");
    PutOptions now = PutOptions.DEFAULT.withWait(Duration.ZERO);
    List<Future<Receipt>> puts = new ArrayList<>();
    onLoop(
        () -> {
          for (int i = 0; i < 4; i++) {
            puts.add(small.put(Buffer.buffer("" + i), now));
          }
          return Future.join(puts).otherwiseEmpty();
        });
    assertThat(puts).extracting(Future::succeeded).containsExactly(true, true, false, false);
    refused(puts.get(2), ErrorCode.FULL);
    List<Message> taken = await(small.take(TakeOptions.ONE.withMax(9)));
    assertThat(taken).hasSize(2);
    assertThat(await(small.ack(taken))).isEqualTo(2);
  }

  @Test
  void ack_moreThanAHeaderHolds_goesInSeveralFrames() {
    List<Message> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(new Message(queue.name(), (1L << 52) + i, 1, null, Buffer.buffer()));
    }
    await(queue.put(Buffer.buffer("m")));
    many.add(await(queue.take()));
    assertThat(await(queue.ack(many))).isEqualTo(1);
    assertThat(await(queue.ack(List.of()))).isZero();
  }

  @Test
  void put_bodyOverTheLimit_isTooLargeAndTheClientLives() {
    refused(queue.put(Buffer.buffer(new byte[(1 << 20) + 1])), ErrorCode.TOO_LARGE);
    await(client.ping());
  }

  @Test
  void call_headerOverTheLimit_isTooLargeAndTheClientLives() {
    Json huge = Json.of(Map.of("a", "x".repeat(70_000)));
    refused(
        queue.put(Buffer.buffer("m"), PutOptions.DEFAULT.withHeaders(huge)), ErrorCode.TOO_LARGE);
    refused(client.queue("x".repeat(70_000)).take(), ErrorCode.TOO_LARGE);
    await(client.ping());
  }

  @Test
  void request_ofNoOperation_isUnknownOp() {
    refused(client.request("no.such", Buffer.buffer()), ErrorCode.UNKNOWN_OP);
  }

  @Test
  void request_argumentThatNoHeaderHas_isThrownAtOnce() {
    assertThatThrownBy(() -> client.request("ping", Buffer.buffer(), "a", 1.5))
        .isInstanceOf(IllegalArgumentException.class);
    await(client.ping());
  }

  @Test
  void calls_overTheBounds_failWithBusyAndTheRestIsAnswered() {
    Client narrow =
        connected(served, ClientOptions.defaults().withMaxInFlight(2).withMaxWaiting(3));
    List<Future<Void>> pings = new ArrayList<>();
    onLoop(
        () -> {
          for (int i = 0; i < 8; i++) {
            pings.add(narrow.ping());
          }
          return Future.join(pings).otherwiseEmpty();
        });
    await(Future.join(pings).otherwiseEmpty());
    assertThat(pings.stream().filter(Future::succeeded)).hasSize(5);
    refused(pings.get(7), ErrorCode.BUSY);
    await(narrow.close());
  }

  @Test
  void puts_overTheBounds_failWithBusy() {
    Client narrow =
        connected(served, ClientOptions.defaults().withMaxInFlight(1).withMaxWaiting(3));
    List<Future<Receipt>> puts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      puts.add(null);
    }
    Promise<Void> made = Promise.promise();
    narrow
        .ping()
        .onComplete(
            v -> {
              for (int i = 0; i < 8; i++) {
                puts.set(i, narrow.queue(queue.name()).put(Buffer.buffer("m")));
              }
              made.complete();
            });
    await(made.future());
    await(Future.join(puts).otherwiseEmpty());
    assertThat(puts.stream().filter(Future::succeeded)).hasSize(4);
    refused(puts.get(7), ErrorCode.BUSY);
    await(narrow.close());
  }

  @Test
  void calls_fromManyThreads_areAllAnswered() {
    List<CompletableFuture<?>> threads = new ArrayList<>();
    List<Future<Receipt>> puts = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 4; t++) {
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 500; i++) {
                  puts.add(queue.put(Buffer.buffer("m")));
                }
              }));
    }
    CompletableFuture.allOf(threads.toArray(CompletableFuture<?>[]::new)).join();
    await(Future.all(List.copyOf(puts)));
    assertThat(await(queue.stats()).puts()).isEqualTo(2000);
    assertThat(puts.stream().map(put -> put.result().msg()).distinct()).hasSize(2000);
  }

  @Test
  void handler_addedByAnotherThread_runsOnTheClientsContext() {
    Future<Void> ping = client.ping();
    await(ping);
    Promise<Context> late = Promise.promise();
    ping.onComplete(v -> late.complete(Vertx.currentContext()));
    Promise<Context> later = Promise.promise();
    queue.put(Buffer.buffer("m")).onComplete(v -> later.complete(Vertx.currentContext()));
    assertThat(await(late.future())).isNotNull().isSameAs(await(later.future()));
  }

  @Test
  void handler_thatThrows_doesNotStopTheAnswersBehindIt() {
    List<Future<Void>> pings = new ArrayList<>();
    onLoop(
        () -> {
          for (int i = 0; i < 5; i++) {
            Future<Void> ping = client.ping();
            ping.onSuccess(
                v -> {
                  throw new IllegalStateException("a fault of the program, on purpose");
                });
            pings.add(ping);
          }
          return Future.succeededFuture();
        });
    await(Future.all(pings));
    await(client.ping());
  }

  @Test
  void close_withCallsOpen_failsThemAndGivesBackWhatWasHeld() {
    await(queue.put(Buffer.buffer("m")));
    Client other = connected(served, ClientOptions.defaults());
    Message held = await(other.queue(queue.name()).take());
    Future<Message> waiting = other.queue(queue.name()).take();
    await(other.ping());
    Promise<Throwable> told = Promise.promise();
    other.closeHandler(told::complete);
    await(other.close());
    assertThatThrownBy(() -> await(waiting)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> await(other.ping())).isInstanceOf(IOException.class);
    Message again = await(queue.take());
    assertThat(again.msg()).isEqualTo(held.msg());
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(told.future().isComplete()).isFalse();
    await(other.close());
  }

  @Test
  void server_stops_failsTheCallsAndTellsTheCloseHandler() {
    try (Served stopping = Served.start(Transport.NIO, "")) {
      Client its = connected(stopping, ClientOptions.defaults());
      Promise<Throwable> told = Promise.promise();
      its.closeHandler(told::complete);
      Future<Message> waiting = its.queue("q").take();
      await(its.ping());
      stopping.stop(Duration.ofSeconds(10));
      refused(waiting, ErrorCode.SHUTTING_DOWN);
      assertThat(await(told.future())).isNotNull();
      assertThatThrownBy(() -> await(its.ping())).isInstanceOf(Exception.class);
      Promise<Throwable> late = Promise.promise();
      its.closeHandler(late::complete);
      assertThat(await(late.future())).isNotNull();
    }
  }

  @Test
  void busRequest_insideTheJvm_isRefusedAndTheRestOfTheTickIsAnswered() {
    if (way == Way.BUS) {
      List<Future<?>> both = new ArrayList<>();
      onLoop(
          () -> {
            both.add(client.request("bus.send", Buffer.buffer(), "address", "a"));
            both.add(client.ping());
            return Future.join(both).otherwiseEmpty();
          });
      refused(both.get(0), ErrorCode.UNKNOWN_OP);
      assertThat(both.get(1).succeeded()).isTrue();
    }
  }

  @Test
  void queues_several_areListedByName() {
    await(queue.put(Buffer.buffer("m")));
    assertThat(await(client.queues())).extracting(QueueStats::queue).contains(queue.name());
  }

  /** Runs something on one event loop, in one tick, and waits for what it gives. */
  private static <T> T onLoop(java.util.function.Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    served.vertx().runOnContext(v -> action.get().onComplete(promise));
    return await(promise.future());
  }

  private static void refused(Future<?> future, ErrorCode code) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
