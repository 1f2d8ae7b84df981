package io.baozi.cli;

import io.baozi.data.Watcher;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far long work has come, on a line of the terminal that is empty again afterwards. */
final class Bar implements Watcher, AutoCloseable {
  private static final int REDRAWN_EVERY_MILLIS = 200;
  private static final int WIDTH = 79;

  /** A terminal's line, without the library's own look for terminals, which takes jline. */
  private record Line(PrintStream err) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String text) {
      err.print("\r" + text);
      err.flush();
    }

    @Override
    public void clear() {
      err.print("\r\u001b[K");
      err.flush();
    }

    @Override
    public void close() {}
  }

  private final PrintStream err;
  private ProgressBar bar;

  private Bar(PrintStream err) {
    this.err = err;
  }

  /** One that nobody sees if standard error is no terminal. */
  static Bar of(Shell shell) {
    return new Bar(shell.isWatched() ? shell.err() : null);
  }

  @Override
  public void begin(String what, String unit, long total) {
    end();
    if (err != null) {
      boolean isBytes = unit.equals(" bytes");
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total > 0 ? total : -1)
              .setUnit(isBytes ? " MiB" : "", isBytes ? 1 << 20 : 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAWN_EVERY_MILLIS)
              .setConsumer(new Line(err))
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void step(long more) {
    if (bar != null) {
      bar.stepBy(more);
    }
  }

  /** Makes the line empty, for something else to be said; the bar comes again behind it. */
  void clear() {
    if (bar != null) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  @Override
  public void close() {
    end();
  }

  /** It is over: the line is empty again. */
  void end() {
    if (bar != null) {
      bar.close();
      bar = null;
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
