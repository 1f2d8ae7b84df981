package io.baozi.cli;

import java.util.HashMap;
import java.util.Map;

/** How far a copy of several files is, shown as one bar. Safe for use by several threads. */
final class CopyBar {
  private final Bar bar;
  private final String title;
  private final long total;

  /** How many bytes are across of each file that is being copied. */
  private final Map<CopyStep, Long> positions = new HashMap<>();

  /** Bytes of these, and of the files that are done. */
  private long across;

  private boolean isBegun;

  /**
   * A bar that is not drawn before something moves.
   *
   * @param title a word or two
   * @param total bytes of all files, 0 if nobody knows
   */
  CopyBar(Bar bar, String title, long total) {
    this.bar = bar;
    this.title = title;
    this.total = total;
  }

  /** So many bytes of a file that is being copied are across. */
  synchronized void at(CopyStep step, long position) {
    Long before = positions.put(step, position);
    move(position - (before == null ? 0 : before));
  }

  /**
   * A file is being copied no more.
   *
   * @param length bytes of it that are where they were to go, 0 if it was not copied
   */
  synchronized void end(CopyStep step, long length) {
    Long before = positions.remove(step);
    move(length - (before == null ? 0 : before));
  }

  private void move(long bytes) {
    across += bytes;
    if (!isBegun && across > 0) {
      isBegun = true;
      bar.begin(title, across, total);
    }
    if (isBegun) {
      bar.moveTo(across);
    }
  }

  /** Makes room for a line on the terminal. */
  synchronized void clear() {
    bar.clear();
  }
}
