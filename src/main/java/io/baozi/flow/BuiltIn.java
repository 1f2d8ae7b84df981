package io.baozi.flow;

import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The verticles that come along, a row each: what the configuration calls it and what it is. */
@SuppressWarnings("ImmutableEnumChecker") // Method references, which hold nothing.
public enum BuiltIn {
  /** Puts a message at a rate. */
  TICKER(Kind.PRODUCER, "ticker", Ticker::new, Ticker.Settings::from),
  /** Puts the lines of a file. */
  LINES(Kind.PRODUCER, "lines", LinesProducer::new, LinesProducer.Settings::from),
  /** Puts the datagrams that reach a port. */
  UDP(Kind.PRODUCER, "udp", UdpProducer::new, UdpProducer.Settings::from),
  /** Writes messages to the log. */
  LOG(Kind.CONSUMER, "log", LogConsumer::new, LogConsumer.Settings::from),
  /** Appends messages to a file. */
  APPEND(Kind.CONSUMER, "append", AppendConsumer::new, AppendConsumer.Settings::from),
  /** Runs a command for each message. */
  COMMAND(Kind.CONSUMER, "command", CommandConsumer::new, CommandConsumer.Settings::from),
  /** Says in the log how a queue fares. */
  REPORT(Kind.VERTICLE, "report", Report::new, Report.Settings::from);

  private final Kind kind;
  private final String type;
  private final Supplier<? extends VerticleBase> verticle;
  private final BiConsumer<String, JsonObject> settings;

  BuiltIn(
      Kind kind,
      String type,
      Supplier<? extends VerticleBase> verticle,
      BiConsumer<String, JsonObject> settings) {
    this.kind = kind;
    this.type = type;
    this.verticle = verticle;
    this.settings = settings;
  }

  /**
   * The one of a kind that the configuration calls so.
   *
   * @throws IllegalArgumentException if there is none; it names those there are
   */
  public static BuiltIn of(Kind kind, String type) {
    return all(kind)
        .filter(row -> row.type.equals(type))
        .findFirst()
        .orElseThrow(() -> none(kind, type));
  }

  private static IllegalArgumentException none(Kind kind, String type) {
    List<String> types = types(kind);
    return new IllegalArgumentException(
        kind.section()
            + ": type "
            + type
            + " is unknown"
            + Nearest.to(type, types).map(near -> ", did you mean " + near + '?').orElse("")
            + "; allowed are "
            + String.join(", ", types));
  }

  private static Stream<BuiltIn> all(Kind kind) {
    return Stream.of(values()).filter(row -> row.kind == kind);
  }

  /** What the configuration calls those of a kind. */
  public static List<String> types(Kind kind) {
    return all(kind).map(BuiltIn::type).toList();
  }

  /** Its kind. */
  public Kind kind() {
    return kind;
  }

  /** What the configuration calls it. */
  public String type() {
    return type;
  }

  /** A new instance, to be deployed with {@link FlowSettings#with}. */
  public VerticleBase create() {
    return verticle.get();
  }

  /**
   * Checks settings without deploying anything.
   *
   * @param name of the one that has them, for the error
   * @param config its own settings
   * @throws IllegalArgumentException if a key is unknown, missing, of the wrong type or out of
   *     range; it names the key, its value and what is allowed
   */
  public void check(String name, JsonObject config) {
    settings.accept(kind.place(name), config);
  }
}
