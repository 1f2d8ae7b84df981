package io.baozi.examples;

import io.baozi.Baozi;
import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.client.ConsumeOptions;
import io.baozi.client.Message;
import io.baozi.client.Queue;
import io.baozi.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cook to whom orders are pushed, two at a time: what he burns comes again, and he leaves when
 * all is served.
 */
public final class Canteen {
  private static final Config CONFIG =
      Config.parse(
          "{\"server\":{\"port\":0},\"journal\":{\"enabled\":false},\"udp\":{\"enabled\":false}}");

  private final Vertx vertx;

  private Canteen(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Starts a server, serves six orders over TCP, and ends. */
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    Baozi.start(vertx, CONFIG)
        .compose(
            server ->
                Client.connect(vertx, ClientOptions.defaults().at("127.0.0.1", server.port()))
                    .compose(client -> new Canteen(vertx).serve(client))
                    .compose(v -> server.stop(Duration.ofSeconds(1))))
        .onFailure(Throwable::printStackTrace)
        .onComplete(done -> vertx.close());
  }

  private Future<Void> serve(Client client) {
    Queue orders = client.queue("orders");
    return orders
        .consume(ConsumeOptions.DEFAULT.withCredit(2), this::cook)
        .compose(
            cook ->
                order(orders)
                    .compose(v -> orders.join(ClientOptions.FOREVER))
                    .compose(v -> cook.cancel()))
        .eventually(client::close);
  }

  /** Success acknowledges the order; failure gives it back. */
  private Future<?> cook(Message order) {
    boolean burnt = order.body().toString().equals("order 3") && order.attempt() == 1;
    return vertx
        .timer(10)
        .compose(v -> burnt ? Future.failedFuture("burnt") : Future.succeededFuture())
        .onSuccess(v -> System.out.println("served " + order.body()))
        .onFailure(e -> System.out.println(e.getMessage() + " " + order.body()));
  }

  private static Future<?> order(Queue orders) {
    List<Future<?>> puts = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      puts.add(orders.put(Buffer.buffer("order " + i)));
    }
    return Future.all(puts);
  }
}
