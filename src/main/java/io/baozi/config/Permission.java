package io.baozi.config;

/** One address of the event bus that clients may reach. */
public record Permission(
    @Key(required = true, doc = "The address on the event bus.") String address,
    @Key(value = "both", doc = "Which way: in is from clients, out is to them.")
        Direction direction) {

  /** Refuses a blank address. */
  public Permission {
    Row.check(Permission.class, address, direction);
  }
}
