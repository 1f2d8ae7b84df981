package io.baozi.client;

import java.util.List;

/**
 * Who has a lock and who waits for it, at one moment.
 *
 * @param lock its name
 * @param holders in the order in which they got it
 * @param waiters in the order in which they get it
 * @param holding how many holders there are
 * @param waiting how many waiters there are
 * @param more whether there are holders or waiters that an answer had no room for
 */
public record LockInfo(
    String lock,
    List<Holder> holders,
    List<Waiter> waiters,
    long holding,
    long waiting,
    boolean more) {

  public LockInfo {
    holders = holders == null ? List.of() : List.copyOf(holders);
    waiters = waiters == null ? List.of() : List.copyOf(waiters);
  }

  /**
   * An owner that has it.
   *
   * @param session of the owner
   * @param owner within the session, null for the session itself
   * @param mode exclusive or shared
   * @param token under which it was granted
   * @param holds how often the owner has it
   * @param since when it was granted, in milliseconds since 1970
   */
  public record Holder(
      String session, String owner, String mode, long token, long holds, long since) {}

  /**
   * An owner that waits for it.
   *
   * @param session of the owner
   * @param owner within the session, null for the session itself
   * @param mode exclusive or shared
   * @param since when the wait began, in milliseconds since 1970
   */
  public record Waiter(String session, String owner, String mode, long since) {}
}
