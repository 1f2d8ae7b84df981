package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The files on the server. Names are relative paths of plain segments, {@code reports/2026.csv}.
 *
 * <p>Each transfer has a connection of its own, so that nothing else of the client waits for it.
 */
public final class FileStore {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final Client client;
  private final Fence fence;

  FileStore(Client client, Fence fence) {
    this.client = client;
    this.fence = fence;
  }

  /**
   * The same files, changed by this handle only as long as a lock is held; options that have a
   * fence of their own keep it.
   */
  public FileStore withFence(Fence fence) {
    return new FileStore(client, fence);
  }

  /** Uploads a file of this machine, as {@link #upload(String, Path, UploadOptions)} does. */
  public Transfer upload(String name, Path source) {
    return upload(name, source, UploadOptions.DEFAULT);
  }

  /**
   * Uploads a file of this machine. It stands under its name once all of it is there. After a cut
   * it goes on where it was, also if the server was started anew.
   *
   * @param source as long as it is now; it should not change meanwhile
   */
  public Transfer upload(String name, Path source, UploadOptions options) {
    return begin(new PathUpload(streams(), named(name), local(source), fenced(options)));
  }

  /**
   * Uploads what a stream gives, an {@link io.vertx.core.file.AsyncFile} for one. A cut fails it,
   * since a stream gives nothing twice. The stream is not closed.
   *
   * @param source paused at once; it has no other reader
   * @param size how many bytes it will give
   */
  public Transfer upload(String name, ReadStream<Buffer> source, long size, UploadOptions options) {
    Ranges.require("size", size, 0, Header.MAX_INTEGER);
    return begin(new StreamUpload(streams(), named(name), source, size, fenced(options)));
  }

  private UploadOptions fenced(UploadOptions options) {
    return fence == null || options.fence() != null ? options : options.withFence(fence);
  }

  /** Downloads a file to a path, as {@link #download(String, Path, DownloadOptions)} does. */
  public Transfer download(String name, Path target) {
    return download(name, target, DownloadOptions.DEFAULT);
  }

  /**
   * Downloads a file to a path of this machine, where it stands once all of it is there and its
   * checksum is right; until then it is beside it, as {@code .NAME.baozi-part}. After a cut it goes
   * on where it was, and starts over if the server has another file by then.
   */
  public Transfer download(String name, Path target, DownloadOptions options) {
    PathTarget path = new PathTarget(client.streams().home(), local(target), options.resume());
    return begin(new Download(streams(), named(name), path, options));
  }

  /**
   * Downloads a file to a stream, an {@link io.vertx.core.file.AsyncFile} for one, which is ended
   * once its checksum has been found right, and not if the download fails. After a cut it goes on
   * where it was; it fails if the server has another file by then.
   */
  public Transfer download(String name, WriteStream<Buffer> target, DownloadOptions options) {
    StreamTarget stream = new StreamTarget(client.streams().home(), target);
    return begin(new Download(streams(), named(name), stream, options));
  }

  /** What the server has under a name; fails with {@code not_found} if that is nothing. */
  public Future<FileStat> stat(String name) {
    return client
        .call(Operation.FILE_STAT, EMPTY, "name", named(name))
        .compose(reply -> Client.read(reply, FileStore::stat));
  }

  private static FileStat stat(Reply reply) {
    return reply.header().json().as(FileStat.class);
  }

  /**
   * The whole files, by name.
   *
   * @param prefix with which their names begin; may be empty
   */
  public Future<List<FileEntry>> list(String prefix) {
    return new Pages<>(
            client,
            Operation.FILE_LIST,
            "files",
            FileEntry[].class,
            FileEntry::name,
            List.of("prefix", prefix))
        .all();
  }

  /** Deletes a file, and what there is of one that was cut short. */
  public Future<Void> delete(String name) {
    return client
        .call(Operation.FILE_DELETE, EMPTY, "name", named(name), "fence", Fence.json(fence))
        .mapEmpty();
  }

  private Streams streams() {
    return client.streams();
  }

  private static Transfer begin(Carriage carriage) {
    return new Transfer(carriage.begin());
  }

  private static String named(String name) {
    return Objects.requireNonNull(name, "name");
  }

  private static Path local(Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(path + " is no path of this machine");
    }
    return path;
  }
}
