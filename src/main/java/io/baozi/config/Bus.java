package io.baozi.config;

import java.util.List;

/** What clients may reach on the event bus: nothing but what is permitted. */
public record Bus(@Key(doc = "The addresses that clients may reach.") List<Permission> permitted) {

  /** Keeps a copy of the list. */
  public Bus {
    Row.check(Bus.class, permitted);
    permitted = List.copyOf(permitted);
  }
}
