package io.baozi.bus;

import io.baozi.message.Request;
import java.util.List;
import java.util.Objects;

/**
 * What a connection tells a service, in the order in which it happened there. A connection is known
 * by a name that nobody can guess, under which it is also a session.
 */
public sealed interface Arrival {
  /** The connection that this concerns. */
  String connection();

  /** Bytes of all bodies in it. */
  default long size() {
    return 0;
  }

  /**
   * A connection stands.
   *
   * @param replyTo the address at which {@link Departure}s for it are awaited
   * @param connection its name
   */
  record Opened(String replyTo, String connection) implements Arrival {
    public Opened {
      Objects.requireNonNull(replyTo, "replyTo");
      Objects.requireNonNull(connection, "connection");
    }
  }

  /**
   * What one read of a connection brought, in the order sent. Each request is answered exactly
   * once, sooner or later, also when it says that it wants no answer.
   *
   * @param connection its name
   * @param requests one or more
   */
  record Requests(String connection, List<Request> requests) implements Arrival {
    public Requests {
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(requests, "requests");
    }

    @Override
    public long size() {
      long size = 0;
      for (Request request : requests) {
        size += request.body().length();
      }
      return size;
    }
  }

  /**
   * The peer has gone, or sends no more. What of it waits is answered {@code cancelled}; then comes
   * a last {@link Departure}.
   *
   * @param connection its name
   */
  record Closed(String connection) implements Arrival {
    public Closed {
      Objects.requireNonNull(connection, "connection");
    }
  }
}
