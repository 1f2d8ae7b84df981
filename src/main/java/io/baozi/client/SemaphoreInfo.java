package io.baozi.client;

import java.util.List;

/**
 * Who has a semaphore's permits and who waits for some, at one moment.
 *
 * @param semaphore its name
 * @param limit how many permits there are
 * @param available how many of them nobody has
 * @param holders in the order in which they got them
 * @param waiters in the order in which they get them
 * @param holding how many holders there are
 * @param waiting how many waiters there are
 * @param more whether there are holders or waiters that an answer had no room for
 */
public record SemaphoreInfo(
    String semaphore,
    long limit,
    long available,
    List<Owner> holders,
    List<Owner> waiters,
    long holding,
    long waiting,
    boolean more) {

  public SemaphoreInfo {
    holders = holders == null ? List.of() : List.copyOf(holders);
    waiters = waiters == null ? List.of() : List.copyOf(waiters);
  }

  /**
   * Who has permits, or waits for them.
   *
   * @param session of the owner
   * @param owner within the session, null for the session itself
   * @param permits how many
   * @param since when they were granted, or the wait began, in milliseconds since 1970
   */
  public record Owner(String session, String owner, long permits, long since) {}
}
