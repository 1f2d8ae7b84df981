package io.baozi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A temporary file for what has to be there to its end before it can be sent on. Gone when closed.
 */
final class Spool implements AutoCloseable {
  private static final int PIECE = 256 * 1024;

  private final Path path;
  private final AtomicLong length = new AtomicLong();

  private Spool(Path path) {
    this.path = path;
  }

  /** An empty one, where temporary files go: in TMPDIR, else where Java has them. */
  static Spool open(Map<String, String> environment) {
    String folder = environment.getOrDefault("TMPDIR", System.getProperty("java.io.tmpdir"));
    try {
      return new Spool(Files.createTempFile(Path.of(folder), "baozi-", ".spool"));
    } catch (IOException | InvalidPathException e) {
      throw unusable("make a temporary file in " + folder, e);
    }
  }

  private static Failure unusable(String what, Exception e) {
    return Failure.input(
        "cannot %s: %s; TMPDIR names another directory".formatted(what, LocalFault.reason(e)));
  }

  Path path() {
    return path;
  }

  /** Bytes that it has taken so far; from any thread. */
  long length() {
    return length.get();
  }

  /** Takes all of a source, on another thread, which nobody has to wait for at the end. */
  CompletableFuture<Void> fill(Source source) {
    CompletableFuture<Void> filled = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                take(source);
                filled.complete(null);
              } catch (RuntimeException | Error e) {
                filled.completeExceptionally(e);
              }
            },
            "spool");
    reader.setDaemon(true);
    reader.start();
    return filled;
  }

  private void take(Source source) {
    byte[] piece = new byte[PIECE];
    try (OutputStream out = Files.newOutputStream(path)) {
      for (int read = source.read(piece); read >= 0; read = source.read(piece)) {
        out.write(piece, 0, read);
        length.addAndGet(read);
      }
    } catch (IOException e) {
      throw unusable("keep " + source.name() + " in " + path, e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Failure.input("cannot remove " + path + ": " + LocalFault.reason(e));
    }
  }
}
