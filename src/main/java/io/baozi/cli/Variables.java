package io.baozi.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment's variables that set the server up, of which a command wants some: spelt as the
 * server takes them, in any case and with or without the underscores inside a key.
 */
final class Variables {
  /**
   * A variable that is set.
   *
   * @param name as it is spelt
   */
  record Variable(String name, String value) {}

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = new TreeMap<>(environment);
  }

  /**
   * The variable of a setting.
   *
   * @param section for example SERVER
   * @param words of the key, for example BYTE and ORDER
   */
  Optional<Variable> find(String section, String... words) {
    Pattern spelling =
        Pattern.compile(
            "BAOZI_" + section + "_" + String.join("_?", words), Pattern.CASE_INSENSITIVE);
    return environment.entrySet().stream()
        .filter(variable -> spelling.matcher(variable.getKey()).matches())
        .map(variable -> new Variable(variable.getKey(), variable.getValue()))
        .findFirst();
  }
}
