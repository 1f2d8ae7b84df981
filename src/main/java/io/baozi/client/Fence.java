package io.baozi.client;

import io.baozi.frame.Json;
import java.util.Objects;

/**
 * What makes a request take effect only as long as a lock is held: under another token, or under
 * none, it is refused with {@code fenced}.
 *
 * @param lock its name
 * @param token of the grant
 */
public record Fence(String lock, long token) {
  public Fence {
    Objects.requireNonNull(lock, "lock");
  }

  /** As it goes on the wire; null for none. */
  static Json json(Fence fence) {
    return fence == null ? null : Json.of(fence);
  }
}
