package io.baozi.client;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The transfers and pipes of a client, each with connections of its own beside the client's. On the
 * context only.
 */
final class Streams {
  /** What ends, at the latest, with the client. */
  interface Course {
    void end(Throwable cause);
  }

  private final Home home;
  private final ClientOptions options;
  private final Supplier<Future<StreamLink>> dial;
  private final Set<Course> courses = new LinkedHashSet<>();
  private boolean closed;

  /**
   * Those of a client, none yet.
   *
   * @param dial makes a connection
   */
  Streams(Home home, ClientOptions options, Supplier<Future<StreamLink>> dial) {
    this.home = home;
    this.options = options;
    this.dial = dial;
  }

  Home home() {
    return home;
  }

  ClientOptions options() {
    return options;
  }

  /** Makes a connection. */
  Future<StreamLink> open() {
    return dial.get();
  }

  /** Adds what is beginning; it is ended at once if the client is closed. */
  void add(Course course) {
    if (closed) {
      course.end(closed());
    } else {
      courses.add(course);
    }
  }

  /** Forgets what has ended. */
  void remove(Course course) {
    courses.remove(course);
  }

  /** Ends them all. */
  void close() {
    closed = true;
    List.copyOf(courses).forEach(course -> course.end(closed()));
  }

  private static IOException closed() {
    return new IOException("the client was closed");
  }
}
