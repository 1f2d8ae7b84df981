package io.baozi.flow;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileSystem;
import io.vertx.core.impl.future.FutureImpl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A future that tells those first who were added last, on one context. So Vert.x does now and then:
 * while another thread is about to tell the handlers of a future that it has just completed, one
 * more may be added, and is told at once.
 */
public final class LastFirst<T> extends FutureImpl<T> {
  private final Deque<Completable<? super T>> listeners = new ArrayDeque<>();

  private LastFirst() {}

  /** Completes as another does, which is to complete in another tick. */
  public static <T> Future<T> of(Future<T> future) {
    LastFirst<T> last = new LastFirst<>();
    future.onComplete(last::tell);
    return last;
  }

  private void tell(T result, Throwable failure) {
    boolean first = failure == null ? tryComplete(result) : tryFail(failure);
    while (first && !listeners.isEmpty()) {
      super.addListener(listeners.pop());
    }
  }

  @Override
  public void addListener(Completable<? super T> listener) {
    if (isComplete()) {
      super.addListener(listener);
    } else {
      listeners.push(listener);
    }
  }

  /** A Vert.x that opens files so. */
  static Vertx openingFiles(Vertx vertx) {
    FileSystem files = vertx.fileSystem();
    FileSystem late =
        wrapped(
            FileSystem.class,
            files,
            (method, result) ->
                method.equals("open") && result instanceof Future<?> opened ? of(opened) : result);
    return wrapped(
        Vertx.class, vertx, (method, result) -> method.equals("fileSystem") ? late : result);
  }

  /** What a call of a method gives instead of its result. */
  @FunctionalInterface
  private interface Answer {
    Object of(String method, Object result);
  }

  private static <I> I wrapped(Class<I> type, I wrapped, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return answer.of(method.getName(), method.invoke(wrapped, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
