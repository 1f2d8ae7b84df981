package io.baozi.client;

import java.util.Locale;

/** How a lock is held. */
public enum LockMode {
  /** By one owner alone. */
  EXCLUSIVE,
  /** Beside others who hold it so. */
  SHARED;

  /** The name as it stands in {@code mode}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
