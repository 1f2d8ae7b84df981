package io.baozi.cli;

/** How far a copy of several files is, shown as one bar. Used by one thread. */
final class CopyBar {
  private final Bar bar;
  private final String title;
  private final long total;

  /** Bytes of the files that are done. */
  private long done;

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

  /** So many bytes of the file that is being copied are across. */
  void at(long position) {
    if (!isBegun && position > 0) {
      isBegun = true;
      bar.begin(title, done + position, total);
    }
    if (isBegun) {
      bar.moveTo(done + position);
    }
  }

  /** The file that was being copied is done. */
  void done(long length) {
    done += length;
  }
}
