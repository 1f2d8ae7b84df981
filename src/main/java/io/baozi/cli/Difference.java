package io.baozi.cli;

import io.baozi.config.Config;
import io.baozi.config.Effective;
import io.baozi.config.Resolved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a configuration sets to something else than the default. */
final class Difference {
  private final Map<String, String> defaults =
      Config.load(Optional.empty(), Map.of(), List.of(), Runtime.version().feature())
          .settings()
          .stream()
          .collect(Collectors.toMap(Effective::key, Effective::value));

  List<Effective> of(Resolved configuration) {
    return configuration.settings().stream().filter(this::differs).toList();
  }

  private boolean differs(Effective setting) {
    return !setting.source().equals("default")
        && !setting.value().equals(defaults.get(setting.key()));
  }
}
