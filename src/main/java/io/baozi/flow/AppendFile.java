package io.baozi.flow;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that only this process appends to. Records that come while a write is under way go into
 * the next one together, with one force to disk. Used on one context.
 */
final class AppendFile {
  private final AsyncFile file;
  private final boolean sync;
  private Buffer gathered = Buffer.buffer();
  private List<Promise<Void>> waiting = new ArrayList<>();
  private long end;
  private boolean writing;

  private AppendFile(AsyncFile file, long end, boolean sync) {
    this.file = file;
    this.end = end;
    this.sync = sync;
  }

  /**
   * Opens a file, or makes it.
   *
   * @param sync whether each record is forced to disk before it counts as appended
   * @return fails if it cannot be written, or somebody appends to it already: both would write to
   *     the same place
   */
  static Future<AppendFile> open(Vertx vertx, String path, boolean sync) {
    return vertx
        .fileSystem()
        .open(path, new OpenOptions().setRead(false).setAppend(true))
        .compose(
            file ->
                Attempt.at("tryLock", () -> lock(file, path))
                    .recover(e -> file.close().transform(v -> Future.failedFuture(e)))
                    .map(v -> new AppendFile(file, file.getWritePos(), sync)));
  }

  /** The lock is let go when the file is closed. */
  private static Future<Void> lock(AsyncFile file, String path) {
    try {
      file.tryLock();
      return Future.succeededFuture();
    } catch (RuntimeException e) {
      return Future.failedFuture(
          new IOException(path + " is in the hands of another that appends to it", e));
    }
  }

  /**
   * Appends a record.
   *
   * @return completes once the operating system has it, or, if so opened, the disk
   */
  Future<Void> append(Buffer record, Buffer separator) {
    gathered.appendBuffer(record).appendBuffer(separator);
    Promise<Void> promise = Promise.promise();
    waiting.add(promise);
    if (!writing) {
      write();
    }
    return promise.future();
  }

  private void write() {
    Buffer batch = gathered;
    List<Promise<Void>> batched = waiting;
    gathered = Buffer.buffer();
    waiting = new ArrayList<>();
    writing = true;
    file.write(batch, end)
        .compose(v -> sync ? file.flush() : Future.succeededFuture())
        .onComplete(done -> written(batch.length(), batched, done));
  }

  /** What a failed write left is written over by the next. */
  private void written(int length, List<Promise<Void>> batched, AsyncResult<Void> done) {
    writing = false;
    if (done.succeeded()) {
      end += length;
    }
    batched.forEach(promise -> promise.handle(done));
    if (!writing && !waiting.isEmpty()) {
      write();
    }
  }

  Future<Void> close() {
    return file.close();
  }
}
