package io.baozi.file;

import io.baozi.message.Inflow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * A body on its way into a file: what arrives is gathered while a worker digests and writes what
 * came before, so that one wake-up serves many reads and the event loop never waits for the disk.
 * The source is paused while a window of bytes is waiting.
 */
final class Upload implements Inflow.Taker {
  /** So many bytes may wait, and as many be written meanwhile. */
  static final int WINDOW = 256 * 1024;

  /** How a body came to its end. */
  enum End {
    /** All of it is in the file, and on disk. */
    WHOLE,
    /** It was cut; what came of it is in the file. */
    CUT
  }

  private final WorkerExecutor workers;
  private final FileChannel file;
  private final MessageDigest digest;
  private final Promise<End> end = Promise.promise();

  /** Where the body comes from; null if it was at hand. */
  private final Inflow source;

  // Guarded by this.
  private List<Buffer> waiting = new ArrayList<>();
  private long waitingBytes;
  private boolean paused;
  private boolean writing;
  private End reached;

  /** Bytes that are in the file. */
  private long written;

  /** Why nothing more is written, null if it is; of the worker. What still comes is dropped. */
  private Throwable failure;

  /**
   * A body of which nothing has come.
   *
   * @param file open for writing, at its end; closed when the body has come to its end
   * @param digest of what the file has
   * @param source paused and resumed by this; null if the body is at hand
   */
  Upload(WorkerExecutor workers, FileChannel file, MessageDigest digest, Inflow source) {
    this.workers = workers;
    this.file = file;
    this.digest = digest;
    this.source = source;
  }

  /**
   * Completes when the body has come to its end and the file is closed; fails, then too, if it
   * could not be written.
   */
  Future<End> end() {
    return end.future();
  }

  /** Bytes of this body that are in the file. */
  synchronized long written() {
    return written;
  }

  /** Of all that the file has; once the body has come to its end. */
  MessageDigest digest() {
    return digest;
  }

  @Override
  public void piece(Buffer piece, long left) {
    boolean starts;
    synchronized (this) {
      waiting.add(piece);
      waitingBytes += piece.length();
      reached = left == 0 ? End.WHOLE : null;
      if (source != null && waitingBytes >= WINDOW) {
        paused = true;
        source.pause(); // once more, if a resume of before has come only now
      }
      starts = starts();
    }
    start(starts);
  }

  @Override
  public void cut() {
    boolean starts;
    synchronized (this) {
      reached = End.CUT;
      starts = starts();
    }
    start(starts);
  }

  /** A body of no bytes is whole. */
  void empty() {
    boolean starts;
    synchronized (this) {
      reached = End.WHOLE;
      starts = starts();
    }
    start(starts);
  }

  private boolean starts() {
    boolean starts = !writing;
    writing = true;
    return starts;
  }

  private void start(boolean starts) {
    if (starts) {
      workers.executeBlocking(this::work, false).onFailure(end::tryFail);
    }
  }

  /** Writes until nothing waits; on a worker. */
  private Void work() throws IOException {
    List<Buffer> batch = next();
    while (batch != null) {
      write(batch);
      batch = next();
    }
    return null;
  }

  /** What is to be written next; null if nothing is for now, or for good. */
  private List<Buffer> next() throws IOException {
    List<Buffer> batch;
    boolean resumes;
    synchronized (this) {
      if (waiting.isEmpty() && reached == null) {
        writing = false;
        return null;
      }
      batch = waiting;
      waiting = new ArrayList<>();
      waitingBytes = 0;
      resumes = paused;
      paused = false;
    }
    if (resumes) {
      source.resume();
    }
    if (batch.isEmpty()) {
      finish();
      return null;
    }
    return batch;
  }

  /** What comes behind a failure is still taken: the connection has to come to its next frame. */
  private void write(List<Buffer> batch) {
    if (failure == null) {
      try {
        append(batch);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        failure = e;
      }
    }
  }

  private void append(List<Buffer> batch) throws IOException {
    ByteBuffer[] bytes = new ByteBuffer[batch.size()];
    long length = 0;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ((BufferInternal) batch.get(i)).getByteBuf().nioBuffer();
      length += bytes[i].remaining();
    }
    FutureTask<Void> digesting = digest(bytes);
    try {
      long done = 0;
      while (done < length) {
        done += file.write(bytes);
      }
      wrote(length);
    } finally {
      digesting.run(); // unless another worker has begun with it
      await(digesting);
    }
  }

  /** The digest takes as long as the write: another worker, if one is free, is at it meanwhile. */
  private FutureTask<Void> digest(ByteBuffer[] bytes) {
    ByteBuffer[] views = new ByteBuffer[bytes.length];
    for (int i = 0; i < views.length; i++) {
      views[i] = bytes[i].duplicate();
    }
    FutureTask<Void> digesting =
        new FutureTask<>(
            () -> {
              for (ByteBuffer view : views) {
                digest.update(view);
              }
            },
            null);
    workers.executeBlocking(Executors.callable(digesting), false);
    return digesting;
  }

  /** It runs somewhere, and waits for nothing. */
  private static void await(FutureTask<Void> digesting) {
    try {
      digesting.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a digest failed", e);
    }
  }

  private synchronized void wrote(long length) {
    written += length;
  }

  private void finish() throws IOException {
    try (file) {
      if (failure == null && reached == End.WHOLE) {
        file.force(true);
      }
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    if (failure == null) {
      end.complete(reached);
    } else {
      end.fail(failure);
    }
  }
}
