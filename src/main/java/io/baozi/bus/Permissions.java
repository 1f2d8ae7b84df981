package io.baozi.bus;

import java.util.Set;

/**
 * The addresses of the event bus that clients may reach; exact ones, and no other.
 *
 * @param in to which clients may send, by {@code bus.request}, {@code bus.send} and {@code
 *     bus.publish}
 * @param out to which clients may listen, by {@code bus.subscribe}
 */
public record Permissions(Set<String> in, Set<String> out) {
  /** Nothing is permitted. */
  public static final Permissions NONE = new Permissions(Set.of(), Set.of());

  public Permissions {
    in = Set.copyOf(in);
    out = Set.copyOf(out);
  }
}
