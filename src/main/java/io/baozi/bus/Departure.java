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
 */
public record Departure(Service service, String connection, List<Reply> replies, boolean last) {
  public Departure {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(replies, "replies");
  }
}
