package io.baozi.client;

import java.nio.file.Path;

/**
 * A file, or the end of one, on its way over one connection: read ahead on a worker, for its
 * checksum, and sent behind that by the system itself, from its memory of what was read. On the
 * context only.
 */
final class FileSending {
  /** Bytes that a worker reads at a time. */
  private static final long STRETCH = 2 * 1024 * 1024;

  /** Bytes that may be read before they are sent. */
  private static final long AHEAD = 4 * STRETCH;

  /** Bytes that the system is given at a time; of more, Vert.x makes parts that others may cut. */
  private static final int SLICE = 512 * 1024;

  /** Bytes that the system is given before it has sent them. */
  private static final long WINDOW = 4 * SLICE;

  private final Carriage carriage;
  private final StreamLink link;
  private final Path path;
  private final FileReading file;
  private long read;
  private long given;
  private long sent;
  private boolean reading;
  private boolean stopped;

  FileSending(Carriage carriage, StreamLink link, Path path, FileReading file, long offset) {
    this.carriage = carriage;
    this.link = link;
    this.path = path;
    this.file = file;
    this.read = offset;
    this.given = offset;
    this.sent = offset;
  }

  /** Whether all is on its way. */
  boolean isDone() {
    return sent == file.length();
  }

  /** Sends no more. */
  void stop() {
    stopped = true;
  }

  /** Reads and sends as much as may be read and sent now. */
  void goOn() {
    if (stopped || carriage.isPaused()) {
      return;
    }
    if (!reading && read < file.length() && read - sent < AHEAD) {
      read(Math.min(file.length(), read + STRETCH));
    }
    while (given < read && given - sent < WINDOW) {
      send((int) Math.min(SLICE, read - given));
    }
  }

  private void read(long to) {
    reading = true;
    file.read(read, to)
        .onSuccess(
            v -> {
              reading = false;
              read = to;
              goOn();
            })
        .onFailure(this::unreadable);
  }

  private void unreadable(Throwable cause) {
    if (!stopped) {
      carriage.fail(cause);
    }
  }

  private void send(int length) {
    long at = given;
    given += length;
    link.sendFile(path, at, length).onSuccess(v -> sent(length)).onFailure(this::unsent);
  }

  private void sent(int length) {
    sent += length;
    if (!stopped) {
      carriage.moved(sent);
      goOn();
    }
  }

  private void unsent(Throwable cause) {
    if (!stopped) {
      carriage.lost(cause);
    }
  }
}
