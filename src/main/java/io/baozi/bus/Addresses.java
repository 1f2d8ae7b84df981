package io.baozi.bus;

import io.baozi.message.Service;
import java.util.Locale;
import java.util.Objects;

/**
 * Where the services of one server are on the event bus.
 *
 * @param prefix of all its addresses; two servers in one Vert.x need different ones
 */
public record Addresses(String prefix) {
  /** The addresses of a server that is told no others. */
  public static final Addresses DEFAULT = new Addresses("baozi");

  public Addresses {
    Objects.requireNonNull(prefix, "prefix");
    if (prefix.isBlank()) {
      throw new IllegalArgumentException("the prefix of event bus addresses is blank");
    }
  }

  /** Where {@link Arrival}s for a service are sent. */
  public String of(Service service) {
    return prefix + "." + service.name().toLowerCase(Locale.ROOT);
  }

  /** Whether an address is one of these, which nobody else may use. */
  boolean isOwn(String address) {
    return address.startsWith(prefix + ".");
  }

  /** Where {@link Departure}s for some connections are awaited. */
  public String replies(String name) {
    return prefix + ".replies." + name;
  }
}
