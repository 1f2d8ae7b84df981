package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment and flags may say, and how. */
class LayerTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void writeFile() throws Exception {
    file = dir.resolve("baozi.json");
    Files.writeString(
        file, "{\"queues\": {\"orderLine\": {}, \"a.b\": {}, \"x-y\": {}, \"x.y\": {}}}");
  }

  private Config load(Map<String, String> environment, String... flags) {
    return Config.load(Optional.of(file), environment, List.of(flags), 17).config();
  }

  private List<String> problems(Map<String, String> environment, String... flags) {
    return catchThrowableOfType(ConfigException.class, () -> load(environment, flags))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BAOZI_SERVER_MAXHEADER",
        "BAOZI_SERVER_MAX_HEADER",
        "baozi_server_maxHeader",
        "Baozi_Server_Max_Header"
      })
  void variable_anySpelling_setsTheKey(String variable) {
    assertThat(load(Map.of(variable, "2KiB")).server().maxHeader()).isEqualTo(2048);
  }

  @ParameterizedTest
  @CsvSource({
    "BAOZI_QUEUES_DEFAULT_CAPACITY, default",
    "BAOZI_QUEUES_ORDER_LINE_CAPACITY, orderLine",
    "BAOZI_QUEUES_ORDERLINE_CAPACITY, orderLine",
    "BAOZI_QUEUES_A_B_CAPACITY, a.b"
  })
  void variable_queueOfTheFile_isSet(String variable, String queue) {
    assertThat(load(Map.of(variable, "5")).queues().get(queue).capacity()).isEqualTo(5);
  }

  @Test
  void variable_eachSettingOfAQueue_isSet() {
    QueueSettings queue =
        load(Map.of(
                "BAOZI_QUEUES_ORDERLINE_ORDER", "lifo",
                "BAOZI_QUEUES_ORDERLINE_MAXBYTES", "10MiB",
                "BAOZI_QUEUES_ORDERLINE_DURABLE", "false",
                "BAOZI_QUEUES_ORDERLINE_ATTEMPTS", "3",
                "BAOZI_QUEUES_ORDERLINE_BACKOFF", "1s",
                "BAOZI_QUEUES_ORDERLINE_TTL", "1h",
                "BAOZI_QUEUES_ORDERLINE_DEAD_LETTER", "bin",
                "BAOZI_QUEUES_ORDERLINE_DEDUP", "0"))
            .queues()
            .get("orderLine");
    assertThat(queue.order()).isEqualTo(QueueOrder.LIFO);
    assertThat(queue.maxBytes()).isEqualTo(10 << 20);
    assertThat(queue.durable()).isFalse();
    assertThat(queue.attempts()).isEqualTo(3);
    assertThat(queue.backoff()).hasSeconds(1);
    assertThat(queue.ttl()).hasHours(1);
    assertThat(queue.deadLetter()).isEqualTo("bin");
    assertThat(queue.dedup()).isZero();
  }

  @Test
  void variable_text_isParsed() {
    Config config =
        load(
            Map.of(
                "BAOZI_UDP_ENABLED", "false",
                "BAOZI_SERVER_BODY_TIMEOUT", "1500",
                "BAOZI_SERVER_TRANSPORT", "epoll",
                "BAOZI_UDP_QUEUE", "7"));
    assertThat(config.udp().enabled()).isFalse();
    assertThat(config.server().bodyTimeout()).hasMillis(1500);
    assertThat(config.server().transport()).isEqualTo(Transport.EPOLL);
    assertThat(config.udp().queue()).isEqualTo("7");
  }

  @Test
  void variable_ofKubernetes_isNotOurs() {
    assertThat(
            load(
                Map.of(
                    "BAOZI_SERVICE_HOST", "10.0.0.1",
                    "BAOZI_SERVICE_PORT", "7654",
                    "BAOZI_SERVICE_PORT_TCP", "7654",
                    "BAOZI_PORT", "tcp://10.0.0.1:7654",
                    "BAOZI_PORT_7654_TCP", "tcp://10.0.0.1:7654",
                    "BAOZI_PORT_7654_TCP_ADDR", "10.0.0.1")))
        .isEqualTo(load(Map.of()));
  }

  @Test
  void variable_thatIsSetForACommand_isNotOurs() {
    assertThat(
            load(
                Map.of(
                    "BAOZI_QUEUE", "orders",
                    "BAOZI_MSG", "1",
                    "BAOZI_ATTEMPT", "1",
                    "BAOZI_HEADERS", "{}",
                    "BAOZI_LOCK", "oven",
                    "BAOZI_TOKEN", "1",
                    "BAOZI_SEMAPHORE", "trays",
                    "BAOZI_PERMITS", "1")))
        .isEqualTo(load(Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BAOZI_SERVER_PROT | unknown variable; did you mean BAOZI_SERVER_PORT?",
        "BAOZI_SERVER_MAXHEADERS | unknown variable; did you mean BAOZI_SERVER_MAX_HEADER?",
        "BAOZI_PORT | unknown variable; did you mean BAOZI_UDP_PORT?",
        "BAOZI_X"
            + " | unknown variable; a variable is BAOZI_SECTION_KEY, such as BAOZI_SERVER_PORT",
        "BAOZI_PRODUCERS_0_TYPE | producers is a list, which only the file sets",
        "BAOZI_BUS_PERMITTED | bus.permitted is a list, which only the file sets",
        "BAOZI_QUEUES_X_Y_TTR | may mean queues.x-y.ttr or queues.x.y.ttr",
      })
  void variable_notOfASetting_isRefusedByName(String variable, String sentence) {
    assertThat(problems(Map.of(variable, "1"))).containsExactly(variable + ": " + sentence);
  }

  @Test
  void variable_twoForOneKey_isRefused() {
    assertThat(problems(Map.of("BAOZI_SERVER_MAXHEADER", "2", "BAOZI_SERVER_MAX_HEADER", "3")))
        .containsExactly(
            "BAOZI_SERVER_MAX_HEADER: sets server.maxHeader, which BAOZI_SERVER_MAXHEADER sets too");
  }

  @Test
  void variable_wrongValue_namesVariableAndKey() {
    assertThat(problems(Map.of("BAOZI_UDP_ENABLED", "yes")))
        .containsExactly(
            "BAOZI_UDP_ENABLED: udp.enabled: \"yes\" is not a boolean; allowed is true or false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.prot=1 | --set server.prot: unknown key; did you mean server.port?",
        "sever.port=1 | --set sever.port: sever: unknown key; did you mean server?",
        "server.port.x=1"
            + " | --set server.port.x: server.port: {...} is not an integer; allowed is an integer"
            + " from 0 to 65535",
        "server.port | --set server.port: is not of the form section.key=value",
        "=1 | --set =1: is not of the form section.key=value",
        "udp=1"
            + " | --set udp: \"1\" is not an object; allowed is an object with enabled, host, port,"
            + " queue",
        "queues.capacity=1"
            + " | --set queues.capacity: \"1\" is not an object; allowed is an object with order,"
            + " capacity, maxBytes, durable, ttr, attempts, backoff, ttl, deadLetter, dedup",
        "queues.bin.deadLetter=bin"
            + " | --set queues.bin.deadLetter: \"bin\" is its own name; allowed is the name of"
            + " another, or to leave it out",
        "producers=[] | --set producers: producers is a list, which only the file sets",
        "producers[0].type=x"
            + " | --set producers[0].type: producers is a list, which only the file sets",
        "server.port=1.0"
            + " | --set server.port: \"1.0\" is not an integer; allowed is an integer from 0 to"
            + " 65535",
      })
  void flag_wrong_isRefusedByName(String flag, String problem) {
    assertThat(problems(Map.of(), flag)).containsExactly(problem);
  }
}
