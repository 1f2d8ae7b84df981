package io.baozi.config;

/** Where the server keeps what outlives it. */
public record Data(
    @Key(value = "data", doc = "The directory of all that is kept; one server uses it at a time.")
        String dir) {

  /** Refuses a missing directory. */
  public Data {
    Row.check(Data.class, dir);
  }
}
