package io.baozi.process;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that was started for one message, which it reads from its standard input, or for as
 * long as something is held, on the streams of this process. Its pipes have a thread each, since it
 * may fill one before it empties the other, or leave both alone.
 */
public final class CommandProcess {
  /** What is done with a pipe that a process writes into, on a thread that may block. */
  @FunctionalInterface
  public interface Reader {
    /** Reads the pipe to its end; if it returns or fails before, the pipe is closed. */
    void read(InputStream pipe) throws IOException;
  }

  private final Process process;
  private final CompletableFuture<Void> read;

  private CommandProcess(Process process, CompletableFuture<Void> read) {
    this.process = process;
    this.read = read;
  }

  /**
   * Starts a process; this blocks for as long as that takes.
   *
   * @param program what to run, and where its output goes
   * @param body goes to its standard input
   * @param stdout reads its standard output, if that is a pipe
   * @param stderr reads its standard error, if that is a pipe
   */
  public static CommandProcess start(
      ProcessBuilder program, Buffer body, Reader stdout, Reader stderr) throws IOException {
    Process process = program.start();
    byte[] bytes = body.getBytes();
    thread("stdin", () -> feed(process.getOutputStream(), bytes));
    CompletableFuture<Void> out =
        program.redirectOutput().equals(ProcessBuilder.Redirect.PIPE)
            ? reading("stdout", process.getInputStream(), stdout)
            : CompletableFuture.completedFuture(null);
    CompletableFuture<Void> err =
        program.redirectError().equals(ProcessBuilder.Redirect.PIPE)
            ? reading("stderr", process.getErrorStream(), stderr)
            : CompletableFuture.completedFuture(null);
    return new CommandProcess(process, CompletableFuture.allOf(out, err));
  }

  /**
   * Starts a process on the streams of this one; this blocks for as long as that takes.
   *
   * @param program what to run
   */
  public static CommandProcess attached(ProcessBuilder program) throws IOException {
    return new CommandProcess(program.inheritIO().start(), CompletableFuture.completedFuture(null));
  }

  private static void thread(String pipe, Runnable work) {
    Thread thread = new Thread(work, "baozi-command-" + pipe);
    thread.setDaemon(true);
    thread.start();
  }

  /** A process need not read all that it is given. */
  private static void feed(OutputStream stdin, byte[] bytes) {
    try (stdin) {
      stdin.write(bytes);
    } catch (IOException e) {
      return;
    }
  }

  private static CompletableFuture<Void> reading(String name, InputStream pipe, Reader reader) {
    CompletableFuture<Void> read = new CompletableFuture<>();
    thread(
        name,
        () -> {
          try (pipe) {
            reader.read(pipe);
            read.complete(null);
          } catch (IOException | RuntimeException e) {
            read.completeExceptionally(e);
          }
        });
    return read;
  }

  /** Its exit code, once it has ended; completed on a thread of the JVM's. */
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Completes once its pipes are read to the end, which may be after its own if a process that it
   * has started still writes; fails if a reader does.
   */
  public CompletableFuture<Void> read() {
    return read;
  }

  /** Asks it to end. Processes that it has started are its own affair. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Sends it a signal, if it has not ended; this may block for a moment.
   *
   * @param name without SIG. Java itself can only send TERM: for others the kill of a shell is
   *     asked, and where there is none, it is TERM all the same
   */
  public void signal(String name) {
    if (!process.isAlive()) {
      return;
    }
    if (name.equals("TERM") || !isSent(name)) {
      terminate();
    }
  }

  private boolean isSent(String name) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Asks it and all that it has started to end, and ends those that have not after a time.
   *
   * @return completes when it has ended, and what it had started has too, or is past that time
   */
  public CompletableFuture<Void> stopAll(Duration patience) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    CompletableFuture<?>[] ends =
        all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    all.forEach(ProcessHandle::destroy);
    return CompletableFuture.allOf(ends)
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(() -> all.forEach(CommandProcess::killTree))
        .thenCompose(v -> exit())
        .thenAccept(exit -> {});
  }

  private static void killTree(ProcessHandle root) {
    List<ProcessHandle> started = root.descendants().toList();
    root.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends it. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Ends it, and then the processes that it has started: it shall not go on without them. */
  public void killAll() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
