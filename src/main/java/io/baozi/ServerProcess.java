package io.baozi;

import io.baozi.cli.Place;
import io.baozi.config.Config;
import io.baozi.config.Server;
import io.baozi.config.Transport;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The server as a process of its own: from start to the signal that ends it. */
final class ServerProcess {
  private static final Logger LOG = System.getLogger(ServerProcess.class.getName());

  /** How much longer than the drain time the process may take to end. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private ServerProcess() {}

  /**
   * Serves until the process is told to end.
   *
   * @param started is told where, once it does
   * @throws IllegalArgumentException if the configuration names what is not there
   * @throws Exception if the server cannot start, for example because a port is taken
   */
  static int serve(Config config, Consumer<Place> started) throws Exception {
    var transport = transport(config.server().transport());
    Vertx vertx = Vertx.builder().with(options(config.server())).withTransport(transport).build();
    Baozi baozi = started(Baozi.start(vertx, config));
    LOG.log(
        Level.INFO,
        "transport {0}, event loops for connections: {1}",
        transport.name(),
        config.server().loops());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(vertx, baozi, config.server().drainTime())));
    started.accept(place(config, baozi));
    new CountDownLatch(1).await();
    return 0;
  }

  private static Baozi started(Future<Baozi> starting) throws Exception {
    try {
      return starting.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static Place place(Config config, Baozi baozi) {
    String tcp = NetUtil.toSocketAddressString(config.server().host(), baozi.port());
    String udp =
        baozi.udpPort().isEmpty()
            ? null
            : NetUtil.toSocketAddressString(config.udp().host(), baozi.udpPort().getAsInt());
    return new Place(tcp, udp);
  }

  private static VertxOptions options(Server server) {
    return new VertxOptions()
        .setEventLoopPoolSize(server.loops())
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  private static io.vertx.core.transport.Transport transport(Transport asked) {
    io.vertx.core.transport.Transport epoll = io.vertx.core.transport.Transport.EPOLL;
    boolean available = epoll != null && epoll.available();
    return switch (asked) {
      case NIO -> io.vertx.core.transport.Transport.NIO;
      case AUTO -> available ? epoll : io.vertx.core.transport.Transport.NIO;
      case EPOLL -> {
        if (!available) {
          throw new IllegalStateException(
              "server.transport is epoll, which this machine does not have; use auto or nio");
        }
        yield epoll;
      }
    };
  }

  /** Runs when the process is told to end, and ends it within the drain time and {@link #SLACK}. */
  private static void stop(Vertx vertx, Baozi baozi, Duration drainTime) {
    long start = System.nanoTime();
    int exit = 0;
    try {
      baozi
          .stop(drainTime)
          .eventually(vertx::close)
          .toCompletionStage()
          .toCompletableFuture()
          .get(drainTime.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
      LOG.log(
          Level.INFO,
          "stopped in {0} ms",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.ERROR, "the server did not stop gently", e);
      exit = 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exit = 1;
    }
    // A gentle stop is a success, whatever signal asked for it; only halt can say so from here.
    Runtime.getRuntime().halt(exit);
  }
}
