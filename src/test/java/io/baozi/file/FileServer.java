package io.baozi.file;

import io.baozi.OpenFiles;
import io.baozi.net.Served;
import io.baozi.net.Wire;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A server on a folder of its own, which outlives it. */
final class FileServer implements AutoCloseable {
  private final Transport transport;
  private final Path data;
  private final String server;
  private final String files;
  private Served served;

  /**
   * Starts one.
   *
   * @param server settings of that section; keys need no quotes
   * @param files settings of that section
   */
  FileServer(Transport transport, Path data, String server, String files) {
    this.transport = transport;
    this.data = data;
    this.server = server;
    this.files = files;
    start();
  }

  /** Starts one that may fill the disk. */
  FileServer(Transport transport, Path data) {
    this(transport, data, "", "minFree:0");
  }

  private void start() {
    served = Served.start(transport, server, "data:{dir:\"" + data + "\"},files:{" + files + "},");
  }

  /** Ends it and starts another one on the same folder. */
  void restart() {
    served.close();
    start();
  }

  FilePeer connect() throws IOException {
    return new FilePeer(served.connect());
  }

  FilePeer connectWithSmallBuffers() throws IOException {
    return new FilePeer(Wire.withSmallBuffers(served.port()));
  }

  Served served() {
    return served;
  }

  void stop(Duration time) {
    served.stop(time);
  }

  Path tree() {
    return data.resolve("files/tree");
  }

  /** What is kept of files that are not whole. */
  List<Path> partials() throws IOException {
    try (Stream<Path> all = Files.list(data.resolve("files/partial"))) {
      return all.toList();
    }
  }

  /** Files of this server that the process has open. */
  long open() throws IOException {
    return OpenFiles.under(data).stream().filter(file -> !file.endsWith("/lock")).count();
  }

  @Override
  public void close() {
    served.close();
  }
}
