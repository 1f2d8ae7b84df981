package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.config.Resolved;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands serve, config and version. */
class ConfigurationCommandsTest {
  @TempDir Path dir;

  private String file(String json) throws IOException {
    return Files.writeString(dir.resolve("b.json"), json).toString();
  }

  @Test
  void check_soundFile_countsWhatDiffers() throws IOException {
    String file =
        file(
            """
            {"server": {"port": 7654, "loops": 2}, "queues": {"orders": {"capacity": 5}}}
            """);
    CommandRun.Result result =
        new CommandRun().with("BAOZI_SERVER_PORT", "x").of("config", "check", file);
    assertThat(result.out()).isEqualTo(file + ": ok, 2 settings differ from the defaults\n");
    assertThat(result.exit()).isZero();
    assertThat(CommandRun.run("config", "check", file, "--output=json").out())
        .isEqualTo("{\"file\":\"" + file + "\",\"different\":2}\n");
  }

  @Test
  void check_emptyObject_differsInNothing() throws IOException {
    String file = file("{}");
    assertThat(CommandRun.run("config", "check", file).out())
        .isEqualTo(file + ": ok, no setting differs from the defaults\n");
  }

  @Test
  void check_wrongFile_namesEveryProblem() throws IOException {
    String file = file("{\"server\": {\"prot\": 1},\n\"udp\": {\"port\": -1}}");
    CommandRun.Result result = CommandRun.run("config", "check", file);
    assertThat(result.err())
        .startsWith("baozi: the configuration has 2 problems:\n")
        .contains(file + ":1:13: server.prot: unknown key; did you mean server.port?\n")
        .contains(file + ":2:9: udp.port: -1 is out of range");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void check_missingFile_fails() {
    CommandRun.Result result = CommandRun.run("config", "check", dir.resolve("no").toString());
    assertThat(result.err()).contains("no such file");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void show_changed_isATableOfWhatWasSet() throws IOException {
    String file = file("{\"server\": {\"loops\": 2, \"port\": 1}}");
    CommandRun.Result result =
        new CommandRun()
            .with("BAOZI_SERVER_PORT", "2")
            .of("config", "show", file, "--set", "log.level=warn", "--changed");
    assertThat(result.out())
        .isEqualTo(
            """
            server.port   2       BAOZI_SERVER_PORT
            server.loops  2       %s:1
            log.level     "warn"  --set log.level
            """
                .formatted(file));
    assertThat(result.exit()).isZero();
  }

  @Test
  void show_nothingChanged_isEmpty() {
    assertThat(CommandRun.run("config", "show", "--changed").out()).isEmpty();
  }

  @Test
  void show_json_isAnObjectASetting() {
    assertThat(CommandRun.run("config", "show", "--output", "json").out())
        .contains("{\"key\":\"server.port\",\"value\":7654,\"source\":\"default\"}\n")
        .contains("{\"key\":\"log.level\",\"value\":\"info\",\"source\":\"default\"}\n")
        .contains("{\"key\":\"udp.queue\",\"source\":\"default\"}\n");
  }

  @Test
  void show_wrongFlag_isWrongUsage() {
    CommandRun.Result result = CommandRun.run("config", "show", "--set", "server.port=x");
    assertThat(result.err()).contains("--set server.port: \"x\" is not an integer");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void serve_flags_goOverTheFile() throws Exception {
    BlockingQueue<Resolved> served = new LinkedBlockingQueue<>();
    String file = file("{\"server\": {\"loops\": 2, \"port\": 1}}");
    CommandRun.Result result =
        new CommandRun()
            .serving(CommandRun.keeping(served))
            .of("serve", file, "--port", "0", "--host", "::1", "--set", "server.port=5");
    assertThat(result.exit()).isZero();
    var server = served.take().config().server();
    assertThat(server.port()).isZero();
    assertThat(server.host()).isEqualTo("::1");
    assertThat(server.loops()).isEqualTo(2);
  }

  @Test
  void serve_wrongConfiguration_isNotServed() {
    CommandRun.Result result = CommandRun.run("serve", "--port", "70000", "--output=json");
    assertThat(result.err())
        .startsWith("{\"error\":\"config\",\"message\":\"the configuration has 1 problem:")
        .contains("--set server.port: \\\"70000\\\" is out of range");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void serve_cannotStart_saysWhyInALine() {
    Serving failing =
        (configuration, started) -> {
          throw new IOException("port 7654 is taken");
        };
    CommandRun.Result result = new CommandRun().serving(failing).of("serve");
    assertThat(result.err()).isEqualTo("baozi: port 7654 is taken\n");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void serve_udpPortTaken_namesTheSetting() {
    Serving failing =
        (configuration, started) -> {
          throw new BindException("UDP 127.0.0.1:7654 is in use");
        };
    CommandRun.Result result = new CommandRun().serving(failing).of("serve", "--port", "0");
    assertThat(result.err())
        .isEqualTo(
            "baozi: UDP 127.0.0.1:7654 is in use; the setting is udp.port, as in --set"
                + " udp.port=0\n");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void serve_cannotStartVerbosely_showsTheTrace() {
    Serving failing =
        (configuration, started) -> {
          throw new IOException("port 7654 is taken");
        };
    CommandRun.Result result = new CommandRun().serving(failing).of("serve", "--verbose");
    assertThat(result.err())
        .startsWith("baozi: port 7654 is taken\njava.io.IOException")
        .contains("\tat ");
  }

  @Test
  void serve_started_saysWhereInALine() {
    assertThat(servedAt(new Place("127.0.0.1:1", "[::1]:2"), "serve"))
        .isEqualTo("baozi 1.2.3 serves on tcp 127.0.0.1:1, udp [::1]:2\n");
    assertThat(servedAt(new Place("127.0.0.1:1", null), "serve"))
        .isEqualTo("baozi 1.2.3 serves on tcp 127.0.0.1:1\n");
  }

  @Test
  void serve_startedAsJson_saysWhereAsAnObject() {
    assertThat(servedAt(new Place("127.0.0.1:1", "[::1]:2"), "serve", "--output", "json"))
        .isEqualTo("{\"baozi\":\"1.2.3\",\"tcp\":\"127.0.0.1:1\",\"udp\":\"[::1]:2\"}\n");
    assertThat(servedAt(new Place("127.0.0.1:1", null), "serve", "--output=json"))
        .isEqualTo("{\"baozi\":\"1.2.3\",\"tcp\":\"127.0.0.1:1\"}\n");
  }

  private static String servedAt(Place place, String... args) {
    return new CommandRun().serving(startingAt(place)).of(args).out();
  }

  private static Serving startingAt(Place place) {
    return (configuration, started) -> {
      started.accept(place);
      return 0;
    };
  }

  @Test
  void serve_nobodyToTell_servesAllTheSame() {
    var closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    CommandRun.Result result =
        new CommandRun()
            .stdout(closed)
            .serving(startingAt(new Place("127.0.0.1:1", null)))
            .of("serve");
    assertThat(result.err()).isEqualTo("baozi: cannot write to standard output: Broken pipe\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void version_asAnOption_isTheCommand() {
    assertThat(CommandRun.run("--version").out()).isEqualTo(CommandRun.run("version").out());
    assertThat(CommandRun.run("--version", "--output", "json").out())
        .isEqualTo(CommandRun.run("version", "--output", "json").out());
  }

  @Test
  void version_isOfAllThatRuns() {
    assertThat(CommandRun.run("version").out())
        .isEqualTo(
            "baozi 1.2.3, Java %s, Vert.x 5.1.6, %s %s\n"
                .formatted(
                    System.getProperty("java.version"),
                    System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT),
                    System.getProperty("os.arch")));
    assertThat(CommandRun.run("version", "--output", "json").out())
        .startsWith("{\"baozi\":\"1.2.3\",\"java\":")
        .contains("\"vertx\":\"5.1.6\"");
  }
}
