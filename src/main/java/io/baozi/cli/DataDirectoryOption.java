package io.baozi.cli;

import io.baozi.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which data directory is meant: the one that is given, else the configuration's. */
final class DataDirectoryOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration whose data.dir is meant; without it, the defaults.")
  private String file;

  /**
   * The directory.
   *
   * @param given on the command line, null if it is not
   */
  Path path(String given, Map<String, String> environment) {
    if (given == null) {
      return Path.of(configured(environment));
    }
    if (file != null) {
      throw Failure.usage("a directory and --config are given; one of them says it");
    }
    Path path = ConfigurationOptions.path(given);
    if (Files.isRegularFile(path)) {
      throw Failure.usage(
          given + " is a file, not a data directory; a configuration is given by --config");
    }
    return path;
  }

  private String configured(Map<String, String> environment) {
    return Config.load(
            Optional.ofNullable(file).map(ConfigurationOptions::path),
            environment,
            List.of(),
            Runtime.version().feature())
        .config()
        .data()
        .dir();
  }
}
