package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The clients of one life of the server: producers and takers, each on a connection of its own. */
final class Load {
  private static final int PRODUCERS = 3;
  private static final int TAKERS = 3;
  private static final int HANDS = 3;

  private final Vertx vertx;
  private final Stage stage;
  private final int life;
  private final ClientOptions options;

  Load(Vertx vertx, Stage stage, int life, int port) {
    this.vertx = vertx;
    this.stage = stage;
    this.life = life;
    this.options =
        ClientOptions.defaults().at("127.0.0.1", port).withTimeout(Duration.ofSeconds(30));
  }

  /** A connection of its own; blocks until it stands. */
  Client connect() {
    return Look.await(Client.connect(vertx, options));
  }

  void begin() {
    Warden warden = new Warden(stage, life, connect());
    Look.await(warden.declareAll());
    onLoop(warden::run);
    for (int i = 0; i < PRODUCERS; i++) {
      Client client = connect();
      String name = "producer" + life + "." + i;
      for (int hand = 0; hand < HANDS; hand++) {
        onLoop(new Producer(stage, life, client, name)::run);
      }
    }
    for (int i = 0; i < TAKERS; i++) {
      Client client = connect();
      for (int hand = 0; hand < HANDS; hand++) {
        onLoop(new Taker(stage, life, client, "taker" + life + "." + i + "." + hand)::run);
      }
    }
  }

  private void onLoop(Runnable what) {
    vertx.runOnContext(v -> what.run());
  }
}
