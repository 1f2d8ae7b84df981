package io.baozi.net;

import io.baozi.Baozi;
import io.baozi.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A whole server in this process, on ports of its own. */
public record Served(Vertx vertx, Baozi baozi) implements AutoCloseable {
  /**
   * A server.
   *
   * @param settings of the section server but for the port; keys need no quotes
   */
  public static Served start(Transport transport, String settings) {
    return start(transport, settings, "");
  }

  /** A server with other sections as well. */
  public static Served start(Transport transport, String settings, String sections) {
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(2))
            .withTransport(transport)
            .build();
    String json =
        "{server:{port:0,"
            + settings
            + "},udp:{enabled:false},journal:{enabled:false},"
            + sections
            + "}";
    Config config = Config.parse(json.replaceAll("(\\w+):", "\"$1\":"));
    return new Served(vertx, await(Baozi.start(vertx, config)));
  }

  public int port() {
    return baozi.port();
  }

  public Wire connect() throws IOException {
    return Wire.connect(port());
  }

  /** What a future comes to, waited for; not for an event loop. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came of it", e);
    }
  }

  public void stop(Duration time) {
    await(baozi.stop(time));
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
