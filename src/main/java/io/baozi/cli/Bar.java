package io.baozi.cli;

import io.baozi.data.Watcher;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far long work is, shown to whoever watches standard error; it is gone when the work is done.
 * Ends the work if the command is asked to end.
 */
final class Bar implements Watcher, AutoCloseable {
  private static final String CLEAR = "\r\033[K";
  private static final long SEVERAL = 10;
  private static final int EVERY_MILLIS = 200;

  private final Shell shell;
  private final boolean isShown;
  private ProgressBar bar; // null if nothing is shown

  private Bar(Shell shell, boolean isShown) {
    this.shell = shell;
    this.isShown = isShown;
  }

  /** One that is shown where standard error is a terminal. */
  static Bar of(Shell shell) {
    return new Bar(shell, shell.isWatched());
  }

  /** One for work that writes to standard output: not shown where that is a terminal too. */
  static Bar beside(Shell shell) {
    return new Bar(shell, shell.isWatched() && !shell.out().isTerminal());
  }

  @Override
  public void begin(String part, Unit unit, long steps) {
    close();
    if (isShown) {
      ProgressBarBuilder builder =
          new ProgressBarBuilder()
              .setTaskName(part)
              .setInitialMax(steps > 0 ? steps : -1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(EVERY_MILLIS)
              .setConsumer(
                  new Line(shell.err(), ScreenSize.now(shell.environment()).columns() - 1));
      if (unit == Unit.BYTES) {
        setUnit(builder, steps);
      }
      bar = builder.build();
    }
  }

  /** The largest of which there are several, so that one sees it move. */
  private static void setUnit(ProgressBarBuilder builder, long bytes) {
    if (bytes >= SEVERAL << 20 || bytes <= 0) {
      builder.setUnit(" MiB", 1 << 20);
    } else if (bytes >= SEVERAL << 10) {
      builder.setUnit(" KiB", 1 << 10);
    } else {
      builder.setUnit(" B", 1);
    }
  }

  @Override
  public void step(long steps) {
    if (shell.interruption().isRequested()) {
      throw Failure.interrupted("interrupted");
    }
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  /** Makes room for a line; if the work goes on, it is drawn again below. */
  void clear() {
    if (bar != null) {
      shell.err().print(CLEAR);
      shell.err().flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      clear(); // it may have drawn once more, for the first time even
      bar = null;
    }
  }

  /** The line of the terminal that it is drawn in, again and again. */
  private record Line(PrintStream err, int width) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return width;
    }

    @Override
    public void accept(String drawn) {
      err.print(CLEAR + drawn);
      err.flush();
    }

    @Override
    public void close() {} // the terminal stays open
  }
}
