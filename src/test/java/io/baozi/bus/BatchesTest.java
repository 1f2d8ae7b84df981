package io.baozi.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final Vertx vertx = Vertx.vertx();
  private final ServiceBus bus = new ServiceBus(vertx, new Addresses("test"));
  private final Batches batches = new Batches(bus);
  private final List<String> arrived = new ArrayList<>();
  private final Promise<Void> last = Promise.promise();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void receive(Arrival arrival) {
    if (arrival.connection().equals("bad")) {
      throw new IllegalStateException("as the test wants it");
    }
    arrived.add(arrival.connection());
    if (arrival.connection().equals("last")) {
      last.complete();
    }
  }

  private void serve() {
    await(bus.serve(Service.BROKER, this::receive).completion());
  }

  private void add(String connection) {
    batches.arrive(Service.BROKER, new Arrival.Closed(connection));
  }

  @Test
  void leave_withSeveralForOneAddress_sendsThemInOrderAndInOneMessage() {
    AtomicInteger messages = new AtomicInteger();
    vertx
        .eventBus()
        .addOutboundInterceptor(
            delivery -> {
              messages.incrementAndGet();
              delivery.next();
            });
    serve();
    add("a");
    add("b");
    add("last");
    batches.leave();
    await(last.future());

    assertThat(arrived).containsExactly("a", "b", "last");
    assertThat(messages).hasValue(1);
  }

  @Test
  void leave_withOneThatIsNotHandled_handsOverTheOthers() {
    serve();
    add("bad");
    add("last");
    batches.leave();
    await(last.future());

    assertThat(arrived).containsExactly("last");
  }

  @Test
  void leave_twice_sendsNothingTwice() {
    serve();
    add("a");
    batches.leave();
    assertThat(batches.isEmpty()).isTrue();
    batches.leave();
    add("last");
    batches.leave();
    await(last.future());

    assertThat(arrived).containsExactly("a", "last");
  }

  @Test
  void leave_oneAddressCannotBeSentTo_sendsAllOthersOnce() {
    Promise<Departure> back = Promise.promise();
    serve();
    await(bus.await("back", back::complete).completion());
    Departure departure = new Departure(Service.BROKER, "c", List.of(), true);
    add("a");
    batches.depart(null, departure);
    batches.depart("back", departure);
    assertThatNullPointerException().isThrownBy(batches::leave);

    batches.leave();
    assertThat(await(back.future())).isEqualTo(departure);
    assertThat(batches.isEmpty()).isTrue();
    add("last");
    batches.leave();
    await(last.future());
    assertThat(arrived).containsExactly("a", "last");
  }
}
