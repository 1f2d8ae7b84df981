package io.baozi.bus;

import io.baozi.message.Reply;
import io.baozi.message.Service;
import java.util.List;
import java.util.Objects;

/**
 * What a service has for a connection after a turn: answers and pushes, to be written as one
 * buffer.
 *
 * @param service that has it
 * @param connection its name
 * @param replies may be empty if this is the last
 * @param last whether this service has nothing more for it; the connection is then to be closed
 * @param heartbeat that the connection applies from now on, in milliseconds; 0 for none, {@link
 *     #SAME_HEARTBEAT} if that does not change
 * @param written to be run on the connection's loop once all of it has left for the peer, or cannot
 *     any more; null if the service need not know
 */
public record Departure(
    Service service,
    String connection,
    List<Reply> replies,
    boolean last,
    long heartbeat,
    Runnable written) {
  /** The heartbeat stays as it is. */
  public static final long SAME_HEARTBEAT = -1;

  public Departure {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(replies, "replies");
  }

  /** A departure of a service that need not know when it is written. */
  public Departure(Service service, String connection, List<Reply> replies, boolean last) {
    this(service, connection, replies, last, SAME_HEARTBEAT, null);
  }

  /** Whether it tells the connection nothing. */
  public boolean isEmpty() {
    return replies.isEmpty() && !last && heartbeat == SAME_HEARTBEAT;
  }

  /** The connection is gone: nobody will have it. */
  public void discard() {
    replies.forEach(Reply::discard);
    if (written != null) {
      written.run();
    }
  }

  /** This departure of a service that has something more for the connection. */
  public Departure notLast() {
    return new Departure(service, connection, replies, false, heartbeat, written);
  }

  /** This departure of a service that is told when it is written. */
  public Departure thenRun(Runnable written) {
    return new Departure(service, connection, replies, last, heartbeat, written);
  }
}
