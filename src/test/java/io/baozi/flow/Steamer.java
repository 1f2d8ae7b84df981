package io.baozi.flow;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.baozi.broker.BrokerSettings;
import io.baozi.broker.BrokerVerticle;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.queue.TestSettings;
import io.baozi.bus.Addresses;
import io.baozi.bus.ServiceBus;
import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.client.Message;
import io.baozi.client.Queue;
import io.baozi.client.QueueStats;
import io.baozi.frame.FrameLimits;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A broker with one queue, "steamer", and a client beside the verticles under test. */
final class Steamer {
  static final int MAX_MESSAGE = 64 * 1024;

  private final Vertx vertx;
  private final BrokerVerticle broker;
  private final String id;
  private final Queue queue;

  private Steamer(Vertx vertx, BrokerVerticle broker, String id, Queue queue) {
    this.vertx = vertx;
    this.broker = broker;
    this.id = id;
    this.queue = queue;
  }

  static Steamer of(Vertx vertx, int capacity) {
    return of(vertx, TestSettings.of(capacity, 60_000));
  }

  static Steamer of(Vertx vertx, Settings settings) {
    FrameLimits limits = new FrameLimits(64 * 1024, MAX_MESSAGE, ByteOrder.BIG_ENDIAN);
    BrokerVerticle broker =
        new BrokerVerticle(
            new ServiceBus(vertx, Addresses.DEFAULT),
            new BrokerSettings(
                "test", limits, 1024, 1 << 26, Settings.DEFAULT, Map.of("steamer", settings)));
    String id = await(vertx.deployVerticle(broker));
    Client client = await(Client.inside(vertx, Addresses.DEFAULT, ClientOptions.defaults()));
    return new Steamer(vertx, broker, id, client.queue("steamer"));
  }

  /** A broker whose messages are dead after so many attempts, 0 for never. */
  static Steamer ofAttempts(Vertx vertx, int attempts, long backoff) {
    Settings s = Settings.DEFAULT;
    return of(
        vertx,
        new Settings(
            s.order(),
            10,
            s.maxBytes(),
            s.durable(),
            s.ttr(),
            attempts,
            backoff,
            s.ttl(),
            s.deadLetter(),
            s.dedup()));
  }

  /** A future's result; what it failed with is thrown. */
  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Deploys a verticle for a server at some address, which need not be there. */
  static void deployAt(Vertx vertx, String address, Deployable verticle) {
    JsonObject config = new FlowSettings(address, "cook", "steamer", 1).with(new JsonObject());
    await(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)));
  }

  String deploy(Deployable verticle) {
    return deploy(verticle, new JsonObject());
  }

  String deploy(Deployable verticle, JsonObject own) {
    return deploy(verticle, own, 1, ThreadingModel.EVENT_LOOP);
  }

  String deploy(Deployable verticle, int concurrency) {
    return deploy(verticle, new JsonObject(), concurrency, ThreadingModel.EVENT_LOOP);
  }

  String deploy(Deployable verticle, JsonObject own, int concurrency, ThreadingModel threading) {
    return deploy(
        verticle, new FlowSettings("baozi", "cook", "steamer", concurrency), own, threading);
  }

  String deploy(Deployable verticle, FlowSettings settings) {
    return deploy(verticle, settings, new JsonObject(), ThreadingModel.EVENT_LOOP);
  }

  private String deploy(
      Deployable verticle, FlowSettings settings, JsonObject own, ThreadingModel threading) {
    return await(
        vertx.deployVerticle(
            verticle,
            new DeploymentOptions().setThreadingModel(threading).setConfig(settings.with(own))));
  }

  void undeploy(String id) {
    await(vertx.undeploy(id));
  }

  void drain() {
    await(broker.drain());
  }

  /** Ends the broker, and with it every session. */
  void end() {
    await(vertx.undeploy(id));
  }

  void put(String... bodies) {
    for (String body : bodies) {
      await(queue.put(Buffer.buffer(body)));
    }
  }

  /** Takes a message and acknowledges it. */
  Buffer eat() {
    Message message = await(queue.take());
    await(queue.ack(message));
    return message.body();
  }

  /** Takes a message and keeps it. */
  Message take() {
    return await(queue.take());
  }

  /** Drops the queue. */
  void delete() {
    await(queue.delete());
  }

  QueueStats stats() {
    return await(queue.stats());
  }

  /**
   * The figures, as soon as they are so; asked for again and again until then; a queue is there
   * from its first put or take.
   */
  QueueStats stats(Predicate<QueueStats> wanted) {
    return await(asked(wanted));
  }

  private Future<QueueStats> asked(Predicate<QueueStats> wanted) {
    return queue
        .stats()
        .recover(e -> Future.succeededFuture())
        .compose(
            stats ->
                stats != null && wanted.test(stats)
                    ? Future.succeededFuture(stats)
                    : vertx.timer(2).compose(v -> asked(wanted)));
  }
}
