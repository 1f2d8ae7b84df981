package io.baozi.cli;

import io.baozi.config.Config;
import io.baozi.config.ConfigException;
import io.baozi.config.Resolved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a file is a configuration to run with. */
@Command(
    name = "check",
    description = "Check a configuration file, and name everything that is wrong in it.",
    footer = {
      "",
      "The file alone is checked, whatever the environment sets. Exits with 1 if it is wrong.",
      "",
      "Example:",
      "  baozi config check conf/baozi.json"
    })
final class CheckCommand implements Callable<Integer> {
  private final Shell shell;
  private final Serving serving;

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "The configuration.")
  private String file;

  CheckCommand(Shell shell, Serving serving) {
    this.shell = shell;
    this.serving = serving;
  }

  @Override
  public Integer call() {
    try {
      Resolved resolved = load();
      serving.check(resolved);
      say(new Difference().of(resolved).size());
      return Exit.OK;
    } catch (ConfigException e) {
      throw new Failure("config", e.getMessage(), Exit.FAILED, e);
    } catch (IllegalArgumentException e) {
      throw new Failure("config", file + ": " + e.getMessage(), Exit.FAILED, e);
    }
  }

  private Resolved load() {
    return Config.load(
        Optional.of(ConfigurationOptions.path(file)),
        Map.of(),
        List.of(),
        Runtime.version().feature());
  }

  private void say(int different) {
    if (common.isJson()) {
      shell.out().line(new JsonLine().with("file", file).with("different", different));
    } else {
      String differ =
          switch (different) {
            case 0 -> "no setting differs";
            case 1 -> "1 setting differs";
            default -> different + " settings differ";
          };
      shell.out().line(file + ": ok, " + differ + " from the defaults");
    }
  }
}
