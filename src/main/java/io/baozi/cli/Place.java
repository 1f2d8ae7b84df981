package io.baozi.cli;

import java.util.Objects;

/**
 * Where a server serves: host and port each.
 *
 * @param tcp for frames
 * @param udp for the echo of datagrams, null if there is none
 */
public record Place(String tcp, String udp) {
  public Place {
    Objects.requireNonNull(tcp, "tcp");
  }
}
