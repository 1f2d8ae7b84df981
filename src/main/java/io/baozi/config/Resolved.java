package io.baozi.config;

import java.util.List;

/** A configuration, and for each of its settings where the value came from. */
public record Resolved(Config config, List<Effective> settings) {

  /** Copies the list. */
  public Resolved {
    settings = List.copyOf(settings);
  }
}
