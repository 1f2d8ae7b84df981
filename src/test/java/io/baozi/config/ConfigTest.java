package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path dir;

  private static final QueueSettings DEFAULTS =
      new QueueSettings(
          QueueOrder.FIFO,
          10000,
          0,
          true,
          Duration.ofMinutes(1),
          0,
          Duration.ZERO,
          Duration.ZERO,
          null,
          Duration.ofMinutes(2));

  private Path file(String json) throws IOException {
    return Files.writeString(dir.resolve("baozi.json"), json);
  }

  private static String source(Resolved resolved, String key) {
    return effective(resolved, key).source();
  }

  private static Effective effective(Resolved resolved, String key) {
    return resolved.settings().stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
  }

  @Test
  void defaults_nothingConfigured_areTheDocumentedOnes() {
    Duration off = Duration.ZERO;
    Duration tenSeconds = Duration.ofSeconds(10);
    Duration halfMinute = Duration.ofSeconds(30);
    assertThat(Config.defaults())
        .isEqualTo(
            new Config(
                new Server(
                    "127.0.0.1",
                    7654,
                    1,
                    Transport.AUTO,
                    ByteOrder.BIG,
                    65536,
                    1 << 20,
                    16384,
                    16384,
                    16 << 20,
                    0,
                    tenSeconds,
                    halfMinute,
                    off,
                    halfMinute,
                    tenSeconds),
                new Udp(true, "127.0.0.1", 7654, null),
                new Data("data"),
                new JournalSettings(
                    true, Sync.ALWAYS, Duration.ofMillis(100), 64 << 20, 0, 128 << 20),
                new FileSettings(null, 0, 0, 64 << 20, Duration.ofDays(7)),
                Map.of("default", DEFAULTS),
                new Bus("baozi", List.of()),
                List.of(),
                List.of(),
                List.of(),
                new Log(Level.INFO)));
  }

  @Test
  void parse_everythingSet_fillsTheRecords() {
    Config config =
        Config.parse(
            """
            {
              "server": {"transport": "nio", "byteOrder": "little", "maxHeader": "1KiB"},
              "udp": {"queue": "datagrams"},
              "bus": {"address": "b1", "permitted": [{"address": "a"}, {"address": "b", "direction": "out"}]},
              "producers": [
                {"type": "ticks", "queue": "q", "config": {"every": 5, "none": null}},
                {"type": "t", "queue": "q", "priority": -3, "delay": "1s", "ttl": 500,
                 "headers": {"from": "oven 7"}}],
              "consumers": [{"class": "x.Y", "name": "eater", "queue": "q", "instances": 2,
                             "threading": "worker", "concurrency": 3, "ttr": "10s"}],
              "verticles": [{"class": "x.Z"}],
              "log": {"level": "debug"}
            }
            """);
    assertThat(config.server().transport()).isEqualTo(Transport.NIO);
    assertThat(config.server().byteOrder()).isEqualTo(ByteOrder.LITTLE);
    assertThat(config.server().maxHeader()).isEqualTo(1024);
    assertThat(config.udp().queue()).isEqualTo("datagrams");
    assertThat(config.bus().address()).isEqualTo("b1");
    assertThat(config.bus().permitted())
        .containsExactly(new Permission("a", Direction.BOTH), new Permission("b", Direction.OUT));
    assertThat(config.producers().get(0).type()).isEqualTo("ticks");
    assertThat(config.producers().get(0).config()).containsEntry("every", 5).containsKey("none");
    assertThat(config.producers().get(0).ttl()).isNull();
    assertThat(config.producers().get(1))
        .isEqualTo(
            new ProducerSettings(
                "t",
                null,
                null,
                "q",
                1,
                Threading.EVENT_LOOP,
                Map.of(),
                -3,
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Map.of("from", "oven 7")));
    assertThat(config.consumers())
        .containsExactly(
            new ConsumerSettings(
                null,
                "x.Y",
                "eater",
                "q",
                2,
                Threading.WORKER,
                Map.of(),
                3,
                Duration.ofSeconds(10)));
    assertThat(config.verticles())
        .containsExactly(
            new VerticleSettings(null, "x.Z", null, 1, Threading.EVENT_LOOP, Map.of()));
    assertThat(config.log().level()).isEqualTo(Level.DEBUG);
  }

  @Test
  void of_plainMap_isReadAsTheFileWouldBe() {
    Config config = Config.of(Map.of("server", Map.of("port", 0, "bodyTimeout", "5s")));
    assertThat(config.server().port()).isZero();
    assertThat(config.server().bodyTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void of_durationAndEnum_areTakenAsTheyAre() {
    Map<String, Object> settings =
        Map.of("bodyTimeout", Duration.ofSeconds(5), "transport", Transport.NIO);
    Server server = Config.of(Map.of("server", settings)).server();
    assertThat(server.bodyTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(server.transport()).isEqualTo(Transport.NIO);
  }

  @Test
  void load_noFile_servesDefaults() {
    Resolved resolved = Config.load(Optional.empty(), Map.of("PATH", "/bin"), List.of(), 17);
    assertThat(resolved.config()).isEqualTo(Config.defaults());
    assertThat(resolved.settings())
        .allMatch(setting -> setting.source().equals("default"))
        .contains(
            new Effective("server.host", "\"127.0.0.1\"", "default"),
            new Effective("server.port", "7654", "default"),
            new Effective("server.maxMessage", "\"1MiB\"", "default"),
            new Effective("server.headerTimeout", "\"10s\"", "default"),
            new Effective("udp.queue", "none", "default"),
            new Effective("queues.default.capacity", "10000", "default"),
            new Effective("producers", "[]", "default"));
  }

  @Test
  void load_everyLayer_theHigherWins() throws IOException {
    Path file =
        file(
            """
            {
              "server": {
                "port": 1, "loops": 2,
                "maxInFlight": 3
              }
            }
            """);
    Resolved resolved =
        Config.load(
            Optional.of(file),
            Map.of("BAOZI_SERVER_LOOPS", "4", "BAOZI_SERVER_MAX_IN_FLIGHT", "5"),
            List.of("server.maxInFlight=6", "log.level=warn", "server.maxInFlight=7"),
            17);
    Server server = resolved.config().server();
    assertThat(server.port()).isEqualTo(1);
    assertThat(server.loops()).isEqualTo(4);
    assertThat(server.maxInFlight()).isEqualTo(7);
    assertThat(resolved.config().log().level()).isEqualTo(Level.WARN);
    assertThat(source(resolved, "server.host")).isEqualTo("default");
    assertThat(source(resolved, "server.port")).isEqualTo(file + ":3");
    assertThat(source(resolved, "server.loops")).isEqualTo("BAOZI_SERVER_LOOPS");
    assertThat(source(resolved, "server.maxInFlight")).isEqualTo("--set server.maxInFlight");
  }

  @Test
  void queues_namedOne_takesFromDefaultWhatItLeavesOut() throws IOException {
    Path file =
        file(
            """
            {"queues": {
              "orders": {"ttr": "5s"},
              "default": {"capacity": 7}}}
            """);
    Resolved resolved = Config.load(Optional.of(file), Map.of(), List.of(), 17);
    assertThat(resolved.config().queues())
        .containsOnlyKeys("default", "orders")
        .allSatisfy((name, queue) -> assertThat(queue.capacity()).isEqualTo(7));
    assertThat(resolved.config().queues().get("default").ttr()).hasMinutes(1);
    assertThat(resolved.config().queues().get("orders").ttr()).hasSeconds(5);
    assertThat(source(resolved, "queues.orders.capacity")).isEqualTo(file + ":3");
    assertThat(source(resolved, "queues.orders.ttr")).isEqualTo(file + ":2");
  }

  @Test
  void queues_everythingSet_isInTheRecord() {
    Config config =
        Config.parse(
            """
            {"queues": {"orders": {
              "order": "priority", "capacity": 5, "maxBytes": "10MiB", "durable": false, "ttr": "5s",
              "attempts": 3, "backoff": "1s", "ttl": "1h", "deadLetter": "bin", "dedup": "5m"}}}
            """);
    assertThat(config.queues().get("orders"))
        .isEqualTo(
            new QueueSettings(
                QueueOrder.PRIORITY,
                5,
                10 << 20,
                false,
                Duration.ofSeconds(5),
                3,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                "bin",
                Duration.ofMinutes(5)));
    assertThat(config.queues().get("default")).isEqualTo(DEFAULTS);
  }

  @Test
  void queues_atTheEndsOfTheirRanges_areThoseThatRequestsMayName() {
    Config config =
        Config.parse(
            """
            {"queues": {
              "most": {"capacity": 100000000, "ttr": "7d", "attempts": 1000000, "backoff": "1h",
                       "ttl": "365d", "dedup": "7d"},
              "least": {"capacity": 1, "ttr": 1, "attempts": 0, "backoff": 0, "ttl": 0, "dedup": 0}}}
            """);
    assertThat(config.queues()).containsKeys("most", "least");
  }

  @Test
  void deadLetter_ofTheDefault_isNotThatOfItsOwnQueue() throws IOException {
    Path file =
        file(
            """
            {"queues": {
              "default": {"deadLetter": "bin", "attempts": 3},
              "orders": {},
              "bin": {"capacity": 7}}}
            """);
    Resolved resolved = Config.load(Optional.of(file), Map.of(), List.of(), 17);
    assertThat(resolved.config().queues().get("orders").deadLetter()).isEqualTo("bin");
    assertThat(resolved.config().queues().get("bin").deadLetter()).isNull();
    assertThat(resolved.config().queues().get("bin").attempts()).isEqualTo(3);
    assertThat(resolved.settings())
        .contains(
            new Effective("queues.orders.deadLetter", "\"bin\"", file + ":2"),
            new Effective("queues.bin.deadLetter", "none", "default"));
  }

  @Test
  void deadLetter_ofTheDefaultNamedNowhere_isAQueueThatKeepsItsDead() {
    Config config =
        Config.parse("{\"queues\": {\"default\": {\"deadLetter\": \"bin\", \"attempts\": 3}}}");
    assertThat(config.queues()).containsOnlyKeys("default", "bin");
    assertThat(config.queues().get("bin").deadLetter()).isNull();
    assertThat(config.queues().get("bin").attempts()).isEqualTo(3);
  }

  @Test
  void queues_nameWithDots_isReachedByAFlag() {
    Resolved resolved =
        Config.load(Optional.empty(), Map.of(), List.of("queues.a.b.capacity=5"), 17);
    assertThat(resolved.config().queues().get("a.b").capacity()).isEqualTo(5);
  }

  @Test
  void flag_valueWithEqualsSign_isKeptWhole() {
    Resolved resolved = Config.load(Optional.empty(), Map.of(), List.of("udp.queue=a=b"), 17);
    assertThat(resolved.config().udp().queue()).isEqualTo("a=b");
  }

  @Test
  void settings_secretsInAnyDepth_areMasked() throws IOException {
    Path file =
        file(
            """
            {"verticles": [{"type": "t", "config": {
              "url": "x", "dbPassword": "hunter2", "apiKey": "hunter2",
              "in": {"authToken": {"a": "hunter2"}, "list": [{"secret": "hunter2", "n": 1}]}}}]}
            """);
    Resolved resolved = Config.load(Optional.of(file), Map.of(), List.of(), 17);
    assertThat(resolved.settings())
        .contains(
            new Effective("verticles[0].config.url", "\"x\"", file + ":2"),
            new Effective("verticles[0].config.dbPassword", "\"***\"", file + ":2"),
            new Effective("verticles[0].config.apiKey", "\"***\"", file + ":2"),
            new Effective("verticles[0].config.in.authToken", "\"***\"", file + ":3"),
            new Effective(
                "verticles[0].config.in.list", "[{\"secret\":\"***\",\"n\":1}]", file + ":3"));
    assertThat(resolved.toString()).doesNotContain("hunter2");
    assertThat(resolved.config().verticles().get(0).config()).containsEntry("apiKey", "hunter2");
  }

  @Test
  void threading_virtualOnJava21_isTaken() throws IOException {
    Path file = file("{\"verticles\": [{\"type\": \"t\", \"threading\": \"virtual\"}]}");
    Config config = Config.load(Optional.of(file), Map.of(), List.of(), 21).config();
    assertThat(config.verticles().get(0).threading()).isEqualTo(Threading.VIRTUAL);
  }

  @Test
  void shippedFile_loaded_saysTheDefaults() {
    Path shipped = Path.of("conf/baozi.json");
    Config config = Config.load(Optional.of(shipped), Map.of(), List.of(), 17).config();
    assertThat(config).isEqualTo(Config.defaults());
  }
}
