package io.baozi.flow;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;

/**
 * Puts each line of a file, without its {@code \n}, once. The file is read only as fast as the
 * queue takes its lines, so it may be of any length. A line longer than the server's {@code
 * maxMessage} ends it with an error; the lines before it are in the queue.
 */
final class LinesProducer extends Producer {
  /**
   * Its settings.
   *
   * @param file to read
   */
  record Settings(String file) {
    static Settings from(String place, JsonObject config) {
      return new Settings(new Keys(place, config, "file").text("file"));
    }
  }

  /** Read at once: the lines of it wait for the queue together. */
  private static final int CHUNK = 8 * 1024;

  /** Lines that wait for the queue; the file is not read on while there are more. */
  private static final int MOST_PENDING = 256;

  private Settings own;
  private AsyncFile file;
  private LineSplitter splitter;
  private int pending;
  private boolean paused;
  private boolean ended;

  /** Why it ended before the file did, null if it did not. */
  private String fault;

  private Throwable cause;

  @Override
  protected Future<?> open() {
    own = Settings.from(Kind.PRODUCER.place(settings().name()), config());
    splitter = new LineSplitter(maxMessage(), this::line);
    return vertx
        .fileSystem()
        .open(own.file(), new OpenOptions().setWrite(false).setCreate(false))
        .map(opened -> file = opened);
  }

  @Override
  void run() {
    if (!isOver()) {
      file.setReadBufferSize(CHUNK);
      file.exceptionHandler(e -> end("cannot read " + own.file(), e));
      file.endHandler(v -> end());
      file.handler(this::chunk);
    }
  }

  private void chunk(Buffer chunk) {
    if (ended || isOver()) {
      return;
    }
    try {
      splitter.feed(chunk);
    } catch (LineSplitter.TooLongException e) {
      end(own.file() + ' ' + e.getMessage() + " (maxMessage)", null);
      return;
    }
    if (pending > MOST_PENDING) {
      paused = true;
      file.pause();
    }
  }

  private void line(Buffer line) {
    long number = splitter.count();
    pending++;
    put(line)
        .onFailure(e -> quit("stops at line " + number + " of " + own.file(), e))
        .onComplete(done -> settle());
  }

  private void settle() {
    pending--;
    if (isOver()) {
      return;
    }
    if (paused && !ended && pending <= MOST_PENDING / 2) {
      paused = false;
      file.resume();
    }
    finish();
  }

  private void end() {
    if (!ended) {
      splitter.end();
      end(null, null);
    }
  }

  /** No more is read; what was, goes into the queue all the same. */
  private void end(String fault, Throwable cause) {
    if (!ended) {
      ended = true;
      this.fault = fault;
      this.cause = cause;
      finish();
    }
  }

  private void finish() {
    if (!ended || pending > 0 || isOver()) {
      return;
    }
    if (fault == null) {
      quit(
          Level.INFO,
          "is done: queue "
              + settings().queue()
              + " has the "
              + splitter.count()
              + " lines of "
              + own.file(),
          null);
    } else {
      quit(Level.ERROR, "stops: " + fault, cause);
    }
  }

  @Override
  protected Future<?> close() {
    return file == null ? Future.succeededFuture() : file.close();
  }
}
