package io.baozi.file;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.concurrent.Callable;
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
  private final Callable<Store> opener;
  private final Consumer<Store> opened;

  /** What was asked for last to be done in order. */
  private Future<?> last = Future.succeededFuture();

  /** Null until it is first asked for, and after it could not be opened. */
  private Future<Store> store;

  private boolean closed;

  /**
   * A way to a store that is not open.
   *
   * @param opener opens the store; blocks
   * @param opened told of it, on the event loop, before anything is done there
   */
  Lane(
      ContextInternal context,
      WorkerExecutor workers,
      Callable<Store> opener,
      Consumer<Store> opened) {
    this.context = context;
    this.workers = workers;
    this.opener = opener;
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

  /** Does something in order that writes; if the disk is full that is what it is told as. */
  <T> Future<T> write(Work<T> work) {
    return inOrder(
        store -> {
          try {
            return work.on(store);
          } catch (IOException e) {
            if (Disk.told(e, store.free()) instanceof RefusedException full) {
              throw full;
            }
            throw e;
          }
        });
  }

  /** Does something that needs no order. */
  <T> Future<T> aside(Work<T> work) {
    return store().compose(its -> here(workers.executeBlocking(() -> work.on(its), false)));
  }

  /** Opens the store unless it is open. */
  Future<Void> open() {
    return store().mapEmpty();
  }

  /** What is told of an open store may ask for it: so it is noted before it can be open. */
  private Future<Store> store() {
    if (closed) {
      return Future.failedFuture(
          new RefusedException(ErrorCode.SHUTTING_DOWN, "the server is shutting down"));
    }
    if (store != null) {
      return store;
    }
    Promise<Store> opening = context.promise();
    Future<Store> its = opening.future();
    store = its;
    here(workers.executeBlocking(opener, false))
        .map(this::opened)
        .recover(this::notOpened)
        .onComplete(opening);
    return its;
  }

  private Store opened(Store its) {
    opened.accept(its);
    return its;
  }

  private Future<Store> notOpened(Throwable failure) {
    store = null;
    return Future.failedFuture(failure);
  }

  /** Closes the store behind all that was asked for in order; what is asked for later fails. */
  Future<?> close() {
    Future<Store> its = store == null ? Future.succeededFuture() : store;
    closed = true;
    return last.eventually(() -> its)
        .transform(v -> close(its.result()))
        .eventually(workers::close);
  }

  private Future<Void> close(Store its) {
    return its == null
        ? Future.succeededFuture()
        : here(
            workers.executeBlocking(
                () -> {
                  its.close();
                  return null;
                },
                false));
  }
}
