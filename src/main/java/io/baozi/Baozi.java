package io.baozi;

import io.baozi.bus.Addresses;
import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.config.Config;
import io.baozi.net.UdpStats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/** A Baozi server inside a Vert.x program; and the way to connect to one, here or elsewhere. */
public final class Baozi {
  private final Vertx vertx;
  private final Config config;
  private final Deployment deployment;

  private Baozi(Vertx vertx, Config config) {
    this.vertx = vertx;
    this.config = config;
    this.deployment = new Deployment(vertx, config);
  }

  /**
   * Starts the whole server that a configuration describes.
   *
   * @return fails, with nothing left running, if a port is taken, a verticle does not start, or a
   *     type, class or address that the configuration names is wrong
   */
  public static Future<Baozi> start(Vertx vertx, Config config) {
    Objects.requireNonNull(vertx, "vertx");
    Objects.requireNonNull(config, "config");
    try {
      Baozi baozi = new Baozi(vertx, config);
      return baozi.deployment.start().map(baozi);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
  }

  /** Connects to a server over TCP. */
  public static Future<Client> connect(Vertx vertx, ClientOptions options) {
    return Client.connect(vertx, options);
  }

  /** Connects to this server over the event bus, without a socket. */
  public Future<Client> connect() {
    return Client.inside(vertx, addresses(), ClientOptions.defaults());
  }

  /** The port that TCP is served on. */
  public int port() {
    return deployment.port();
  }

  /** The port of the UDP echo, if there is one. */
  public OptionalInt udpPort() {
    return config.udp().enabled() ? OptionalInt.of(deployment.udp().port()) : OptionalInt.empty();
  }

  /** What the UDP echo has counted. */
  public UdpStats udpStats() {
    return deployment.udp().stats();
  }

  /** Where the server's services are on the event bus, for {@link Client#inside}. */
  public Addresses addresses() {
    return deployment.addresses();
  }

  /**
   * Stops the server: what is answered is done, the rest is told {@code shutting_down}.
   *
   * @param time that peers have to read their answers; then their connections are cut
   * @return fails if a producer, a consumer or another verticle of the configuration did not stop
   *     within half of the time; all else has stopped all the same
   */
  public Future<Void> stop(Duration time) {
    return deployment.stop(time);
  }
}
