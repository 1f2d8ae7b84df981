package io.baozi.bench.peers;

import io.baozi.broker.BrokerSettings;
import io.baozi.broker.BrokerVerticle;
import io.baozi.broker.queue.Settings;
import io.baozi.bus.Addresses;
import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
import io.baozi.journal.JournalException;
import io.baozi.journal.JournalOptions;
import io.baozi.journal.RocksJournal;
import io.baozi.journal.Sync;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Baozi without a network, as a Vert.x program has it: producers on the event bus, one put in
 * flight each, into a broker with a journal. What it does not reach of the bare store is the cost
 * of the broker and the journal; what Baozi behind sockets does not reach of this, that of TCP.
 */
final class BrokerOnTheBus implements Contender {
  private static final long MEMORY = 8L << 30;
  private static final long BODIES = 16L << 20;
  private static final int CAPACITY = 100_000_000;
  private static final String QUEUE = "puts";

  /** Where answers go. */
  private static final String HERE = "bench.producers";

  private static final String EMPTYING = "bench.emptying";

  private static final long PATIENCE_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final ServiceBus bus = new ServiceBus(vertx, new Addresses("bench"));
  private final int producers;
  private final Buffer body;
  private final RocksJournal journal;
  private boolean forced = true;

  /** Puts in a force, on average of the last run; 0 before the first. */
  private double batch;

  private BrokerOnTheBus(int producers, byte[] body, RocksJournal journal) {
    this.producers = producers;
    this.body = Buffer.buffer(body);
    this.journal = journal;
  }

  static BrokerOnTheBus start(Path directory, int producers, byte[] body) throws IOException {
    RocksJournal journal =
        RocksJournal.open(
            new JournalOptions(directory, Sync.ALWAYS, Duration.ofMillis(100), 0, 128L << 20));
    BrokerOnTheBus started = new BrokerOnTheBus(producers, body, journal);
    try {
      BrokerVerticle broker = new BrokerVerticle(started.bus, settings(), journal);
      broker.recover();
      await(started.vertx.deployVerticle(broker));
      return started;
    } catch (JournalException e) {
      started.close();
      throw e;
    }
  }

  private static BrokerSettings settings() {
    return new BrokerSettings(
        "bench",
        FrameLimits.DEFAULT,
        1000,
        MEMORY,
        Settings.DEFAULT,
        Map.of(),
        Sync.ALWAYS,
        BODIES);
  }

  private static <T> T await(Future<T> future) throws IOException {
    return await(future, Duration.ZERO);
  }

  /** Waits for what takes so long by itself. */
  private static <T> T await(Future<T> future, Duration time) throws IOException {
    try {
      return future.await(PATIENCE_SECONDS + time.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException("Baozi on the bus: " + e, e);
    }
  }

  @Override
  public String name() {
    return "Baozi on the event bus, no network";
  }

  @Override
  public Sample run(Duration time) throws IOException {
    long before = journal.forces();
    Producers load = new Producers(time.toNanos());
    String id = await(vertx.deployVerticle(load));
    Sample sample = await(load.sample.future(), time);
    batch = (double) sample.puts() / (journal.forces() - before);
    await(vertx.undeploy(id));
    return sample;
  }

  @Override
  public void empty() throws IOException {
    Promise<Header> purged = Promise.promise();
    MessageConsumer<?> answer =
        bus.await(
            EMPTYING, // where also the last departure for a connection that was closed arrives
            departure -> departure.replies().forEach(reply -> purged.tryComplete(reply.header())));
    await(answer.completion());
    Header purge = Header.of("op", "queue.purge", "queue", QUEUE, "id", 1);
    Request request = new Request(1, "queue.purge", purge, Buffer.buffer());
    bus.arrive(Service.BROKER, new Arrival.Opened(EMPTYING, EMPTYING));
    bus.arrive(Service.BROKER, new Arrival.Requests(EMPTYING, List.of(request)));
    Header said = await(purged.future());
    bus.arrive(Service.BROKER, new Arrival.Closed(EMPTYING));
    await(answer.unregister());
    if (!Boolean.TRUE.equals(said.get("ok"))) {
      throw new IOException("queue.purge is refused: " + said);
    }
  }

  /** How many puts a force had on average in the last run, rounded; 1 before the first. */
  int batch() {
    return Math.max(1, (int) Math.round(batch));
  }

  @Override
  public boolean isForced() {
    return forced;
  }

  @Override
  public String remark() {
    return "in the process of the producers, %.1f puts a force".formatted(batch);
  }

  @Override
  public void close() throws IOException {
    await(vertx.close());
  }

  /** The producers, on one event loop. */
  private final class Producers extends VerticleBase {
    private final Promise<Sample> sample = Promise.promise();
    private final Header put = Header.of("op", "queue.put", "queue", QUEUE, "id", 7);
    private final Header declare =
        Header.of("op", "queue.declare", "queue", QUEUE, "capacity", CAPACITY, "id", 1);
    private final Map<String, Long> sent = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private final long nanos;
    private MessageConsumer<?> answers;
    private long start;

    Producers(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public Future<?> start() {
      answers = bus.await(HERE, this::answered);
      return answers.completion().onSuccess(v -> begin());
    }

    private void begin() {
      start = System.nanoTime();
      for (int number = 0; number < producers; number++) {
        String connection = "producer-" + number;
        bus.arrive(Service.BROKER, new Arrival.Opened(HERE, connection));
        Request request = new Request(1, "queue.declare", declare, Buffer.buffer());
        send(connection, request);
      }
    }

    private void send(String connection, Request request) {
      sent.put(connection, System.nanoTime());
      bus.arrive(Service.BROKER, new Arrival.Requests(connection, List.of(request)));
    }

    private void answered(Departure departure) {
      List<Reply> replies = new ArrayList<>(departure.replies());
      for (Reply reply : replies) {
        answered(departure.connection(), reply.header());
      }
    }

    private void answered(String connection, Header answer) {
      long now = System.nanoTime();
      if (!Boolean.TRUE.equals(answer.get("ok"))) {
        sample.tryFail(answer.toString());
        return;
      }
      if (answer.get("msg") != null) {
        forced &= "synced".equals(answer.get("durable"));
        latencies.add(now - sent.get(connection));
      }
      if (now - start < nanos) {
        send(connection, new Request(7, "queue.put", put, body));
      } else {
        sample.tryComplete(latencies.over(now - start));
      }
    }

    @Override
    public Future<?> stop() {
      for (String connection : sent.keySet()) {
        bus.arrive(Service.BROKER, new Arrival.Closed(connection));
      }
      return answers.unregister();
    }
  }
}
