package io.baozi.broker.sync;

import java.util.Objects;

/**
 * A link of a cycle of waits: its owner waits for what the next link's holds.
 *
 * @param owner who waits
 * @param waits the name of what it waits for
 * @param holds the name of what the one before waits for
 * @param since milliseconds since 1970 at which its wait began
 */
public record Link(Owner owner, String waits, String holds, long since) {
  public Link {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(waits, "waits");
    Objects.requireNonNull(holds, "holds");
  }
}
