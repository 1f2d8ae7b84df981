package io.baozi.cli;

import io.baozi.config.Resolved;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** One run of the command line inside the test, on streams of its own. */
final class CommandRun {
  private final Written out = new Written();
  private final Written err = new Written();
  private final Map<String, String> environment = new HashMap<>();

  /** What the process would run at a signal. */
  private final BlockingQueue<Thread> hooks = new LinkedBlockingQueue<>();

  /** What the process would run at a signal after that. */
  private final BlockingQueue<Runnable> laterSignals = new LinkedBlockingQueue<>();

  /** What the process would run at a signal once signals are for a program that it runs. */
  private final BlockingQueue<Consumer<String>> diversions = new LinkedBlockingQueue<>();

  private final CompletableFuture<CompletableFuture<Void>> requested = new CompletableFuture<>();

  private InputStream in = InputStream.nullInputStream();
  private OutputStream stdout = out;
  private boolean isAtTerminal;
  private Serving serving =
      (configuration, started) -> {
        throw new IllegalStateException("not to be served");
      };

  /** What a run came to. */
  record Result(int exit, Written stdout, String err) {
    String out() {
      return stdout.text();
    }

    byte[] bytes() {
      return stdout.toByteArray();
    }
  }

  static Result run(String... args) {
    return new CommandRun().of(args);
  }

  /** A run whose commands talk to this TCP port. */
  static CommandRun at(int port) {
    return new CommandRun().with("BAOZI_SERVER_PORT", "" + port);
  }

  CommandRun with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CommandRun stdin(byte[] bytes) {
    in = new ByteArrayInputStream(bytes);
    return this;
  }

  CommandRun stdin(String text) {
    return stdin(text.getBytes(StandardCharsets.UTF_8));
  }

  CommandRun stdin(InputStream stream) {
    in = stream;
    return this;
  }

  CommandRun stdout(OutputStream stream) {
    stdout = stream;
    return this;
  }

  /** A run whose three streams are a terminal. */
  CommandRun atTerminal() {
    isAtTerminal = true;
    return this;
  }

  CommandRun serving(Serving serving) {
    this.serving = serving;
    return this;
  }

  Result of(String... args) {
    var interruption = new Interruption(hooks::add, laterSignals::add, diversions::add);
    requested.complete(interruption.request());
    var shell =
        new Shell(
            in,
            new Output(stdout, isAtTerminal),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            isAtTerminal,
            isAtTerminal,
            environment,
            interruption);
    int exit = Cli.run(args, serving, "1.2.3", shell);
    return new Result(exit, out, err.text());
  }

  /** Waits until it has written this to standard output. */
  void awaitOut(String part) throws InterruptedException {
    out.await(part);
  }

  /** Waits until it has said this on standard error. */
  void awaitErr(String part) throws InterruptedException {
    err.await(part);
  }

  /** Does what a signal does: returns once the command has ended. */
  void interrupt() throws InterruptedException {
    Thread hook = hooks.take();
    hook.start();
    hook.join();
  }

  /** Does what a signal does, and does not wait until the command has ended. */
  void signal() throws InterruptedException {
    hooks.take().start();
  }

  /** Does what a signal does that follows another. */
  void signalAgain() throws InterruptedException {
    laterSignals.take().run();
  }

  /** Does what a signal does that comes while the command runs a program in its own place. */
  void signalThrough(String name) throws InterruptedException {
    diversions.take().accept(name);
  }

  /** Waits until the command knows that it is to end. */
  void awaitRequest() {
    requested.join().join();
  }

  /** A standard input that fails in a way that nobody expects. */
  static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() {
        throw new IllegalStateException("broken on cue");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return read();
      }
    };
  }

  /** A serving that keeps what it is given. */
  static Serving keeping(BlockingQueue<Resolved> kept) {
    return (configuration, started) -> {
      kept.add(configuration);
      return 0;
    };
  }
}
