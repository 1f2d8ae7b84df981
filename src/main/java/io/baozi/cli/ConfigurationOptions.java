package io.baozi.cli;

import io.baozi.config.Config;
import io.baozi.config.Resolved;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file and the flags that a configuration comes from. */
final class ConfigurationOptions {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The configuration; without it, the defaults.")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting over the file's and the environment's; may be repeated.")
  private List<String> settings = new ArrayList<>();

  /** Reads the configuration; {@code more} flags go over all others. */
  Resolved load(Map<String, String> environment, String... more) {
    List<String> flags = new ArrayList<>(settings);
    flags.addAll(List.of(more));
    return Config.load(
        Optional.ofNullable(file).map(ConfigurationOptions::path),
        environment,
        flags,
        Runtime.version().feature());
  }

  static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw Failure.usage("no file can be called '" + file + "': " + e.getReason());
    }
  }
}
