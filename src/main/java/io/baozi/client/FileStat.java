package io.baozi.client;

/**
 * What the server has under a name: a file, the beginning of one, or both.
 *
 * @param name on the server
 * @param length in bytes; null if there is no whole file
 * @param sha256 of the whole, in lower-case hexadecimal; null if there is no whole file
 * @param modified when it appeared there, in milliseconds since 1970; null if there is no whole
 *     file
 * @param received bytes of an upload that was cut short and may go on; null if there is none
 */
public record FileStat(String name, Long length, String sha256, Long modified, Long received) {
  /** Whether a whole file is there. */
  public boolean isWhole() {
    return length != null;
  }
}
