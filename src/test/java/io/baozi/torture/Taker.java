package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.client.Message;
import io.baozi.client.NackOptions;
import io.baozi.client.TakeOptions;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.torture.Event.AckSent;
import io.baozi.torture.Event.Acked;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.NackSent;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.TakeEnded;
import io.baozi.torture.Event.TakeSent;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Takes messages over and over, and acknowledges them, gives them back, or does nothing. */
final class Taker {
  private static final List<Plan> PLANS = List.of(Plan.values());
  private static final int MOST = 16;
  private static final Duration WAIT = Duration.ofMillis(20);

  private final Stage stage;
  private final int life;
  private final Client client;
  private final String name;

  Taker(Stage stage, int life, Client client, String name) {
    this.stage = stage;
    this.life = life;
    this.client = client;
    this.name = name;
  }

  void run() {
    if (stage.isNow(life)) {
      Random random = stage.random();
      Plan plan = PLANS.get(random.nextInt(PLANS.size()));
      take(plan, 1 + random.nextInt(MOST), random.nextInt(6) == 0);
    }
  }

  private void take(Plan plan, int max, boolean forGood) {
    int unseen = forGood ? max : 0;
    stage.see(new TakeSent(name, plan, unseen));
    client
        .queue(plan.queue())
        .take(TakeOptions.ONE.withMax(max).withWait(WAIT).withAutoAck(forGood))
        .onSuccess(messages -> messages.forEach(message -> handed(plan, message, forGood)))
        .onComplete(
            result -> {
              if (result.succeeded() || isEmpty(result.cause())) {
                stage.see(new TakeEnded(name, plan, unseen));
              }
              stage.goOn(life, isEmpty(result.cause()) ? null : result.cause(), this::run);
            });
  }

  /** Whether nothing was taken, for sure. */
  private static boolean isEmpty(Throwable failure) {
    return failure instanceof RefusedException refusal && refusal.code() != ErrorCode.INTERNAL;
  }

  private void handed(Plan plan, Message message, boolean forGood) {
    long number = Content.number(message.body(), message.headers());
    stage.see(
        new Handed(
            name,
            plan,
            number,
            message.msg(),
            message.attempt(),
            forGood,
            System.currentTimeMillis(),
            Content.fault(number, message.body(), message.headers())));
    if (!forGood) {
      settle(plan, number, message);
    }
  }

  private void settle(Plan plan, long number, Message message) {
    Random random = stage.random();
    int chance = random.nextInt(100);
    if (chance < 60) {
      ack(number, message);
    } else if (chance < 75) {
      nack(plan, number, message, NackOptions.DEFAULT);
    } else if (chance < 82) {
      Duration delay = Duration.ofMillis(1 + random.nextInt(1_000));
      nack(plan, number, message, NackOptions.DEFAULT.withDelay(delay));
    } else if (chance < 90 && List.of(Plan.STAYING, Plan.FAILING).contains(plan)) {
      nack(plan, number, message, NackOptions.DEFAULT.withDead(true));
    } else if (chance < 97) {
      stage.later(1 + random.nextInt(400), () -> ackLate(number, message));
    } // else it stays reserved
  }

  private void ackLate(long number, Message message) {
    if (stage.isNow(life)) {
      ack(number, message);
    }
  }

  private void ack(long number, Message message) {
    stage.see(new AckSent(number));
    client
        .queue(message.queue())
        .ack(message)
        .onSuccess(held -> stage.see(new Acked(number, held)));
  }

  private void nack(Plan plan, long number, Message message, NackOptions options) {
    long readyAt =
        options.delay() == null ? 0 : System.currentTimeMillis() + options.delay().toMillis();
    stage.see(new NackSent(number));
    client
        .queue(message.queue())
        .nack(message, options)
        .onSuccess(
            held -> {
              if (held) {
                stage.see(
                    new Nacked(
                        plan, number, message.msg(), message.attempt(), options.dead(), readyAt));
              }
            });
  }
}
