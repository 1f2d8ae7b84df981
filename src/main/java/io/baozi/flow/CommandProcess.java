package io.baozi.flow;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A process that was started for one message, which it reads from its standard input. Its pipes
 * have a thread each, since it may fill one before it empties the other, or leave both alone.
 */
final class CommandProcess {
  /** What is kept of its standard error, in bytes. */
  private static final int MOST_ERROR = 8 * 1024;

  private final Process process;

  private CommandProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a process; this blocks for as long as that takes.
   *
   * @param errors told, on a thread of its own, of what came on its standard error, if anything
   *     did, once that has ended
   */
  static CommandProcess start(List<String> command, Buffer body, Consumer<Buffer> errors)
      throws IOException {
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    byte[] bytes = body.getBytes();
    thread("stdin", () -> feed(process.getOutputStream(), bytes));
    thread("stderr", () -> drain(process.getErrorStream(), errors));
    return new CommandProcess(process);
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

  /** Reads to the end, so that the process is not held up, and keeps the beginning. */
  private static void drain(InputStream stderr, Consumer<Buffer> errors) {
    Buffer kept = Buffer.buffer();
    byte[] piece = new byte[MOST_ERROR];
    try (stderr) {
      for (int n = stderr.read(piece); n >= 0; n = stderr.read(piece)) {
        kept.appendBytes(piece, 0, Math.min(n, MOST_ERROR - kept.length()));
      }
    } catch (IOException e) {
      kept.appendString("(" + e.getMessage() + ")");
    }
    if (kept.length() > 0) {
      errors.accept(kept);
    }
  }

  /** Its exit code, once it has ended; completed on a thread of the JVM's. */
  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks it to end. Processes that it has started are its own affair. */
  void terminate() {
    process.destroy();
  }

  /** Ends it. */
  void kill() {
    process.destroyForcibly();
  }
}
