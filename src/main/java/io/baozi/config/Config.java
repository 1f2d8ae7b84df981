package io.baozi.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration, checked. {@code queues} always holds {@code default}, the settings of
 * queues that are not named, and the queue that their dead go to, if there is one.
 */
public record Config(
    @Key(doc = "The TCP server.") Server server,
    @Key(doc = "The UDP server.") Udp udp,
    @Key(doc = "The data directory.") Data data,
    @Key(doc = "What outlives the server.") JournalSettings journal,
    @Key(doc = "Streamed files.") FileSettings files,
    @Key(doc = "Queues, by name.") Map<String, QueueSettings> queues,
    @Key(doc = "The event bus.") Bus bus,
    @Key(doc = "Verticles that fill queues.") List<ProducerSettings> producers,
    @Key(doc = "Verticles that empty queues.") List<ConsumerSettings> consumers,
    @Key(doc = "Other verticles to deploy.") List<VerticleSettings> verticles,
    @Key(doc = "The log.") Log log) {

  /** The name under {@code queues} whose settings hold for queues that are not named. */
  static final String DEFAULT = "default";

  /** Copies the map and the lists, and refuses a map without the default queue. */
  public Config {
    Row.check(
        Config.class,
        server,
        udp,
        data,
        journal,
        files,
        queues,
        bus,
        producers,
        consumers,
        verticles,
        log);
    if (!queues.containsKey(DEFAULT)) {
      throw new Refused("queues has no default", "queues");
    }
    queues.forEach((name, queue) -> queue.requireOther(name));
    queues = Collections.unmodifiableMap(withDeadLetters(queues));
    producers = List.copyOf(producers);
    consumers = List.copyOf(consumers);
    verticles = List.copyOf(verticles);
  }

  /** The queue that the dead of queues without a name go to is none of those: its own stay. */
  private static Map<String, QueueSettings> withDeadLetters(Map<String, QueueSettings> named) {
    var queues = new LinkedHashMap<>(named);
    QueueSettings defaults = queues.get(DEFAULT);
    if (defaults.deadLetter() != null) {
      queues.putIfAbsent(defaults.deadLetter(), defaults.withoutDeadLetter());
    }
    return queues;
  }

  /** What a server runs with when nothing is configured. */
  public static Config defaults() {
    return of(Map.of());
  }

  /**
   * The configuration of a program that embeds a server, from maps, lists, strings, numbers and
   * booleans shaped as in the file; durations and the words of enums may also be themselves.
   *
   * @throws ConfigException if any of it is wrong
   */
  public static Config of(Map<String, Object> settings) {
    var loading = new Loading(Runtime.version().feature());
    return loading.resolve(Node.of(settings, Source.GIVEN)).config();
  }

  /**
   * The configuration in a JSON text, shaped and commented as the file may be.
   *
   * @throws ConfigException if any of it is wrong
   */
  public static Config parse(String json) {
    var loading = new Loading(Runtime.version().feature());
    return loading.resolve(loading.parse(json)).config();
  }

  /**
   * Reads the configuration of a server: defaults, over them the file, over it the environment,
   * over it the flags.
   *
   * @param environment all variables; those whose names do not begin with {@code BAOZI_} are not
   *     looked at
   * @param flags {@code section.key=value}, the later over the earlier
   * @param javaVersion the feature release that the server runs on, such as 17
   * @throws ConfigException if any of it is wrong; it lists everything that is
   */
  public static Resolved load(
      Optional<Path> file, Map<String, String> environment, List<String> flags, int javaVersion) {
    var loading = new Loading(javaVersion);
    Node root = loading.file(file);
    loading.environment(root, environment);
    loading.flags(root, flags);
    return loading.resolve(root);
  }

  /** Every setting there is, in the order of the records. */
  public static List<Setting> describe() {
    return Setting.all();
  }
}
