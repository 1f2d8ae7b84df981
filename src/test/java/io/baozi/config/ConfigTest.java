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
                Map.of("default", new QueueSettings(10000, Duration.ofMinutes(1))),
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
              "producers": [{"type": "ticks", "queue": "q", "config": {"every": 5, "none": null}}],
              "consumers": [{"class": "x.Y", "name": "eater", "queue": "q", "instances": 2,
                             "threading": "worker", "concurrency": 3}],
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
    assertThat(config.consumers())
        .containsExactly(
            new ConsumerSettings(null, "x.Y", "eater", "q", 2, Threading.WORKER, Map.of(), 3));
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
        .containsOnly(
            Map.entry("default", new QueueSettings(7, Duration.ofMinutes(1))),
            Map.entry("orders", new QueueSettings(7, Duration.ofSeconds(5))));
    assertThat(source(resolved, "queues.orders.capacity")).isEqualTo(file + ":3");
    assertThat(source(resolved, "queues.orders.ttr")).isEqualTo(file + ":2");
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
