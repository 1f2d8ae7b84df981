package io.baozi.frame;

import java.util.Objects;

/**
 * Why the bytes of a connection are no frames; what follows them means nothing.
 *
 * @param message a sentence for the peer
 */
public record FrameFault(String message) {
  public FrameFault {
    Objects.requireNonNull(message, "message");
  }
}
