package io.baozi;

import io.baozi.broker.BrokerSettings;
import io.baozi.broker.BrokerVerticle;
import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.bus.Addresses;
import io.baozi.bus.BridgeLimits;
import io.baozi.bus.BridgeVerticle;
import io.baozi.bus.Permissions;
import io.baozi.bus.ServiceBus;
import io.baozi.config.Config;
import io.baozi.config.Direction;
import io.baozi.config.FileSettings;
import io.baozi.config.JournalSettings;
import io.baozi.config.Permission;
import io.baozi.config.QueueOrder;
import io.baozi.config.QueueSettings;
import io.baozi.config.Server;
import io.baozi.file.StreamSettings;
import io.baozi.file.StreamVerticle;
import io.baozi.frame.FrameLimits;
import io.baozi.journal.JournalException;
import io.baozi.journal.JournalOptions;
import io.baozi.journal.RocksJournal;
import io.baozi.journal.Sync;
import io.baozi.net.TcpServer;
import io.baozi.net.TcpServerOptions;
import io.baozi.net.UdpOptions;
import io.baozi.net.UdpServer;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * From a configuration to verticles: the broker, the bridge, files and pipes, the UDP echo and the
 * first TCP instance share an event loop, every further TCP instance has one of its own.
 */
final class Deployment {
  private static final AtomicInteger SERVERS = new AtomicInteger();

  /** About what the heap has in it while nobody asks for anything. */
  private static final long OWN_MEMORY = 32 << 20;

  private final Vertx vertx;
  private final Config config;

  /** Any free port, the same for all instances of this server and for those of no other. */
  private final int anyPort = -SERVERS.incrementAndGet();

  private final ServiceBus bus;

  /** From the start on. */
  private BrokerVerticle broker;

  private final BridgeVerticle bridge;
  private final StreamVerticle streams;
  private final List<Flows.Flow> flows;
  private final UdpServer udp;
  private final List<TcpServer> tcp = new ArrayList<>();

  /** What is deployed, the last first. */
  private final Deque<String> deployed = new ArrayDeque<>();

  /** The producers, consumers and other verticles, which end before what they use. */
  private final Deque<String> flowIds = new ArrayDeque<>();

  Deployment(Vertx vertx, Config config) {
    this.vertx = vertx;
    this.config = config;
    this.bus = new ServiceBus(vertx, new Addresses(config.bus().address()));
    this.flows = Flows.of(config);
    this.bridge =
        new BridgeVerticle(bus, permissions(config), BridgeLimits.of(limits(), networkMemory()));
    this.streams = new StreamVerticle(bus, streamSettings());
    this.udp = new UdpServer(new UdpOptions(config.udp().host(), config.udp().port()));
  }

  /**
   * Checks what only the server knows of a configuration, and deploys nothing.
   *
   * @throws IllegalArgumentException if a type, class, setting or address in it is wrong; says what
   */
  static void check(Config config) {
    Flows.of(config);
    permissions(config).requireNoneOf(new Addresses(config.bus().address()));
  }

  /** Deploys everything; what was deployed is undone if a part fails. */
  Future<Void> start() {
    String prefix = addresses().prefix();
    if (taken().putIfAbsent(prefix, true) != null) {
      return Future.failedFuture(
          new IllegalStateException(
              "another server in this Vert.x has the event bus addresses \""
                  + prefix
                  + "\"; give this one a bus.address of its own"));
    }
    return open()
        .map(opened -> broker = opened)
        .compose(v -> deploy(shared()))
        .compose(v -> furtherInstances())
        .compose(v -> udpToQueue())
        .compose(v -> flows())
        .recover(e -> undeploy().transform(v -> Future.failedFuture(e)));
  }

  /** The broker with all that outlived the last server; reading that may take a while. */
  private Future<BrokerVerticle> open() {
    return config.journal().enabled()
        ? vertx.executeBlocking(this::recover)
        : Future.succeededFuture(new BrokerVerticle(bus, brokerSettings()));
  }

  private BrokerVerticle recover() throws JournalException {
    JournalSettings settings = config.journal();
    RocksJournal journal =
        RocksJournal.open(
            new JournalOptions(
                Path.of(config.data().dir()),
                sync(settings.sync()),
                settings.interval(),
                settings.minFree(),
                settings.memory()));
    try {
      BrokerVerticle recovered = new BrokerVerticle(bus, brokerSettings(), journal);
      recovered.recover();
      return recovered;
    } catch (JournalException | RuntimeException e) {
      journal.close().toCompletableFuture().join();
      throw e;
    }
  }

  private static Sync sync(io.baozi.config.Sync sync) {
    return switch (sync) {
      case ALWAYS -> Sync.ALWAYS;
      case INTERVAL -> Sync.INTERVAL;
      case NEVER -> Sync.NEVER;
    };
  }

  /** The address prefixes of the servers in this Vert.x. */
  private LocalMap<String, Boolean> taken() {
    return vertx.sharedData().getLocalMap("io.baozi.addresses");
  }

  /** The port that TCP is served on. */
  int port() {
    return tcp.get(0).port();
  }

  /** The UDP server; deployed only if the configuration enables it. */
  UdpServer udp() {
    return udp;
  }

  Addresses addresses() {
    return bus.addresses();
  }

  /**
   * Stops gently: what is answered is done, the rest is told {@code shutting_down}. Producers and
   * consumers may take half of the time to finish what they have in hand.
   *
   * @param time for peers to read their answers and close
   * @return fails if one of them did not stop in that time; all else has stopped all the same
   */
  Future<Void> stop(Duration time) {
    long start = System.nanoTime();
    return undeploy(flowIds)
        .timeout(Math.max(1, time.toMillis() / 2), TimeUnit.MILLISECONDS)
        .recover(e -> Future.failedFuture(new IOException("a verticle did not stop", e)))
        .eventually(() -> Future.join(broker.drain(), bridge.drain(), streams.drain()))
        .eventually(() -> drain(time.minusNanos(System.nanoTime() - start)))
        .eventually(this::undeploy)
        .mapEmpty();
  }

  private Future<?> drain(Duration time) {
    return Future.join(tcp.stream().map(server -> server.drain(time)).toList());
  }

  private Future<Void> deploy(Deployable verticle) {
    return vertx.deployVerticle(verticle).map(id -> noted(deployed, id));
  }

  private Future<Void> undeploy(Deque<String> ids) {
    Future<Void> all = Future.succeededFuture();
    while (!ids.isEmpty()) {
      String id = ids.pop();
      all = all.eventually(() -> vertx.undeploy(id));
    }
    return all;
  }

  private Future<Void> undeploy() {
    return undeploy(flowIds)
        .eventually(() -> undeploy(deployed))
        .andThen(v -> taken().remove(addresses().prefix()));
  }

  private Deployable shared() {
    List<Deployable> parts = new ArrayList<>();
    parts.add(broker);
    parts.add(bridge);
    parts.add(streams);
    parts.add(instance());
    if (config.udp().enabled()) {
      parts.add(udp);
    }
    return new Colocated(parts);
  }

  private Future<Void> furtherInstances() {
    Future<Void> all = Future.succeededFuture();
    for (int i = 1; i < config.server().loops(); i++) {
      all = all.compose(v -> deploy(instance()));
    }
    return all;
  }

  /** The datagrams that are echoed go into a queue as well, if the configuration names one. */
  private Future<Void> udpToQueue() {
    return config.udp().enabled() && config.udp().queue() != null
        ? deploy(new UdpToQueue(udp, addresses(), config.udp().queue()))
        : Future.succeededFuture();
  }

  private Future<Void> flows() {
    Future<Void> all = Future.succeededFuture();
    for (Flows.Flow flow : flows) {
      all = all.compose(v -> deploy(flow));
    }
    return all;
  }

  private Future<Void> deploy(Flows.Flow flow) {
    return vertx
        .deployVerticle(flow.instances(), flow.options())
        .map(id -> noted(flowIds, id))
        .recover(
            e -> Future.failedFuture(new IOException(flow.label() + ": " + e.getMessage(), e)));
  }

  /** Notes what is to be undone, before anybody goes on who may undo it. */
  private static Void noted(Deque<String> ids, String id) {
    ids.push(id);
    return null;
  }

  private TcpServer instance() {
    TcpServer server = new TcpServer(tcpOptions()).services(bus);
    tcp.add(server);
    return server;
  }

  private TcpServerOptions tcpOptions() {
    Server server = config.server();
    return new TcpServerOptions(
        server.host(),
        server.port() == 0 ? anyPort : server.port(),
        limits(),
        Math.max(1, server.maxConnections() / server.loops()),
        server.maxInFlight(),
        server.maxInFlightBytes(),
        Math.max(1, networkMemory() / server.loops()),
        server.headerTimeout(),
        server.bodyTimeout(),
        server.idleTimeout(),
        server.writeTimeout());
  }

  /** What clients may reach of the event bus, by direction. */
  private static Permissions permissions(Config config) {
    return new Permissions(permitted(config, Direction.IN), permitted(config, Direction.OUT));
  }

  private static Set<String> permitted(Config config, Direction direction) {
    return config.bus().permitted().stream()
        .filter(p -> p.direction() == direction || p.direction() == Direction.BOTH)
        .map(Permission::address)
        .collect(Collectors.toSet());
  }

  private BrokerSettings brokerSettings() {
    Map<String, Settings> queues =
        config.queues().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> settings(entry.getValue())));
    Settings defaults = queues.remove("default");
    return new BrokerSettings(
        Version.text(),
        limits(),
        config.server().maxInFlight(),
        memory(),
        defaults,
        queues,
        config.journal().enabled() ? sync(config.journal().sync()) : null,
        config.journal().bodies() > 0 ? config.journal().bodies() : memory() / 4);
  }

  private StreamSettings streamSettings() {
    FileSettings files = config.files();
    return new StreamSettings(
        files.dir() == null ? Path.of(config.data().dir(), "files") : Path.of(files.dir()),
        files.quota(),
        files.maxFile(),
        files.minFree(),
        files.keep(),
        limits(),
        networkMemory());
  }

  private static Settings settings(QueueSettings queue) {
    return new Settings(
        order(queue.order()),
        queue.capacity(),
        queue.maxBytes(),
        queue.durable(),
        queue.ttr().toMillis(),
        queue.attempts(),
        queue.backoff().toMillis(),
        queue.ttl().toMillis(),
        queue.deadLetter(),
        queue.dedup().toMillis());
  }

  private static Order order(QueueOrder order) {
    return switch (order) {
      case FIFO -> Order.FIFO;
      case LIFO -> Order.LIFO;
      case PRIORITY -> Order.PRIORITY;
    };
  }

  private FrameLimits limits() {
    Server server = config.server();
    return new FrameLimits(
        server.maxHeader(),
        Math.toIntExact(server.maxMessage()),
        switch (server.byteOrder()) {
          case BIG -> ByteOrder.BIG_ENDIAN;
          case LITTLE -> ByteOrder.LITTLE_ENDIAN;
        });
  }

  /** What is on its way in or out may take half of what is kept. */
  private long networkMemory() {
    return Math.max(1, memory() / 2);
  }

  private long memory() {
    long memory = config.server().memory();
    long heap = Runtime.getRuntime().maxMemory();
    return memory > 0 ? memory : Math.max(heap / 8, (heap - OWN_MEMORY) / 2);
  }
}
