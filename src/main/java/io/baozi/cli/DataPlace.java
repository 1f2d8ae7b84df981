package io.baozi.cli;

import java.nio.file.Path;
import java.util.Map;

/** Which data directory is meant: what the command line names, else the environment, else data. */
final class DataPlace {
  private static final String DEFAULT = "data";

  private DataPlace() {}

  /**
   * The directory.
   *
   * @param named on the command line, null if none is
   */
  static Path of(String named, Map<String, String> environment) {
    return ConfigurationOptions.path(
        named == null
            ? new Variables(environment)
                .find("DATA", "DIR")
                .map(Variables.Variable::value)
                .orElse(DEFAULT)
            : named);
  }
}
