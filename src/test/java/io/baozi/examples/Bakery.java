package io.baozi.examples;

import io.baozi.Baozi;
import io.baozi.client.Message;
import io.baozi.config.Config;
import io.baozi.flow.Consumer;
import io.baozi.flow.FlowSettings;
import io.baozi.flow.PullProducer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A baker faster than its eater, in one program with the server: the baker waits whenever the three
 * places of the steamer are taken.
 */
public final class Bakery {
  private static final int BATCH = 10;

  private Bakery() {}

  /** Bakes as many as its {@code batch} says. */
  public static final class Baker extends PullProducer {
    private int baked;

    @Override
    protected Future<Buffer> next() {
      return Future.succeededFuture(
          baked == config().getInteger("batch") ? null : Buffer.buffer("baozi " + ++baked));
    }
  }

  /** Takes its time for each. */
  public static final class Eater extends Consumer {
    @Override
    protected Future<?> consume(Message message) {
      return vertx.timer(10).onSuccess(v -> System.out.println("ate " + message.body()));
    }
  }

  /** Starts a server, deploys both, and ends when all is eaten. */
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    Config config =
        Config.parse(
            "{\"server\":{\"port\":0},\"udp\":{\"enabled\":false},\"journal\":{\"enabled\":false},"
                + "\"queues\":{\"steamer\":{\"capacity\":3}}}");
    Eater eater = new Eater();
    Baozi.start(vertx, config)
        .compose(
            server ->
                vertx
                    .deployVerticle(eater, options(server, "eater", new JsonObject()))
                    .compose(
                        id ->
                            vertx.deployVerticle(
                                new Baker(),
                                options(server, "baker", new JsonObject().put("batch", BATCH))))
                    .compose(id -> eaten(vertx, eater))
                    .compose(v -> server.stop(Duration.ofSeconds(1))))
        .onFailure(Throwable::printStackTrace)
        .onComplete(done -> vertx.close());
  }

  private static DeploymentOptions options(Baozi server, String name, JsonObject own) {
    return new DeploymentOptions()
        .setConfig(new FlowSettings(server.addresses().prefix(), name, "steamer", 1).with(own));
  }

  private static Future<Void> eaten(Vertx vertx, Eater eater) {
    return eater.consumed() == BATCH
        ? Future.succeededFuture()
        : vertx.timer(20).compose(v -> eaten(vertx, eater));
  }
}
