package io.baozi.net;

import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A TCP server that speaks frames. Deployed as a verticle; several instances with one port share
 * its connections. What it answers is up to its {@linkplain #operation operations}, or to the
 * {@linkplain #services services} of a Baozi server behind the event bus.
 */
public final class TcpServer extends VerticleBase {
  private static final int BACKLOG = 4096;

  /** Connections over the limit that are told so at once; any more are closed without a word. */
  private static final int REFUSED_AT_ONCE = 256;

  /** How often a draining server looks for connections that have become quiet, in milliseconds. */
  private static final long DRAIN_SWEEP = 20;

  private final TcpServerOptions options;
  private final Reception reception;
  private final Map<String, Connection> connections = new LinkedHashMap<>();

  /** Those of them that are told why they are not served, and leave. */
  private final Set<String> refused = new HashSet<>();

  private ServiceBus bus;
  private NetServer server;
  private MessageConsumer<?> departures;
  private Promise<Void> drained;

  /** A server that is not listening yet. */
  public TcpServer(TcpServerOptions options) {
    this.options = Objects.requireNonNull(options, "options");
    this.reception = new Reception(options);
  }

  /**
   * Adds an operation of the program's own; before deployment.
   *
   * @param op its name on the wire, for example {@code greeting.make}
   */
  public TcpServer operation(String op, OperationHandler handler) {
    reception.route(Objects.requireNonNull(op, "op"), Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /** Adds the operations of the protocol, carried out by the services on a bus. */
  public TcpServer services(ServiceBus bus) {
    this.bus = Objects.requireNonNull(bus, "bus");
    return this;
  }

  /** The port that it listens on, once deployed. */
  public int port() {
    return server.actualPort();
  }

  /**
   * Connections open now, those included that are refused and about to close; to be asked on the
   * event loop.
   */
  public int connections() {
    return connections.size();
  }

  @Override
  public Future<?> start() {
    reception.context(context);
    if (bus != null) {
      String replyTo = bus.addresses().replies(Reception.newName());
      reception.route(bus, replyTo);
      departures = bus.await(replyTo, this::depart);
    }
    server =
        vertx
            .createNetServer(
                new NetServerOptions()
                    .setHost(options.host())
                    .setPort(options.port())
                    .setAcceptBacklog(BACKLOG)
                    .setTcpNoDelay(true)
                    .setTcpKeepAlive(true))
            .connectHandler(this::accept);
    vertx.setPeriodic(sweepInterval(), t -> sweep());
    return server.listen().recover(e -> Future.failedFuture(explained(e)));
  }

  @Override
  public Future<?> stop() {
    List.copyOf(connections.values()).forEach(Connection::abort);
    return server
        .close()
        .eventually(() -> departures == null ? Future.succeededFuture() : departures.unregister());
  }

  /**
   * Stops gently: every connection closes once it is answered and quiet, or when the time is up.
   * New ones are told {@code shutting_down}. From any thread, once.
   *
   * @return completes when no connection is left or the time is up
   */
  public Future<Void> drain(Duration time) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        v -> {
          drained = done;
          connections.values().forEach(Connection::drain);
          long sweeper = vertx.setPeriodic(DRAIN_SWEEP, t -> sweep());
          long end = vertx.setTimer(Math.max(1, time.toMillis()), t -> done.tryComplete());
          done.future()
              .onComplete(
                  drained -> {
                    vertx.cancelTimer(sweeper);
                    vertx.cancelTimer(end);
                  });
          checkDrained();
        });
    return done.future();
  }

  private Throwable explained(Throwable e) {
    return e instanceof IOException
        ? Unbound.because(e, "TCP", options.host(), Math.max(0, options.port()))
        : e;
  }

  /** Often enough for the shortest limit, seldom enough to cost nothing. */
  private long sweepInterval() {
    long shortest =
        LongStream.of(
                options.headerTimeout().toMillis(),
                options.bodyTimeout().toMillis(),
                options.idleTimeout().isZero() ? Long.MAX_VALUE : options.idleTimeout().toMillis(),
                options.writeTimeout().toMillis())
            .min()
            .getAsLong();
    return Math.max(10, Math.min(1000, shortest / 4));
  }

  private void accept(NetSocket accepted) {
    Socket socket = new Socket(accepted, context);
    if (connections.size() >= options.maxConnections() + REFUSED_AT_ONCE) {
      socket.abort();
      return;
    }
    String name = Reception.newName();
    Connection connection = new Connection(reception, socket, name);
    Runnable closed =
        () -> {
          connections.remove(name);
          refused.remove(name);
          checkDrained();
        };
    boolean full = connections.size() - refused.size() >= options.maxConnections();
    connections.put(name, connection);
    if (drained != null || full) {
      refused.add(name);
    }
    if (drained != null) {
      connection.refuse(
          Reply.refused(0, ErrorCode.SHUTTING_DOWN, "the server is shutting down"), closed);
    } else if (full) {
      connection.refuse(
          Reply.refused(
              0,
              ErrorCode.BUSY,
              "the server has " + options.maxConnections() + " connections (maxConnections)"),
          closed);
    } else {
      connection.open(closed);
    }
  }

  private void depart(Departure departure) {
    Connection connection = connections.get(departure.connection());
    if (connection != null) {
      connection.depart(departure);
    } else {
      departure.discard();
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Connection connection : new ArrayList<>(connections.values())) {
      connection.sweep(now);
    }
  }

  private void checkDrained() {
    if (drained != null && connections.isEmpty()) {
      drained.tryComplete();
    }
  }
}
