package io.baozi.bus;

import java.util.Set;
import java.util.stream.Stream;

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

  /**
   * Refuses a permission for one of the server's own addresses.
   *
   * @throws IllegalArgumentException if there is one; names it
   */
  public void requireNoneOf(Addresses own) {
    Stream.concat(in.stream(), out.stream())
        .filter(own::isOwn)
        .sorted()
        .findFirst()
        .ifPresent(
            address -> {
              throw new IllegalArgumentException(
                  "the address " + address + " is the server's own, clients may not reach it");
            });
  }
}
