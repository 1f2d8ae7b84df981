package io.baozi;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is logged while this is open; tests' logs go to standard error. */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final List<String> lines = new ArrayList<>();
  private final List<Awaited> awaited = new ArrayList<>();
  private final StringBuilder begun = new StringBuilder();

  private record Awaited(String part, int count, CompletableFuture<String> line) {}

  /** Begins. */
  public CapturedLog() {
    System.setErr(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
  }

  /** Waits until a line has this in it, if none has had it yet. */
  public String line(String part) {
    return line(part, 1);
  }

  /** Waits until so many lines have this in them; the last of these. */
  public String line(String part, int count) {
    CompletableFuture<String> line = new CompletableFuture<>();
    synchronized (this) {
      awaited.add(new Awaited(part, count, line));
      look();
    }
    return line.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The lines so far that have this in them. */
  public synchronized List<String> lines(String part) {
    return lines.stream().filter(line -> line.contains(part)).toList();
  }

  private void look() {
    for (Awaited one : awaited) {
      List<String> found = lines(one.part());
      if (found.size() >= one.count()) {
        one.line().complete(found.get(one.count() - 1));
      }
    }
  }

  @Override
  public void close() {
    System.setErr(before);
  }

  private final class Lines extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    /** Lines of the tests are ASCII, so a piece of a character does not matter. */
    @Override
    public void write(byte[] bytes, int from, int length) {
      synchronized (CapturedLog.this) {
        begun.append(new String(bytes, from, length, StandardCharsets.UTF_8));
        for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
          lines.add(begun.substring(0, end));
          begun.delete(0, end + 1);
        }
        look();
      }
    }
  }
}
