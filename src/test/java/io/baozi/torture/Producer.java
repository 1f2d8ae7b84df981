package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.client.PutOptions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Puts one message, several at once, or batches, over and over. */
final class Producer {
  private static final List<Plan> PLANS =
      Stream.of(Plan.values()).filter(plan -> plan != Plan.GRAVE).toList();

  private static final int MOST = 12;

  private final Stage stage;
  private final int life;
  private final Puts puts;

  Producer(Stage stage, int life, Client client, String name) {
    this.stage = stage;
    this.life = life;
    this.puts = new Puts(stage, client, name);
  }

  void run() {
    if (!stage.isNow(life)) {
      return;
    }
    if (stage.isCrowded()) {
      stage.later(10, this::run);
    } else {
      act().onComplete(result -> stage.goOn(life, result.cause(), this::run));
    }
  }

  private Future<?> act() {
    Random random = stage.random();
    Plan plan = PLANS.get(random.nextInt(PLANS.size()));
    PutOptions options = Puts.options(plan, random);
    return switch (random.nextInt(4)) {
      case 0 -> batch(plan, options, 1 + random.nextInt(MOST));
      case 1 -> burst(plan, options, 1 + random.nextInt(MOST));
      default -> puts.one(plan, number(plan), options);
    };
  }

  private long number(Plan plan) {
    return plan == Plan.KEYED ? stage.keyed() : stage.next(stage.random().nextBoolean());
  }

  private Future<?> batch(Plan plan, PutOptions options, int count) {
    return puts.all(plan, Stream.generate(() -> stage.next(false)).limit(count).toList(), options);
  }

  private Future<?> burst(Plan plan, PutOptions options, int count) {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(puts.one(plan, number(plan), options));
    }
    return Future.join(all);
  }
}
