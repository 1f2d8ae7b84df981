package io.baozi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A whole terminal to draw on, whose old contents and settings come back when it is closed. */
final class Screen implements AutoCloseable {
  private static final String ENTER = "\033[?1049h\033[?25l";
  private static final String LEAVE = "\033[?25h\033[?1049l";
  private static final String TOP_LEFT = "\033[H";
  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final Shell shell;
  private final CompletableFuture<Void> quit = new CompletableFuture<>();

  /** How the terminal was set; empty if it is left as it is. */
  private final Optional<String> settings;

  private Screen(Shell shell, Optional<String> settings) {
    this.shell = shell;
    this.settings = settings;
  }

  /** Takes the terminal. Where it cannot be told to, a key counts only once Enter follows it. */
  static Screen open(Shell shell) {
    Optional<String> settings = shell.isInteractive() ? Stty.run("-g") : Optional.empty();
    settings.ifPresent(before -> Stty.run("-icanon", "-echo", "min", "1", "time", "0"));
    Screen screen = new Screen(shell, settings);
    shell.out().control(ENTER);
    if (shell.isInteractive()) {
      Thread keys = new Thread(screen::awaitQuit, "keys");
      keys.setDaemon(true);
      keys.start();
    }
    return screen;
  }

  private void awaitQuit() {
    InputStream in = shell.in();
    try {
      int key = in.read();
      while (key >= 0 && key != 'q' && key != 'Q') {
        key = in.read();
      }
      if (key >= 0) {
        quit.complete(null);
      }
    } catch (IOException e) {
      return; // no keys, then
    }
  }

  /** Completes once somebody has pressed q. */
  CompletableFuture<Void> quit() {
    return quit;
  }

  ScreenSize size() {
    return ScreenSize.now(shell.environment());
  }

  /** Shows these lines, which fit. */
  void draw(List<String> lines) {
    String text = String.join(CLEAR_LINE + "\n", lines);
    shell.out().control(TOP_LEFT + text + CLEAR_LINE + CLEAR_BELOW);
  }

  @Override
  public void close() {
    try {
      shell.out().control(LEAVE);
    } finally {
      settings.ifPresent(Stty::run);
    }
  }
}
