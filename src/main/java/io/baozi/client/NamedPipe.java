package io.baozi.client;

import io.vertx.core.Future;
import java.time.Duration;

/** A pipe on the server that two clients open, each one end. */
public final class NamedPipe {
  private final Client client;
  private final String name;

  NamedPipe(Client client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The pipe's name. */
  public String name() {
    return name;
  }

  /** Opens an end, waiting for the other one as long as the client's options say. */
  public Future<Pipe> open() {
    return open(null);
  }

  /**
   * Opens an end, over a connection of its own.
   *
   * @param waitFor the other end; null for the client's default
   * @return completes once the other end is open; fails with {@code timeout} if that took too long,
   *     and with {@code conflict} if the pipe has two ends already
   */
  public Future<Pipe> open(Duration waitFor) {
    Ranges.requireWait("waitFor", waitFor);
    return new PipeOpening(client.streams(), name, client.options().waitOr(waitFor)).begin();
  }
}
