package io.baozi.client;

import io.vertx.core.Future;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/**
 * A file that is read on workers for its SHA-256, and so that what is sent next lies in memory. One
 * reads at a time.
 */
final class FileReading {
  /** Bytes that are asked of the system at a time. */
  private static final int PIECE = 256 * 1024;

  /** Bytes after which another worker may take over. */
  private static final long STRETCH = 8 * 1024 * 1024;

  private final Home home;
  private final Path path;
  private final FileChannel channel;
  private final long length;

  /** What is done last; on the context only. */
  private Future<?> last = Future.succeededFuture();

  // Of whoever reads.
  private Sha256 digest = new Sha256();
  private long digested;
  private ByteBuffer buffer;

  /** Reads what the channel has up to this length, from its beginning. */
  FileReading(Home home, Path path, FileChannel channel, long length) {
    this.home = home;
    this.path = path;
    this.channel = channel;
    this.length = length;
  }

  static Future<FileReading> open(Home home, Path path) {
    return home.blocking(
        () -> {
          FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
          try {
            return new FileReading(home, path, channel, channel.size());
          } catch (IOException e) {
            channel.close();
            throw e;
          }
        });
  }

  long length() {
    return length;
  }

  /** Reads a part, none of which is beyond what was read and that part. */
  Future<Void> read(long from, long to) {
    return then(
        () -> {
          if (buffer == null) {
            buffer = ByteBuffer.allocate(PIECE);
          }
          for (long at = from; at < to; at += buffer.limit()) {
            piece(at, (int) Math.min(PIECE, to - at));
          }
          return null;
        });
  }

  private void piece(long at, int size) throws IOException {
    buffer.clear().limit(size);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException(path + " has become shorter than " + length + " bytes");
      }
    }
    if (at + size > digested) {
      digest.add(buffer.flip().position((int) (digested - at)));
      digested = at + size;
    }
  }

  /**
   * Reads what is missing.
   *
   * @param alive called on the context now and then
   * @return the digest of the whole
   */
  Future<Sha256> whole(Runnable alive) {
    return this.<Long>then(() -> digested)
        .compose(
            from -> {
              if (from == length) {
                return Future.succeededFuture(digest);
              }
              alive.run();
              return read(from, Math.min(length, from + STRETCH)).compose(v -> whole(alive));
            });
  }

  /** Forgets what it has read: the file may have changed. */
  Future<Void> startOver() {
    return then(
        () -> {
          digest = new Sha256();
          digested = 0;
          return null;
        });
  }

  Future<Void> close() {
    return then(
        () -> {
          channel.close();
          return null;
        });
  }

  private <T> Future<T> then(Callable<T> work) {
    Future<T> next = last.transform(v -> home.blocking(work));
    last = next;
    return next;
  }
}
