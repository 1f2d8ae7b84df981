package io.baozi;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.flow.LastFirst;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(VertxExtension.class)
final class ColocatedTest {
  /** A part that knows whether it runs. */
  private static final class Part implements Deployable {
    final AtomicBoolean runs = new AtomicBoolean();

    @Override
    public Future<?> deploy(Context context) {
      runs.set(true);
      Promise<Void> started = Promise.promise();
      context.runOnContext(v -> started.complete());
      return LastFirst.of(started.future());
    }

    @Override
    public Future<?> undeploy(Context context) {
      runs.set(false);
      return Future.succeededFuture();
    }
  }

  @Test
  void deploy_partAfterAnotherFails_theOtherHasStopped(Vertx vertx) {
    Part part = new Part();
    Deployable fails = context -> Future.failedFuture("on purpose");
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Boolean> left = new CompletableFuture<>();
    context.runOnContext(
        v ->
            new Colocated(List.of(part, fails))
                .deploy(context)
                .onComplete(done -> left.complete(part.runs.get())));
    assertThat(left).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(false);
  }
}
