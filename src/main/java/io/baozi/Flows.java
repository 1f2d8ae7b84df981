package io.baozi;

import io.baozi.client.PutOptions;
import io.baozi.config.Config;
import io.baozi.config.ConsumerSettings;
import io.baozi.config.OwnVerticle;
import io.baozi.config.ProducerSettings;
import io.baozi.config.Threading;
import io.baozi.config.VerticleSettings;
import io.baozi.flow.BuiltIn;
import io.baozi.flow.FlowSettings;
import io.baozi.flow.Kind;
import io.baozi.frame.Json;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The producers, consumers and other verticles that a configuration names, ready to be deployed.
 */
final class Flows {
  /**
   * A verticle and how it is deployed.
   *
   * @param label what the log and errors call it
   * @param instances makes one instance after another
   */
  record Flow(String label, Supplier<? extends Deployable> instances, DeploymentOptions options) {}

  private final String address;
  private final List<Flow> flows = new ArrayList<>();

  private Flows(String address) {
    this.address = address;
  }

  /**
   * All of them in the order of deployment: who empties queues comes before who fills them.
   *
   * @throws IllegalArgumentException if a type, a class or a setting of one is wrong; names which
   */
  static List<Flow> of(Config config) {
    Flows flows = new Flows(config.bus().address());
    for (VerticleSettings verticle : config.verticles()) {
      flows.add(Kind.VERTICLE, verticle, null, 1, UnaryOperator.identity());
    }
    for (ConsumerSettings consumer : config.consumers()) {
      flows.add(
          Kind.CONSUMER,
          consumer,
          consumer.queue(),
          consumer.concurrency(),
          settings -> settings.withTtr(consumer.ttr()));
    }
    for (ProducerSettings producer : config.producers()) {
      PutOptions put = put(producer);
      flows.add(Kind.PRODUCER, producer, producer.queue(), 1, settings -> settings.withPut(put));
    }
    return flows.flows;
  }

  private static PutOptions put(ProducerSettings producer) {
    return PutOptions.DEFAULT
        .withPriority(producer.priority())
        .withDelay(producer.delay().isZero() ? null : producer.delay())
        .withTtl(producer.ttl())
        .withHeaders(producer.headers().isEmpty() ? null : Json.of(producer.headers()));
  }

  private void add(
      Kind kind,
      OwnVerticle verticle,
      String queue,
      int concurrency,
      UnaryOperator<FlowSettings> more) {
    String type = verticle.type();
    String label =
        Optional.ofNullable(verticle.name()).orElse(type == null ? verticle.className() : type);
    JsonObject own = new JsonObject(verticle.config());
    Supplier<? extends Deployable> supplier;
    if (type == null) {
      supplier = instances(label, verticle.className());
    } else {
      BuiltIn builtIn = BuiltIn.of(kind, type);
      builtIn.check(label, own);
      supplier = builtIn::create;
    }
    FlowSettings settings = more.apply(new FlowSettings(address, label, queue, concurrency));
    DeploymentOptions options =
        new DeploymentOptions()
            .setInstances(verticle.instances())
            .setThreadingModel(model(verticle.threading()))
            .setConfig(settings.with(own));
    flows.add(new Flow(label, supplier, options));
  }

  private static ThreadingModel model(Threading threading) {
    return switch (threading) {
      case EVENT_LOOP -> ThreadingModel.EVENT_LOOP;
      case WORKER -> ThreadingModel.WORKER;
      case VIRTUAL -> ThreadingModel.VIRTUAL_THREAD;
    };
  }

  /**
   * Makes instances of a user's own class, which the class path must have. Nothing of it runs
   * before the first instance: a check runs no user's code, and loggers come after the log's level.
   */
  private static Supplier<Deployable> instances(String label, String className) {
    Constructor<? extends Deployable> constructor;
    try {
      constructor =
          Class.forName(className, false, Thread.currentThread().getContextClassLoader())
              .asSubclass(Deployable.class)
              .getConstructor();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          label + ": the class " + className + " is not on the class path", e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          label + ": " + className + " is no verticle, it must be a Vert.x Deployable", e);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          label + ": " + className + " needs a public constructor without arguments", e);
    }
    return () -> {
      try {
        return constructor.newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(label + ": " + className + " cannot be made", e);
      }
    };
  }
}
