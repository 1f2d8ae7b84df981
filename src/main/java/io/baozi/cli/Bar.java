package io.baozi.cli;

import io.baozi.data.Watcher;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
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

  /** One that is shown or not. */
  static Bar of(Shell shell, boolean isShown) {
    return new Bar(shell, isShown);
  }

  /** One for work that writes to standard output: not shown where that is a terminal too. */
  static Bar beside(Shell shell) {
    return new Bar(shell, shell.isWatched() && !shell.out().isTerminal());
  }

  @Override
  public void begin(String part, Unit unit, long steps) {
    begin(part, unit, 0, steps);
  }

  /** Begins a part that counts bytes, some of which were done before. */
  void begin(String part, long from, long bytes) {
    begin(part, Unit.BYTES, from, bytes);
  }

  private void begin(String part, Unit unit, long from, long steps) {
    close();
    if (isShown) {
      ProgressBarBuilder builder =
          new ProgressBarBuilder()
              .setTaskName(part)
              .setInitialMax(steps > 0 ? steps : -1)
              .startsFrom(from, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(EVERY_MILLIS)
              .setConsumer(
                  new Line(shell.err(), ScreenSize.now(shell.environment()).columns() - 1));
      if (unit == Unit.BYTES) {
        setUnit(builder, steps);
        builder.showSpeed(rate());
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

  private static DecimalFormat rate() {
    return new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  /** So many steps are done; they may become fewer. */
  void moveTo(long steps) {
    if (bar != null) {
      bar.stepTo(steps);
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
