package io.baozi.client;

import static io.baozi.client.Ticks.fromOneTick;
import static io.baozi.client.Ticks.refused;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.client.PeekOptions.State;
import io.baozi.message.ErrorCode;
import io.baozi.net.Served;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** All that a queue does, asked of a real server, over TCP and over the event bus alike. */
@Timeout(60)
@ParameterizedClass
@EnumSource(QueueClientTest.Way.class)
final class QueueClientTest {
  enum Way {
    TCP,
    BUS
  }

  private static final TakeOptions NOW = TakeOptions.ONE.withWait(Duration.ZERO).withMax(100);
  private static final PutOptions AT_ONCE = PutOptions.DEFAULT.withWait(Duration.ZERO);

  private static Served served;
  private static int lastQueue;

  @Parameter Way way;

  private Client client;
  private Queue queue;

  @BeforeAll
  static void start() {
    served = Served.start(Transport.NIO, "");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void connect() {
    client = connected(served);
    queue = client.queue("queue-" + ++lastQueue);
  }

  @AfterEach
  void close() {
    await(client.close());
  }

  private Client connected(Served server) {
    ClientOptions options = ClientOptions.defaults();
    return await(
        way == Way.TCP
            ? Client.connect(server.vertx(), options.at("127.0.0.1", server.port()))
            : Client.inside(server.vertx(), server.baozi().addresses(), options));
  }

  private void put(String... bodies) {
    List<Buffer> buffers = new ArrayList<>();
    for (String body : bodies) {
      buffers.add(Buffer.buffer(body));
    }
    await(queue.putAll(buffers, PutOptions.DEFAULT));
  }

  private static List<String> bodies(List<Message> messages) {
    return messages.stream().map(message -> message.body().toString()).toList();
  }

  private void declare(Function<QueueDeclaration, QueueDeclaration> how) {
    await(queue.declare(how.apply(QueueDeclaration.DEFAULT)));
  }

  @Test
  void declare_settings_areInForceAndOthersConflict() {
    QueueDeclaration declaration =
        QueueDeclaration.DEFAULT
            .withOrder(QueueOrder.LIFO)
            .withCapacity(7)
            .withTtr(Duration.ofSeconds(3))
            .withAttempts(4)
            .withTtl(Duration.ofHours(1))
            .withDeadLetter("graves");
    QueueSettings settings = await(queue.declare(declaration));
    assertThat(settings.queue()).isEqualTo(queue.name());
    assertThat(settings.order()).isEqualTo(QueueOrder.LIFO);
    assertThat(settings.capacity()).isEqualTo(7);
    assertThat(settings.ttr()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.attempts()).isEqualTo(4);
    assertThat(settings.backoff()).isZero();
    assertThat(settings.ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.deadLetter()).isEqualTo("graves");
    assertThat(settings.dedup()).isEqualTo(Duration.ofMinutes(2));
    assertThat(await(queue.declare(QueueDeclaration.DEFAULT))).isEqualTo(settings);
    refused(queue.declare(declaration.withCapacity(8)), ErrorCode.CONFLICT);
    assertThat(await(queue.stats()).order()).isEqualTo("lifo");
  }

  @Test
  void putAll_withoutRoomForAll_putsNone() {
    declare(d -> d.withCapacity(2));
    put("a");
    List<Buffer> two = List.of(Buffer.buffer("b"), Buffer.buffer("c"));
    refused(queue.putAll(two, AT_ONCE), ErrorCode.FULL);
    assertThat(await(queue.stats()).ready()).isEqualTo(1);
    List<Buffer> three = List.of(Buffer.buffer(), Buffer.buffer(), Buffer.buffer());
    refused(queue.putAll(three, PutOptions.DEFAULT), ErrorCode.TOO_LARGE);
    Future<List<Receipt>> waiting = queue.putAll(two, PutOptions.DEFAULT);
    await(queue.take(NOW.withAutoAck(true)));
    assertThat(await(waiting)).hasSize(2).doesNotHaveDuplicates();
    assertThat(bodies(await(queue.take(NOW)))).containsExactly("b", "c");
  }

  @Test
  void put_withAKeyTwice_addsOneMessage() {
    PutOptions keyed = PutOptions.DEFAULT.withKey("order-1");
    Receipt first = await(queue.put(Buffer.buffer("a"), keyed));
    assertThat(await(queue.put(Buffer.buffer("a"), keyed))).isEqualTo(first);
    List<Receipt> both =
        fromOneTick(
            served.vertx(),
            () ->
                Future.all(
                        queue.put(Buffer.buffer("b")),
                        queue.put(Buffer.buffer("a"), keyed),
                        queue.put(Buffer.buffer("c"), PutOptions.DEFAULT.withKey("order-2")))
                    .map(all -> all.list()));
    assertThat(both.get(1)).isEqualTo(first);
    List<Receipt> batch =
        await(
            queue.putAll(
                List.of(Buffer.buffer("d"), Buffer.buffer("c")),
                java.util.Arrays.asList(null, "order-2"),
                PutOptions.DEFAULT));
    assertThat(batch.get(1)).isEqualTo(both.get(2));
    assertThat(bodies(await(queue.take(NOW)))).containsExactly("a", "b", "c", "d");
  }

  @Test
  void puts_withPriorityDelayAndTtl_areHadAccordingly() {
    declare(d -> d.withOrder(QueueOrder.PRIORITY));
    await(queue.put(Buffer.buffer("last")));
    await(queue.put(Buffer.buffer("first"), AT_ONCE.withPriority(-1)));
    await(queue.put(Buffer.buffer("later"), AT_ONCE.withDelay(Duration.ofHours(1))));
    await(queue.put(Buffer.buffer("old"), AT_ONCE.withTtl(Duration.ofMillis(1))));
    await(served.vertx().timer(20));
    assertThat(bodies(await(queue.take(NOW)))).containsExactly("first", "last");
    QueueStats stats = await(queue.stats());
    assertThat(stats.delayed()).isEqualTo(1);
    assertThat(stats.expired()).isEqualTo(1);
    assertThat(bodies(await(queue.peek(PeekOptions.DEFAULT.withState(State.DELAYED)))))
        .containsExactly("later");
    assertThat(bodies(await(queue.peek(PeekOptions.DEFAULT.withState(State.RESERVED).withMax(9)))))
        .containsExactlyInAnyOrder("first", "last");
  }

  @Test
  void take_fromSeveralQueues_getsTheFirstThatHasSomething() {
    put("b");
    Client other = connected(served);
    List<String> queues = List.of(queue.name() + "-empty", queue.name());
    Message message = await(other.take(queues, NOW)).get(0);
    assertThat(message.queue()).isEqualTo(queue.name());
    Future<List<Message>> waiting = other.take(queues, TakeOptions.ONE);
    await(other.ping());
    await(client.queue(queue.name() + "-empty").put(Buffer.buffer("a")));
    assertThat(bodies(await(waiting))).containsExactly("a");
    await(other.close());
  }

  @Test
  void nack_delayDeadOrNeither_putsTheMessageThere() {
    put("a", "b", "c");
    List<Message> taken = await(queue.take(NOW));
    assertThat(await(queue.nack(taken.get(0)))).isTrue();
    NackOptions later = NackOptions.DEFAULT.withDelay(Duration.ofHours(1));
    assertThat(await(queue.nack(taken.subList(0, 2), later))).isEqualTo(1);
    assertThat(await(queue.nack(taken.get(2), NackOptions.DEFAULT.withDead(true)))).isTrue();
    QueueStats stats = await(queue.stats());
    assertThat(List.of(stats.ready(), stats.delayed(), stats.dead())).containsExactly(1L, 1L, 1L);
    assertThat(stats.nacks()).isEqualTo(3);
    assertThat(await(queue.take(NOW)).get(0).attempt()).isEqualTo(2);
  }

  @Test
  void dead_redrivenOrPurged_areNoLongerThere() {
    put("a", "b", "c");
    await(queue.nack(await(queue.take(NOW)), NackOptions.DEFAULT.withDead(true)));
    List<Message> dead = await(queue.peek(new PeekOptions(State.DEAD, 2, null)));
    assertThat(bodies(dead)).containsExactly("a", "b");
    List<Message> more = await(queue.peek(new PeekOptions(State.DEAD, 2, dead.get(1).msg())));
    assertThat(bodies(more)).containsExactly("c");
    assertThat(await(queue.redrive(RedriveOptions.ALL.withMsgs(List.of(dead.get(1).msg())))))
        .isEqualTo(1);
    assertThat(await(queue.redrive(RedriveOptions.ALL.withMax(1)))).isEqualTo(1);
    assertThat(await(queue.take(NOW))).extracting(Message::attempt).containsExactly(1, 1);
    assertThat(await(queue.purgeDead())).isEqualTo(1);
    assertThat(await(queue.peek(PeekOptions.DEFAULT.withState(State.DEAD)))).isEmpty();
  }

  @Test
  void touch_message_isHeldForLonger() {
    put("a");
    List<Message> taken = await(queue.take(NOW.withTtr(Duration.ofMillis(1500))));
    assertThat(await(queue.touch(taken, Duration.ofMinutes(1)))).isEqualTo(1);
    await(served.vertx().timer(1800));
    assertThat(await(queue.ack(taken))).isEqualTo(1);
    assertThat(await(queue.touch(taken, null))).isZero();
  }

  @Test
  void join_queueWithWork_completesWhenItIsDone() {
    put("a");
    Message message = await(queue.take());
    refused(queue.join(Duration.ofMillis(20)), ErrorCode.TIMEOUT);
    Future<Void> join = queue.join(null);
    assertThat(await(queue.stats()).waitingJoins()).isEqualTo(1);
    await(queue.ack(message));
    await(join);
    refused(client.queue("nowhere").join(Duration.ZERO), ErrorCode.NOT_FOUND);
  }

  @Test
  void pause_queue_givesNothingUntilItIsResumed() {
    put("a");
    await(queue.pause());
    assertThat(await(queue.stats()).paused()).isTrue();
    refused(queue.take(NOW), ErrorCode.EMPTY);
    Future<Message> take = queue.take();
    await(queue.resume());
    assertThat(await(take).body().toString()).isEqualTo("a");
  }

  @Test
  void purgeAndDelete_queue_isEmptyThenGone() {
    put("a", "b");
    assertThat(await(queue.purge())).isEqualTo(2);
    await(queue.delete());
    refused(queue.stats(), ErrorCode.NOT_FOUND);
    refused(queue.delete(), ErrorCode.NOT_FOUND);
  }

  @Test
  void consume_manyMessages_handlesEachOnceWithNoMoreThanTheCreditInHand() {
    List<Future<Receipt>> puts = new ArrayList<>();
    AtomicInteger inHand = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    Subscription subscription =
        await(
            queue.consume(
                ConsumeOptions.DEFAULT.withCredit(5),
                message -> {
                  most.accumulateAndGet(inHand.incrementAndGet(), Math::max);
                  handled.add(message.body().toString());
                  return served.vertx().timer(1).onComplete(v -> inHand.decrementAndGet());
                }));
    for (int i = 0; i < 100; i++) {
      puts.add(queue.put(Buffer.buffer("" + i)));
    }
    await(Future.all(puts));
    await(queue.join(null));
    assertThat(handled)
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    assertThat(most.get()).isEqualTo(5);
    assertThat(await(queue.stats()).consumers()).isEqualTo(1);
    await(subscription.cancel());
    await(subscription.closed());
    QueueStats stats = await(queue.stats());
    assertThat(stats.consumers()).isZero();
    assertThat(stats.acks()).isEqualTo(100);
    assertThat(stats.takes()).isEqualTo(100);
  }

  @Test
  void handler_ofASubscription_runsOnTheClientsContext() {
    Promise<Context> handling = Promise.promise();
    Promise<Context> completing = Promise.promise();
    queue
        .consume(
            message -> {
              handling.complete(Vertx.currentContext());
              return Future.succeededFuture();
            })
        .onComplete(v -> completing.complete(Vertx.currentContext()));
    put("a");
    assertThat(await(handling.future())).isNotNull().isSameAs(await(completing.future()));
  }

  @Test
  void handler_failsThrowsReturnsNullOrSucceeds_getsTheMessageAgainUntilItSucceeds() {
    List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
    put("a");
    await(
        queue.consume(
            message -> {
              attempts.add(message.attempt());
              return switch (message.attempt()) {
                case 1 -> Future.failedFuture("not yet");
                case 2 -> throw new IllegalStateException("not yet, on purpose");
                case 3 -> null;
                default -> Future.succeededFuture();
              };
            }));
    await(queue.join(null));
    assertThat(attempts).containsExactly(1, 2, 3, 4);
    assertThat(await(queue.stats()).nacks()).isEqualTo(3);
  }

  @Test
  void handler_takesLongerThanTheTtr_keepsItsMessages() {
    AtomicInteger handled = new AtomicInteger();
    put("a", "b", "c");
    declare(d -> d);
    await(
        queue.consume(
            ConsumeOptions.DEFAULT.withTtr(Duration.ofSeconds(1)),
            message -> {
              handled.incrementAndGet();
              return served.vertx().timer(1800);
            }));
    await(queue.join(null));
    assertThat(handled).hasValue(3);
    assertThat(await(queue.stats()).acks()).isEqualTo(3);
  }

  @Test
  void handler_takesLongerThanTheTtrOfItsQueue_keepsItsMessages() {
    AtomicInteger handled = new AtomicInteger();
    declare(d -> d.withTtr(Duration.ofSeconds(1)));
    put("a");
    await(
        queue.consume(
            message -> {
              handled.incrementAndGet();
              return served.vertx().timer(1800);
            }));
    await(queue.join(null));
    assertThat(handled).hasValue(1);
  }

  @Test
  void cancel_whileHandlersWork_letsThemEndAndTheRestGoesToOthers() {
    Promise<Void> work = Promise.promise();
    Promise<Void> begun = Promise.promise();
    Subscription subscription =
        await(
            queue.consume(
                ConsumeOptions.DEFAULT.withCredit(2),
                message -> {
                  if (message.body().toString().equals("b")) {
                    begun.complete();
                  }
                  return work.future();
                }));
    put("a", "b", "c");
    await(begun.future());
    Future<Void> cancelled = subscription.cancel();
    await(client.ping());
    assertThat(cancelled.isComplete()).isFalse();
    Message rest = await(queue.take());
    assertThat(rest.body().toString()).isEqualTo("c");
    assertThat(rest.attempt()).isEqualTo(1);
    work.complete();
    await(cancelled);
    assertThat(await(queue.stats()).acks()).isEqualTo(2);
  }

  @Test
  void cancel_byTheHandlerItself_givesBackWhatItWasPushedWithIt() {
    Promise<Subscription> made = Promise.promise();
    put("a", "b", "c");
    await(queue.pause());
    Subscription subscription =
        await(
            queue.consume(
                message -> {
                  made.future().result().cancel();
                  return Future.succeededFuture();
                }));
    made.complete(subscription);
    await(queue.resume());
    await(subscription.closed());
    assertThat(bodies(await(queue.take(NOW)))).containsExactly("b", "c");
    assertThat(await(queue.stats()).acks()).isEqualTo(1);
  }

  @Test
  void queue_deleted_endsItsSubscriptionsWithNotFound() {
    Subscription subscription = await(queue.consume(message -> Future.succeededFuture()));
    await(queue.delete());
    refused(subscription.closed(), ErrorCode.NOT_FOUND);
    await(subscription.cancel());
  }

  @Test
  void client_closedWhileHandlersWork_givesTheirMessagesBack() {
    Client other = connected(served);
    Promise<Void> begun = Promise.promise();
    Subscription subscription =
        await(
            other
                .queue(queue.name())
                .consume(
                    message -> {
                      begun.complete();
                      return Promise.promise().future();
                    }));
    put("a");
    await(begun.future());
    await(other.close());
    assertThat(await(queue.take()).attempt()).isEqualTo(2);
    assertThatThrownBy(() -> await(subscription.closed())).hasMessageContaining("was closed");
  }

  @Test
  void server_stops_endsSubscriptions() {
    try (Served stopping = Served.start(Transport.NIO, "drainTime:500,")) {
      Client its = connected(stopping);
      Subscription subscription =
          await(its.queue("q").consume(message -> Future.succeededFuture()));
      stopping.stop(Duration.ofSeconds(10));
      assertThatThrownBy(() -> await(subscription.closed())).isInstanceOf(Exception.class);
    }
  }

  @Test
  void consumers_two_shareTheWork() {
    Client other = connected(served);
    AtomicInteger here = new AtomicInteger();
    AtomicInteger there = new AtomicInteger();
    ConsumeOptions one = ConsumeOptions.DEFAULT.withCredit(1);
    await(queue.consume(one, message -> counted(here)));
    await(other.queue(queue.name()).consume(one, message -> counted(there)));
    put(IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new));
    await(queue.join(null));
    assertThat(here.get() + there.get()).isEqualTo(50);
    assertThat(here).hasPositiveValue();
    assertThat(there).hasPositiveValue();
    await(other.close());
  }

  private static Future<Void> counted(AtomicInteger count) {
    count.incrementAndGet();
    return Future.succeededFuture();
  }
}
