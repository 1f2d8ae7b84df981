package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A path that a download goes to. What has come lies beside it, locked, under a name that another
 * download to the same path finds, until all of it is there and right. On the context only.
 */
final class PathTarget implements DownloadTarget {
  private final Home home;

  /** Where the file is to stand; once it is open, that is not over a link. */
  private Path path;

  /** Where it is until it is whole; null before it is open. */
  private Path part;

  private final boolean resume;
  private Runnable room;
  private Handler<Throwable> failed;

  /** Null before it is open and after it is complete. */
  private FileChannel channel;

  private Handoff handoff;

  /** Of whoever works on it, one at a time. */
  private Sha256 digest;

  /**
   * A target.
   *
   * @param resume whether what another download has left counts, and is left for the next
   */
  PathTarget(Home home, Path path, boolean resume) {
    this.home = home;
    this.path = path.toAbsolutePath();
    this.resume = resume;
  }

  @Override
  public Future<Long> open(Runnable room, Handler<Throwable> failed) {
    this.room = room;
    this.failed = failed;
    return home.blocking(this::locked).compose(this::opened);
  }

  private FileChannel locked() throws IOException {
    requirePlace();
    part = path.resolveSibling("." + path.getFileName() + ".baozi-part");
    FileChannel opened =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean mine = false;
    try {
      mine = opened.tryLock() != null && Files.exists(part);
    } catch (OverlappingFileLockException e) {
      throw taken(e);
    } finally {
      if (!mine) {
        opened.close();
      }
    }
    if (!mine) {
      throw taken(null);
    }
    return opened;
  }

  /** What the file would take the place of is a file, or nothing; over a link, what it leads to. */
  private void requirePlace() throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "it is a directory");
    }
    if (Files.exists(path)) {
      path = path.toRealPath();
      if (!Files.isRegularFile(path)) {
        throw new FileSystemException(
            path.toString(), null, "it is no regular file, download to a stream instead");
      }
    } else if (Files.isSymbolicLink(path)) {
      throw new FileSystemException(path.toString(), null, "it is a link that leads nowhere");
    }
  }

  private FileSystemException taken(Throwable cause) {
    FileSystemException taken =
        new FileSystemException(part.toString(), null, "another download to the same path has it");
    taken.initCause(cause);
    return taken;
  }

  private Future<Long> opened(FileChannel opened) {
    channel = opened;
    return resume ? home.blocking(opened::size).compose(this::found) : startOver().map(v -> 0L);
  }

  private Future<Long> found(long length) {
    return new FileReading(home, part, channel, length)
        .whole(() -> {})
        .compose(
            of -> {
              begin(of);
              return home.blocking(() -> channel.position(length).position());
            });
  }

  private void begin(Sha256 sum) {
    digest = sum;
    handoff = new Handoff(home, this::write, room, failed);
  }

  private void write(ByteBuffer[] batch) throws IOException {
    digest.add(batch);
    while (batch[batch.length - 1].hasRemaining()) {
      channel.write(batch);
    }
  }

  @Override
  public void add(Buffer bytes) {
    handoff.add(bytes);
  }

  @Override
  public boolean isFull() {
    return handoff.isFull();
  }

  @Override
  public Future<String> sum() {
    return handoff.idle().map(v -> digest.hex());
  }

  @Override
  public boolean canStartOver() {
    return true;
  }

  @Override
  public Future<Void> startOver() {
    return rest()
        .compose(v -> home.blocking(() -> channel.truncate(0).position(0)))
        .map(
            v -> {
              begin(new Sha256());
              return null;
            });
  }

  /** Drops what waits, and waits for the worker. */
  private Future<Void> rest() {
    if (handoff == null) {
      return Future.succeededFuture();
    }
    handoff.stop();
    return handoff.idle();
  }

  @Override
  public Future<Void> complete() {
    return home.blocking(
            () -> {
              Files.move(
                  part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
              channel.close();
              return null;
            })
        .map(
            v -> {
              channel = null;
              return null;
            });
  }

  @Override
  public Future<Void> close(boolean kept) {
    return channel == null
        ? Future.succeededFuture()
        : rest().compose(v -> home.blocking(() -> closed(kept)));
  }

  private Void closed(boolean kept) throws IOException {
    if (!kept || !resume) {
      Files.deleteIfExists(part);
    }
    channel.close();
    return null;
  }
}
