package io.baozi.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The layer of environment variables. {@code server.maxHeader} is {@code BAOZI_SERVER_MAX_HEADER}:
 * underscores within a word's parts may be left out, and case does not matter. A queue can be named
 * by a variable if it is {@code default} or the file names it too.
 */
final class Environment {
  private static final String PREFIX = "BAOZI_";

  /** What Kubernetes sets in every pod beside a service that is called baozi. */
  private static final Pattern KUBERNETES =
      Pattern.compile(
          "BAOZI_SERVICE_(HOST|PORT(_\\w+)?)=.*"
              + "|BAOZI_PORT(_\\d+_(TCP|UDP|SCTP))?=(tcp|udp|sctp)://.*"
              + "|BAOZI_PORT_\\d+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)=.*");

  /** What {@code baozi} sets for its commands, which may want a server of their own. */
  private static final Set<String> OF_COMMANDS =
      Set.of(
          "BAOZI_QUEUE",
          "BAOZI_MSG",
          "BAOZI_ATTEMPT",
          "BAOZI_HEADERS",
          "BAOZI_LOCK",
          "BAOZI_TOKEN",
          "BAOZI_SEMAPHORE",
          "BAOZI_PERMITS");

  private final Node root;
  private final List<Problem> problems;
  private final Map<List<String>, String> setBy = new HashMap<>();

  Environment(Node root, List<Problem> problems) {
    this.root = root;
    this.problems = problems;
  }

  void apply(Map<String, String> variables) {
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              if (isOurs(name, value)) {
                apply(name, value);
              }
            });
  }

  private static boolean isOurs(String name, String value) {
    return name.toUpperCase(Locale.ROOT).startsWith(PREFIX)
        && !OF_COMMANDS.contains(name)
        && !KUBERNETES.matcher(name + "=" + value).matches();
  }

  private void apply(String variable, String value) {
    List<List<String>> keys =
        keys().filter(key -> pattern(key).matcher(variable).matches()).toList();
    if (keys.size() == 1) {
      set(keys.get(0), variable, value);
    } else {
      refuse(variable, keys.isEmpty() ? unknown(variable) : ambiguous(keys));
    }
  }

  private void set(List<String> key, String variable, String value) {
    String other = setBy.put(key, variable);
    if (other != null) {
      refuse(variable, "sets " + String.join(".", key) + ", which " + other + " sets too");
    }
    Layer.put(root, key, new Node(value, Source.variable(variable)));
  }

  private String unknown(String variable) {
    String upper = variable.toUpperCase(Locale.ROOT);
    return lists().stream()
        .filter(list -> (upper + "_").startsWith(spelling(List.of(list.split("\\."))) + "_"))
        .map(list -> list + " is a list, which only the file sets")
        .findFirst()
        .orElseGet(() -> "unknown variable" + didYouMean(variable));
  }

  private String didYouMean(String variable) {
    return Nearest.to(variable, keys().map(Environment::spelling).toList())
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("; a variable is BAOZI_SECTION_KEY, such as BAOZI_SERVER_PORT");
  }

  private static String ambiguous(List<List<String>> keys) {
    return "may mean "
        + String.join(" or ", keys.stream().map(key -> String.join(".", key)).toList());
  }

  /** The lists, which only the file can set. */
  static Set<String> lists() {
    var lists = new TreeSet<String>();
    Setting.all().stream()
        .filter(Setting::isInList)
        .forEach(setting -> lists.add(setting.key().substring(0, setting.key().indexOf('['))));
    return lists;
  }

  /** The path of every setting that is in no list, for every queue that is named. */
  private Stream<List<String>> keys() {
    return Setting.all().stream()
        .filter(setting -> !setting.isInList())
        .map(setting -> List.of(setting.key().split("\\.")))
        .flatMap(
            key ->
                key.contains("<name>")
                    ? queues().stream().map(queue -> List.of(key.get(0), queue, key.get(2)))
                    : Stream.of(key));
  }

  private Set<String> queues() {
    var names = new TreeSet<>(Set.of(Config.DEFAULT));
    Node queues = root.members().get("queues");
    if (queues != null && queues.isObject()) {
      names.addAll(queues.members().keySet());
    }
    return names;
  }

  /** The variable's full spelling. */
  private static String spelling(List<String> key) {
    return PREFIX + String.join("_", key.stream().map(part -> words(part, "_")).toList());
  }

  private static Pattern pattern(List<String> key) {
    String words = String.join("_", key.stream().map(part -> words(part, "_?")).toList());
    return Pattern.compile(PREFIX + words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** The words of {@code maxHeader} or {@code max-header} in upper case, joined. */
  private static String words(String part, String between) {
    return part.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .replaceAll("[^\\p{L}\\p{N}]+", between)
        .toUpperCase(Locale.ROOT);
  }

  private void refuse(String variable, String sentence) {
    problems.add(new Problem(Spelling.printable(variable), "", sentence));
  }
}
