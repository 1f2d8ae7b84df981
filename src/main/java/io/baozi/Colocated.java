package io.baozi;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Parts that run on one event loop, so that what passes between them wakes no other thread. They
 * start in order and stop in reverse; if one fails to start, those before it stop.
 */
final class Colocated implements Deployable {
  private final List<Deployable> parts;
  private final Deque<Deployable> started = new ArrayDeque<>();

  Colocated(List<Deployable> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public Future<?> deploy(Context context) {
    Future<?> all = Future.succeededFuture();
    for (Deployable part : parts) {
      all = all.compose(v -> start(part, context));
    }
    return all.recover(e -> undeploy(context).transform(v -> Future.failedFuture(e)));
  }

  private Future<?> start(Deployable part, Context context) {
    try {
      return part.deploy(context)
          .map(
              v -> {
                started.push(part);
                return v;
              });
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public Future<?> undeploy(Context context) {
    Future<?> all = Future.succeededFuture();
    for (Deployable part : List.copyOf(started)) {
      all = all.eventually(() -> stop(part, context));
    }
    started.clear();
    return all;
  }

  private static Future<?> stop(Deployable part, Context context) {
    try {
      return part.undeploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
