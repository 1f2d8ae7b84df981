package io.baozi.message;

import io.baozi.frame.Json;
import java.util.List;

/** A wait is refused since it would close a cycle of waits; it knows the cycle. */
public final class DeadlockException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final transient List<Link> cycle;

  /**
   * One of those who wait in a circle.
   *
   * @param session that waits
   * @param owner within the session, null if it is the session itself
   * @param waits the name of what it waits for
   * @param holds the name of what it holds, and the one before it waits for
   * @param since when its wait began, in milliseconds since 1970
   */
  public record Link(String session, String owner, String waits, String holds, long since) {}

  /**
   * A refusal.
   *
   * @param message that tells the cycle in a line
   * @param cycle who waits for whom, the one who was refused first
   */
  public DeadlockException(String message, List<Link> cycle) {
    super(ErrorCode.DEADLOCK, message);
    this.cycle = List.copyOf(cycle);
  }

  /** The refusal with the cycle of an answer; one without if that cannot be read. */
  static RefusedException of(String message, Json cycle) {
    try {
      return new DeadlockException(message, List.of(cycle.as(Link[].class)));
    } catch (IllegalArgumentException | NullPointerException e) {
      return new RefusedException(ErrorCode.DEADLOCK, message);
    }
  }

  /** Who waits for whom, the one who was refused first; the last waits for what the first holds. */
  public List<Link> cycle() {
    return cycle;
  }
}
