package io.baozi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One reading of a configuration: its layers in order, and the problems met on the way. */
final class Loading {
  private final int javaVersion;
  private final List<Problem> problems = new ArrayList<>();

  Loading(int javaVersion) {
    this.javaVersion = javaVersion;
  }

  /** The tree of a file, empty without one. A file that is not JSON ends the reading here. */
  Node file(Optional<Path> file) {
    return file.map(path -> new ConfigFile(path).read(problems))
        .orElseGet(() -> new Node(new LinkedHashMap<String, Node>(), Source.DEFAULT));
  }

  Node parse(String json) {
    return new JsonText(Source.GIVEN.name(), json, problems).root();
  }

  void environment(Node root, Map<String, String> variables) {
    new Environment(root, problems).apply(variables);
  }

  void flags(Node root, List<String> flags) {
    new Flags(root, problems).apply(flags);
  }

  /** Reads the tree into records, or refuses with every problem of every layer. */
  Resolved resolve(Node root) {
    var shown = new Shown();
    Config config = new Reader(javaVersion, problems, shown).config(root);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Resolved(config, shown.settings());
  }
}
