package io.baozi.cli;

import io.vertx.core.internal.VertxInternal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What this is and what it runs on. */
@Command(
    name = "version",
    description = "Print the versions of Baozi, Java and Vert.x, and the platform.",
    footer = {"", "Examples:", "  baozi version --output json", "  baozi --version"})
final class VersionCommand implements Callable<Integer> {
  private final Shell shell;
  private final String version;

  @Mixin private CommonOptions common;

  VersionCommand(Shell shell, String version) {
    this.shell = shell;
    this.version = version;
  }

  @Override
  public Integer call() {
    return print(common);
  }

  /** Prints as these options have it; gives the exit code. */
  int print(CommonOptions common) {
    shell.out().line(common.isJson() ? json() : text());
    return Exit.OK;
  }

  private String text() {
    return "baozi %s, Java %s, Vert.x %s, %s %s"
        .formatted(version, java(), VertxInternal.version(), os(), System.getProperty("os.arch"));
  }

  private JsonLine json() {
    return new JsonLine()
        .with("baozi", version)
        .with("java", java())
        .with("vertx", VertxInternal.version())
        .with("os", os())
        .with("arch", System.getProperty("os.arch"));
  }

  private static String java() {
    return System.getProperty("java.version");
  }

  private static String os() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT);
  }
}
