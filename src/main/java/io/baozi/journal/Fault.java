package io.baozi.journal;

import java.util.Objects;

/**
 * Something of a data directory that is damaged.
 *
 * @param place the file, or the row
 * @param what is wrong with it
 */
public record Fault(String place, String what) {
  public Fault {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(what, "what");
  }

  /** Both in one sentence. */
  public String sentence() {
    return place + ": " + what;
  }
}
