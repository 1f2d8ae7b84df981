package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.Served;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions with grace on a whole server. */
@Timeout(120)
final class CutSessionTest {
  private static final int MESSAGES = 2000;
  private static final int CUTS = 100;

  /** Groups of puts under way at a time. */
  private static final int LANES = 3;

  /** Puts of a tick. */
  private static final int GROUP = 5;

  private static final ClientOptions OPTIONS =
      ClientOptions.defaults().withGrace(Duration.ofSeconds(30));

  private static Served served;

  // Each on its client's context only.
  private int next;
  private final List<Integer> taken = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();

  @BeforeAll
  static void start() {
    served = Served.start(Transport.NIO, "");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void messages_throughAHundredCuts_comeOnceAndInOrder() {
    long seed = System.nanoTime();
    CutProxy proxy = new CutProxy(served.vertx(), served.port(), seed, 3000);
    ClientOptions through = OPTIONS.at("127.0.0.1", proxy.port());
    Client producer = await(Client.connect(served.vertx(), through));
    Client consumer = await(Client.connect(served.vertx(), through));
    proxy.cut(CUTS);
    Promise<Void> put = Promise.promise();
    Promise<Void> consumed = Promise.promise();
    producer
        .ping()
        .onSuccess(
            v -> {
              for (int lane = 0; lane < LANES; lane++) {
                put(producer.queue("cut"), put);
              }
            });
    consume(consumer.queue("cut"), consumed);
    await(put.future());
    await(consumed.future());
    assertThat(taken)
        .as("seed %d", seed)
        .containsExactlyElementsOf(IntStream.range(0, MESSAGES).boxed().toList());
    assertThat(attempts).as("seed %d", seed).containsOnly(1);
    assertThat(proxy.cutsLeft()).as("seed %d", seed).isZero();
    await(producer.close());
    await(consumer.close());
  }

  /** Puts a group, and the next when it is there. */
  private void put(Queue queue, Promise<Void> done) {
    if (next == MESSAGES) {
      done.tryComplete();
      return;
    }
    List<Future<Receipt>> group = new ArrayList<>();
    for (int i = 0; i < GROUP; i++) {
      group.add(queue.put(Buffer.buffer(Integer.toString(next++))));
    }
    Future.all(group).onSuccess(v -> put(queue, done)).onFailure(done::tryFail);
  }

  private void consume(Queue queue, Promise<Void> done) {
    if (taken.size() >= MESSAGES) {
      done.complete();
      return;
    }
    queue
        .take(TakeOptions.ONE.withMax(GROUP))
        .compose(
            messages -> {
              for (Message message : messages) {
                taken.add(Integer.valueOf(message.body().toString()));
                attempts.add(message.attempt());
              }
              return queue.ack(messages).map(acked -> acked == messages.size());
            })
        .onSuccess(
            all -> {
              if (all) {
                consume(queue, done);
              } else {
                done.fail("a message was no longer held");
              }
            })
        .onFailure(done::tryFail);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_withGrace_givesBackAtOnce(boolean inside) {
    ClientOptions options =
        OPTIONS.at("127.0.0.1", served.port()).withHeartbeat(Duration.ofSeconds(1));
    Client holder =
        await(
            inside
                ? Client.inside(served.vertx(), served.baozi().addresses(), options)
                : Client.connect(served.vertx(), options));
    Client other = await(Client.connect(served.vertx(), options));
    Queue queue = other.queue("held-" + inside);
    await(queue.put(Buffer.buffer("m")));
    await(holder.queue(queue.name()).take());
    await(holder.close());
    Message again = await(queue.take(TakeOptions.ONE.withWait(Duration.ZERO))).get(0);
    assertThat(again.attempt()).isEqualTo(2);
    await(other.close());
  }
}
