package io.baozi.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Walks the rows of the records beside the tree that was written, and makes the records of it. A
 * value that is wrong becomes a problem and the walk goes on; a record with a problem is null.
 */
final class Reader {
  private static final Node NOTHING = new Node(Map.of(), Source.DEFAULT);

  private final int javaVersion;
  private final List<Problem> problems;
  private final Shown shown;

  /** A value, and where it came from. */
  private record Found(Object value, Source source) {
    static Found byDefault(Row row) {
      return new Found(row.byDefault(), Source.DEFAULT);
    }
  }

  Reader(int javaVersion, List<Problem> problems, Shown shown) {
    this.javaVersion = javaVersion;
    this.problems = problems;
    this.shown = shown;
  }

  Config config(Node root) {
    return section(Config.class, root, "", Found::byDefault);
  }

  private <R extends Record> R section(
      Class<R> type, Node node, String path, Function<Row, Found> otherwise) {
    int before = problems.size();
    KnownKeys known = KnownKeys.of(type, path);
    known
        .unknownIn(node)
        .forEach(
            (key, sentence) ->
                refuse(node.members().get(key).source(), KnownKeys.join(path, key), sentence));
    Object[] values =
        Row.of(type).stream()
            .map(row -> value(row, node, KnownKeys.join(path, row.key()), otherwise))
            .toArray();
    return problems.size() > before ? null : record(type, values, node, path);
  }

  private <R extends Record> R record(Class<R> type, Object[] values, Node node, String path) {
    try {
      return Row.make(type, values);
    } catch (Refused refused) {
      refuse(node, path, refused);
      return null;
    }
  }

  private Object value(Row row, Node parent, String path, Function<Row, Found> otherwise) {
    Node node = parent.members().get(row.key());
    return switch (row.shape()) {
      case SETTING -> setting(row, node, parent, path, otherwise);
      case SECTION ->
          section(row.section(), object(row.section(), node, path), path, Found::byDefault);
      case NAMED_SECTIONS -> named(row, node, path);
      case LIST -> list(row, node, path);
    };
  }

  private Object setting(
      Row row, Node node, Node parent, String path, Function<Row, Found> otherwise) {
    if (node == null && row.rule().required()) {
      refuse(parent.source(), path, "is missing; it is required: " + row.rule().doc());
      return null;
    }
    Found found = node == null ? otherwise.apply(row) : read(row, node, path);
    shown.setting(row, path, node, found.value(), found.source());
    return found.value();
  }

  private Found read(Row row, Node node, String path) {
    if (node.below() != null) {
      read(row, node.below(), path);
    }
    Object value = null;
    try {
      value = row.read(node);
      Kind.of(row).checkJava(row, value, javaVersion);
    } catch (Refused refused) {
      refuse(node.source(), path, refused.getMessage());
    }
    return new Found(value, node.source());
  }

  private Map<String, Record> named(Row row, Node node, String path) {
    Node all = node == null ? NOTHING : checkedObject(node, path, "an object of objects, by name");
    var records = new LinkedHashMap<String, Record>();
    String defaultPath = KnownKeys.join(path, Config.DEFAULT);
    Node defaults = object(row.section(), all.members().get(Config.DEFAULT), defaultPath);
    records.put(Config.DEFAULT, section(row.section(), defaults, defaultPath, Found::byDefault));
    checkOthers(row.section(), defaults, Config.DEFAULT, defaultPath);
    Map<Row, Found> fallback = fallback(row, defaults, records.get(Config.DEFAULT));
    all.members()
        .forEach(
            (name, member) -> {
              if (!name.equals(Config.DEFAULT)) {
                String memberPath = KnownKeys.join(path, name);
                checkName(member, name, memberPath);
                records.put(name, named(row.section(), name, member, memberPath, fallback));
              }
            });
    return records;
  }

  private Record named(
      Class<? extends Record> type, String name, Node node, String path, Map<Row, Found> fallback) {
    Node object = object(type, node, path);
    checkOthers(type, object, name, path);
    return section(type, object, path, row -> otherwise(row, name, fallback.get(row)));
  }

  /** A section does not take from the default one what would lead back to itself. */
  private static Found otherwise(Row row, String name, Found found) {
    return row.rule().other() && name.equals(found.value()) ? Found.byDefault(row) : found;
  }

  /** Refuses a section that names itself where it may name another. */
  private void checkOthers(Class<? extends Record> type, Node object, String name, String path) {
    for (Row row : Row.of(type)) {
      Node written = object.members().get(row.key());
      if (row.rule().other() && written != null && name.equals(written.value())) {
        refuse(
            written.source(),
            KnownKeys.join(path, row.key()),
            written.shown()
                + " is its own name; allowed is the name of another, or to leave it out");
      }
    }
  }

  /** What a named section takes for what it leaves out: the values of the default one. */
  private static Map<Row, Found> fallback(Row row, Node defaults, Record record) {
    return Row.of(row.section()).stream()
        .collect(
            Collectors.toMap(
                inner -> inner,
                inner -> {
                  Node written = defaults.members().get(inner.key());
                  return record == null || written == null
                      ? Found.byDefault(inner)
                      : new Found(inner.valueIn(record), written.source());
                }));
  }

  private void checkName(Node member, String name, String path) {
    if (!Names.isName(name)) {
      refuse(
          member.source(), path, Spelling.of(name) + " is not a name; allowed is " + Names.ALLOWED);
    }
  }

  private List<Record> list(Row row, Node node, String path) {
    if (node != null && !node.isList()) {
      refuse(node.source(), path, node.shown() + " is not a list; allowed is a list of objects");
      return List.of();
    }
    List<Node> elements = node == null ? List.of() : node.elements();
    if (elements.isEmpty()) {
      shown.emptyList(path, node == null ? Source.DEFAULT : node.source());
    }
    var records = new ArrayList<Record>();
    for (Node element : elements) {
      records.add(element(row.section(), element, path + "[" + records.size() + "]"));
    }
    return records;
  }

  private <R extends Record> R element(Class<R> type, Node node, String path) {
    Node object = object(type, node, path);
    return node.isObject() ? section(type, object, path, Found::byDefault) : null;
  }

  /** The node of a section, or one with nothing in it if there is none or it is no object. */
  private Node object(Class<? extends Record> section, Node node, String path) {
    return node == null
        ? NOTHING
        : checkedObject(
            node, path, "an object with " + String.join(", ", KnownKeys.of(section, "").names()));
  }

  private Node checkedObject(Node node, String path, String allowed) {
    if (node.below() != null) {
      checkedObject(node.below(), path, allowed);
    }
    if (node.isObject()) {
      return node;
    }
    refuse(node.source(), path, node.shown() + " is not an object; allowed is " + allowed);
    return NOTHING;
  }

  /** Places a rule between keys at the first of them that was written. */
  private void refuse(Node node, String path, Refused refused) {
    for (String key : refused.keys()) {
      Node written = node.members().get(key);
      if (written != null) {
        refuse(written.source(), KnownKeys.join(path, key), refused.getMessage());
        return;
      }
    }
    refuse(node.source(), path, refused.getMessage());
  }

  private void refuse(Source source, String path, String sentence) {
    problems.add(new Problem(source.place(), Spelling.printable(path), sentence));
  }
}
