package io.baozi.net;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.Addresses;
import io.baozi.bus.Arrival;
import io.baozi.bus.ServiceBus;
import io.baozi.message.Service;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What connections of one loop have for the services. */
final class ReceptionTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final ServiceBus bus = new ServiceBus(vertx, new Addresses("test"));
  private final Reception reception = new Reception(TcpServerOptions.at("127.0.0.1", 0));
  private final AtomicInteger messages = new AtomicInteger();
  private final List<String> arrived = new ArrayList<>();
  private final Promise<Void> last = Promise.promise();

  @BeforeEach
  void serve() {
    vertx
        .eventBus()
        .addOutboundInterceptor(
            delivery -> {
              messages.incrementAndGet();
              delivery.next();
            });
    await(bus.serve(Service.BROKER, this::receive).completion());
    reception.context(loop);
    reception.route(bus, "replies");
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  private void receive(Arrival arrival) {
    arrived.add(arrival.connection());
    if (arrival.connection().equals("last")) {
      last.complete();
    }
  }

  /** Connections that are gone in one go of the loop. */
  private void goOfTheLoop(String... connections) {
    loop.runOnContext(
        v -> {
          for (String connection : connections) {
            reception.arrive(Service.BROKER, new Arrival.Closed(connection));
          }
        });
  }

  @Test
  void arrivals_ofOneGoOfTheLoop_areOneMessageAndThoseOfTheNextAnother() {
    goOfTheLoop("a", "b", "c");
    loop.runOnContext(v -> goOfTheLoop("d", "last"));
    await(last.future());

    assertThat(arrived).containsExactly("a", "b", "c", "d", "last");
    assertThat(messages).hasValue(2);
  }
}
