package io.baozi.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baozi.config.Effective;
import io.baozi.config.Resolved;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The configuration in force. */
@Command(
    name = "show",
    description = "Show every setting in force and where its value comes from.",
    footer = {
      "",
      "What a server would run with: the file, over it the environment (BAOZI_SERVER_PORT), over",
      "it --set. Secrets are masked.",
      "",
      "Examples:",
      "  baozi config show",
      "  BAOZI_SERVER_PORT=7000 baozi config show conf/baozi.json --changed"
    })
final class ShowCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common;
  @Mixin private ConfigurationOptions configuration;

  @Option(names = "--changed", description = "Only what differs from the defaults.")
  private boolean isChanged;

  ShowCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Resolved resolved = configuration.load(shell.environment());
    List<Effective> shown = isChanged ? new Difference().of(resolved) : resolved.settings();
    if (common.isJson()) {
      shown.forEach(setting -> shell.out().line(json(setting)));
    } else {
      table(shown);
    }
    return Exit.OK;
  }

  private void table(List<Effective> settings) {
    String row =
        "%-"
            + width(settings, Effective::key)
            + "s  %-"
            + width(settings, Effective::value)
            + "s  %s";
    settings.forEach(
        setting ->
            shell.out().line(row.formatted(setting.key(), setting.value(), setting.source())));
  }

  private static int width(List<Effective> settings, Function<Effective, String> column) {
    return settings.stream().mapToInt(s -> column.apply(s).length()).max().orElse(1);
  }

  private static JsonLine json(Effective setting) {
    return new JsonLine()
        .with("key", setting.key())
        .with("value", value(setting.value()))
        .with("source", setting.source());
  }

  /** A value is spelt as JSON, but for that which is none. */
  private static Object value(String spelt) {
    try {
      return JsonLine.read(spelt);
    } catch (JsonProcessingException e) {
      return spelt.equals("none") ? null : spelt;
    }
  }
}
