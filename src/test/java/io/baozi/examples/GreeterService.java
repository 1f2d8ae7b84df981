package io.baozi.examples;

import io.baozi.Baozi;
import io.baozi.config.Config;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;

/**
 * A verticle that knows nothing of Baozi, reached by clients outside: it consumes an address, and
 * the configuration permits it. It also publishes whom it has greeted.
 */
public final class GreeterService extends VerticleBase {
  @Override
  public Future<?> start() {
    return vertx.eventBus().consumer("greeter", this::greet).completion();
  }

  /** Whatever may go wrong is answered: a client never hears of what a consumer throws. */
  private void greet(Message<Buffer> message) {
    String name = message.body().toString();
    if (name.isBlank()) {
      message.fail(400, "a greeting needs a name");
    } else {
      message.reply("Hello, " + name);
      vertx.eventBus().publish("greeted", name);
    }
  }

  /** Starts a server on any free port of this machine, and the service beside it. */
  public static void main(String[] args) {
    Config config =
        Config.parse(
            """
            {
              "server": {"port": 0},
              "udp": {"enabled": false},
              "journal": {"enabled": false},
              "bus": {
                "permitted": [
                  {"address": "greeter", "direction": "in"},
                  {"address": "greeted", "direction": "out"}
                ]
              }
            }
            """);
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(new GreeterService())
        .compose(id -> Baozi.start(vertx, config))
        .onSuccess(baozi -> System.out.println("greeter on port " + baozi.port()))
        .onFailure(cause -> System.err.println(cause.getMessage()));
  }
}
