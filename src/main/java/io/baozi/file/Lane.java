package io.baozi.file;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The way from the event loop to the {@link Store}: what changes names is done one after another,
 * so that nothing in the tree has to be locked; what only reads or writes bytes is done beside it.
 * On the service's event loop.
 */
final class Lane {
  /** Something that blocks. */
  @FunctionalInterface
  interface Work<T> {
    T on(Store store) throws IOException;
  }

  private final ContextInternal context;
  private final WorkerExecutor workers;
  private final Path folder;
  private final Consumer<Store> opened;

  /** What was asked for last to be done in order. */
  private Future<?> last = Future.succeededFuture();

  /** Null until it is first asked for, and after it could not be opened. */
  private Future<Store> store;

  /**
   * A way to a store that is not open.
   *
   * @param opened told of it, on the event loop, before anything is done there
   */
  Lane(ContextInternal context, WorkerExecutor workers, Path folder, Consumer<Store> opened) {
    this.context = context;
    this.workers = workers;
    this.folder = folder;
    this.opened = opened;
  }

  WorkerExecutor workers() {
    return workers;
  }

  /** Runs something on the event loop, behind what was to be run there before. */
  void run(Runnable action) {
    context.runOnContext(v -> action.run());
  }

  /** The same future, whose handlers run on the event loop. */
  <T> Future<T> here(Future<T> future) {
    Promise<T> promise = context.promise();
    future.onComplete(promise);
    return promise.future();
  }

  /** Does something behind all that was asked for so before, whatever became of that. */
  <T> Future<T> inOrder(Work<T> work) {
    Future<T> next = last.transform(v -> aside(work));
    last = next;
    return next;
  }

  /** Does something that needs no order. */
  <T> Future<T> aside(Work<T> work) {
    return store().compose(its -> here(workers.executeBlocking(() -> work.on(its), false)));
  }

  private Future<Store> store() {
    if (store == null) {
      store =
          here(workers.executeBlocking(() -> Store.open(folder), false))
              .map(
                  its -> {
                    opened.accept(its);
                    return its;
                  });
      store.onFailure(e -> store = null);
    }
    return store;
  }

  /** Closes the store behind all that was asked for in order. */
  Future<?> close() {
    Future<?> closed =
        store == null
            ? Future.succeededFuture()
            : inOrder(
                its -> {
                  its.close();
                  return null;
                });
    return closed.eventually(workers::close);
  }
}
