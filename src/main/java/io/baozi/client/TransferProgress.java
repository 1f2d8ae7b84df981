package io.baozi.client;

/**
 * How far a transfer has come.
 *
 * @param done bytes; they may become fewer when a connection is cut
 * @param total bytes of the file; {@link #UNKNOWN} as long as the server has not said how many
 */
public record TransferProgress(long done, long total) {
  /** Nobody knows yet. */
  public static final long UNKNOWN = -1;
}
