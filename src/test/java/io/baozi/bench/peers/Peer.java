package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A server that keeps what is put, and how it is spoken to. */
interface Peer {
  /** What it is called in a table. */
  String name();

  /** Whether it can be started here. */
  boolean isInstalled();

  /**
   * Starts it and waits until it takes connections.
   *
   * @param directory for all that it writes
   * @param port to listen on, of this machine only
   * @return stops it when it is closed
   */
  Closeable start(Path directory, int port) throws IOException, InterruptedException;

  /**
   * What is said over one connection.
   *
   * @param number of the connection, from 0
   * @param body of every put
   */
  Conversation converse(int number, byte[] body);

  /** The version that ran; known once a connection has begun. */
  String version() throws IOException;

  /** Whether it runs in a JVM, and so is slow before it has run for a while. */
  default boolean isCompiledAsItRuns() {
    return false;
  }

  /** Removes all that was put; one that has no command for it keeps it. */
  default void empty(int port) throws IOException {}

  /** How often it has forced, by its own account; empty if it has none. */
  default OptionalLong forces(int port) throws IOException {
    return OptionalLong.empty();
  }

  /** Why an answer is no proof that the message is on disk; empty if it is. Known after a run. */
  String reservation() throws IOException;
}
