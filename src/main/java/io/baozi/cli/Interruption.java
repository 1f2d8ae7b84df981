package io.baozi.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The wish that the command end, as SIGINT and SIGTERM say it. The process ends as soon as the
 * command has, or if it does not, after the time that it has for it.
 */
final class Interruption {
  /** How long most commands have to put things in order. */
  static final Duration GRACE = Duration.ofSeconds(2);

  private final Consumer<Thread> hooks;
  private final CompletableFuture<Void> request = new CompletableFuture<>();
  private final CompletableFuture<Void> insistence = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Consumer<Runnable> laterSignals;
  private final Consumer<Consumer<String>> diversion;

  /**
   * A wish that {@code hooks} and {@code laterSignals} tell of.
   *
   * @param hooks is given the thread to run when the process is to end
   * @param laterSignals is given, then, what to run at each further signal
   * @param diversion is given what to run, with its name, at each signal that is not to end the
   *     process
   */
  Interruption(
      Consumer<Thread> hooks,
      Consumer<Runnable> laterSignals,
      Consumer<Consumer<String>> diversion) {
    this.hooks = hooks;
    this.laterSignals = laterSignals;
    this.diversion = diversion;
  }

  static Interruption ofProcess() {
    return new Interruption(
        Runtime.getRuntime()::addShutdownHook,
        heard -> Signals.listen(name -> heard.run(), "INT", "TERM"),
        heard -> Signals.listen(name -> divert(name, heard), "INT", "TERM", "HUP"));
  }

  /** What Ctrl-C sends, it sends to all that run in the terminal's foreground. */
  private static void divert(String signal, Consumer<String> heard) {
    boolean isOfTerminal = signal.equals("INT") && Terminal.isInForeground();
    if (!isOfTerminal) {
      heard.accept(signal);
    }
  }

  /**
   * From now on the process does not end before the command has; to be called by a command.
   *
   * @param grace how long it has to put things in order
   */
  void listen(Duration grace) {
    hooks.accept(
        new Thread(
            () -> {
              laterSignals.accept(() -> insistence.complete(null));
              request.complete(null);
              awaitEnd(grace);
            },
            "interruption"));
  }

  /**
   * From now on signals are for a program that the command runs, and do not end the process; where
   * Java cannot do that, they remain the wish that the command end.
   *
   * @param heard is given the name of each that the program does not get anyway, such as TERM
   */
  void divert(Consumer<String> heard) {
    diversion.accept(heard);
  }

  /** Completes when the command is asked to end. */
  CompletableFuture<Void> request() {
    return request;
  }

  /** Completes when the command, which is on its way to an end, is asked a second time. */
  CompletableFuture<Void> insistence() {
    return insistence;
  }

  boolean isRequested() {
    return request.isDone();
  }

  /** Waits so long, or until the command is asked to end. */
  void pause(Duration time) {
    try {
      request.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command has ended. */
  void end() {
    ended.countDown();
  }

  private void awaitEnd(Duration grace) {
    try {
      ended.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
