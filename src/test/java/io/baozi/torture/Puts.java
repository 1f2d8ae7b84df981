package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.client.PutOptions;
import io.baozi.client.Receipt;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.PutRefused;
import io.baozi.torture.Event.PutSent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Puts messages, and tells of it. */
final class Puts {
  private final Stage stage;
  private final Client client;
  private final String name;

  Puts(Stage stage, Client client, String name) {
    this.stage = stage;
    this.client = client;
    this.name = name;
  }

  /** Options as a queue calls for, without a key and headers. */
  static PutOptions options(Plan plan, Random random) {
    return switch (plan) {
      case PRIORITY -> PutOptions.DEFAULT.withPriority(random.nextInt(5) - 2);
      case LATE -> PutOptions.DEFAULT.withDelay(Duration.ofMillis(1 + random.nextInt(2_000)));
      case FADING -> PutOptions.DEFAULT.withTtl(ttl(random));
      default -> PutOptions.DEFAULT;
    };
  }

  /** One that ends soon, or not while anybody looks. */
  private static Duration ttl(Random random) {
    return random.nextInt(3) == 0
        ? Duration.ofDays(1)
        : Duration.ofMillis(1 + random.nextInt(4_000));
  }

  /** Puts one message. */
  Future<Receipt> one(Plan plan, long number, PutOptions options) {
    sent(plan, number, options);
    PutOptions all = options.withHeaders(Content.headers(number));
    return client
        .queue(plan.queue())
        .put(Content.body(number), plan == Plan.KEYED ? all.withKey("key" + number) : all)
        .onSuccess(receipt -> kept(number, receipt))
        .onFailure(failure -> refused(number, failure));
  }

  /** Puts all or none, of numbers that are not alone. */
  Future<List<Receipt>> all(Plan plan, List<Long> numbers, PutOptions options) {
    numbers.forEach(number -> sent(plan, number, options));
    List<Buffer> bodies = numbers.stream().map(Content::body).toList();
    List<String> keys =
        numbers.stream().map(number -> plan == Plan.KEYED ? "key" + number : null).toList();
    return client
        .queue(plan.queue())
        .putAll(bodies, keys, options)
        .onSuccess(
            receipts -> {
              for (int i = 0; i < receipts.size(); i++) {
                kept(numbers.get(i), receipts.get(i));
              }
            })
        .onFailure(failure -> numbers.forEach(number -> refused(number, failure)));
  }

  private void sent(Plan plan, long number, PutOptions options) {
    stage.see(
        new PutSent(
            name,
            number,
            plan,
            options.priority(),
            millis(options.delay()),
            millis(options.ttl()),
            System.currentTimeMillis()));
  }

  private static long millis(Duration duration) {
    return duration == null ? 0 : duration.toMillis();
  }

  private void kept(long number, Receipt receipt) {
    stage.see(new PutKept(number, receipt.msg(), receipt.durable()));
  }

  private void refused(long number, Throwable failure) {
    if (failure instanceof RefusedException refusal) {
      stage.see(new PutRefused(number, refusal.code().wire()));
    }
  }

  /** What became of a put: ok, or a code. */
  static String outcome(Throwable failure) {
    return failure instanceof RefusedException refusal
        ? refusal.code().wire()
        : failure == null ? "ok" : ErrorCode.INTERNAL.wire() + " (" + failure + ")";
  }
}
