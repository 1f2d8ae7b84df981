package io.baozi.config;

import java.util.List;

/** Where the server is on the event bus, and what clients may reach there: what is permitted. */
public record Bus(
    @Key(
            value = "baozi",
            doc =
                "Prefix of the server's addresses on the event bus; two servers in one Vert.x need"
                    + " different ones.")
        String address,
    @Key(doc = "The addresses that clients may reach.") List<Permission> permitted) {

  /** Refuses a blank address; keeps a copy of the list. */
  public Bus {
    Row.check(Bus.class, address, permitted);
    permitted = List.copyOf(permitted);
  }
}
