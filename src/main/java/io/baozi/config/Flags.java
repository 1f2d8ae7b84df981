package io.baozi.config;

import java.util.List;
import java.util.Optional;

/** The layer of flags, each {@code section.key=value}. */
final class Flags {
  private final Node root;
  private final List<Problem> problems;

  Flags(Node root, List<Problem> problems) {
    this.root = root;
    this.problems = problems;
  }

  void apply(List<String> flags) {
    flags.forEach(this::apply);
  }

  private void apply(String flag) {
    int equals = flag.indexOf('=');
    if (equals < 1) {
      refuse("--set " + Spelling.printable(flag), "", "is not of the form section.key=value");
      return;
    }
    String key = flag.substring(0, equals);
    Source source = Source.flag(Spelling.printable(key));
    Optional<String> list = listAt(key);
    if (list.isPresent()) {
      refuse(source.name(), key, list.get() + " is a list, which only the file sets");
      return;
    }
    Layer.put(root, path(key), new Node(flag.substring(equals + 1), source));
  }

  /** The list that a key is or leads into, if it does. */
  private static Optional<String> listAt(String key) {
    return Environment.lists().stream()
        .filter(
            list -> key.equals(list) || key.startsWith(list + "[") || key.startsWith(list + "."))
        .findFirst();
  }

  /** The key's parts; the name of a queue may itself hold dots. */
  private static List<String> path(String key) {
    int first = key.indexOf('.');
    int last = key.lastIndexOf('.');
    if (key.startsWith("queues.") && first < last) {
      return List.of("queues", key.substring(first + 1, last), key.substring(last + 1));
    }
    return List.of(key.split("\\.", -1));
  }

  private void refuse(String source, String key, String sentence) {
    problems.add(new Problem(source, Spelling.printable(key), sentence));
  }
}
