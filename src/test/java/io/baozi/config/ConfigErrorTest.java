package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to get the file wrong, and the sentence that says so. */
class ConfigErrorTest {
  private static final String SIZES = ", in bytes or as text such as \"64KiB\", \"1MiB\", \"2GiB\"";
  private static final String DURATIONS =
      ", in milliseconds or as text such as \"500ms\", \"30s\", \"2m\", \"1h\", \"7d\"";
  private static final String PORTS = "allowed is an integer from 0 to 65535";
  private static final String NAMES =
      "allowed is a name of 1 to 255 code points without control characters or lone surrogates";
  private static final String ITSELF =
      " is its own name; allowed is the name of another, or to leave it out";
  private static final String VERTICLE =
      "allowed is an object with type, class, name, instances, threading, config";

  @TempDir Path dir;

  /** Loads the text as a file, and gives its problems without the file's name. */
  private List<String> problems(String json) throws Exception {
    Path file = Files.writeString(dir.resolve("baozi.json"), json);
    return problems(Optional.of(file)).stream()
        .map(problem -> problem.replace(file.toString(), "F"))
        .toList();
  }

  private static List<String> problems(Optional<Path> file) {
    return catchThrowableOfType(
            ConfigException.class, () -> Config.load(file, Map.of(), List.of(), 17))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("'server': {'port': 70000}", "server.port: 70000 is out of range; " + PORTS),
        arguments("'server': {'port': -1}", "server.port: -1 is out of range; " + PORTS),
        arguments("'server': {'port': 7.0}", "server.port: 7.0 is not an integer; " + PORTS),
        arguments(
            "'server': {'port': 99999999999999999999}",
            "server.port: 99999999999999999999 is out of range; " + PORTS),
        arguments(
            "'server': {'port': '7654'}",
            "server.port: \"7654\" is text, not an integer; " + PORTS),
        arguments("'server': {'port': 'a'}", "server.port: \"a\" is not an integer; " + PORTS),
        arguments("'server': {'port': true}", "server.port: true is not an integer; " + PORTS),
        arguments("'server': {'port': [1]}", "server.port: [...] is not an integer; " + PORTS),
        arguments(
            "'server': {'port': null}",
            "server.port: null is no value; leave the key out for the default, 7654"),
        arguments(
            "'server': {'maxMessage': '1mb'}",
            "server.maxMessage: \"1mb\" is not a size; allowed is a size from 0 to 1GiB" + SIZES),
        arguments(
            "'server': {'maxInFlightBytes': 1}",
            "server.maxInFlightBytes: 1 is out of range; allowed is a size of 64KiB or more"
                + SIZES),
        arguments(
            "'server': {'bodyTimeout': '30'}",
            "server.bodyTimeout: \"30\" is text, not a duration; allowed is a duration from 10ms to"
                + " 365d"
                + DURATIONS),
        arguments(
            "'server': {'bodyTimeout': '9ms'}",
            "server.bodyTimeout: \"9ms\" is out of range; allowed is a duration from 10ms to 365d"
                + DURATIONS),
        arguments(
            "'server': {'drainTime': 1.5}",
            "server.drainTime: 1.5 is not a duration; allowed is a duration from 0 to 1h"
                + DURATIONS),
        arguments(
            "'server': {'transport': 'Nio'}",
            "server.transport: \"Nio\" is not a word known here; allowed is one of auto, epoll,"
                + " nio"),
        arguments(
            "'server': {'host': ' '}",
            "server.host: \" \" is blank; allowed is text that is" + " not blank"),
        arguments(
            "'server': {'host': 1}",
            "server.host: 1 is not text; allowed is text that is not blank"),
        arguments(
            "'bus': {'address': ' '}",
            "bus.address: \" \" is blank; allowed is text that is not blank"),
        arguments(
            "'udp': {'enabled': 'true'}",
            "udp.enabled: \"true\" is not a boolean; allowed is true or false"),
        arguments(
            "'udp': {'queue': 'a\\u0085'}", "udp.queue: \"a\\u0085\" is not a name; " + NAMES),
        arguments("'udp': {'queue': ''}", "udp.queue: \"\" is not a name; " + NAMES),
        arguments(
            "'udp': {'queue': null}",
            "udp.queue: null is no value; leave the key out for the default, none"),
        arguments(
            "'udp': 5",
            "udp: 5 is not an object; allowed is an object with enabled, host," + " port, queue"),
        arguments("'queues': {'': {}}", "queues.: \"\" is not a name; " + NAMES),
        arguments(
            "'queues': {'a': null}",
            "queues.a: null is not an object; allowed is an object with order, capacity, maxBytes,"
                + " durable, ttr, attempts, backoff, ttl, deadLetter, dedup"),
        arguments(
            "'queues': []",
            "queues: [...] is not an object; allowed is an object of objects, by" + " name"),
        arguments(
            "'queues': {'a': {'capacity': 0}}",
            "queues.a.capacity: 0 is out of range; allowed is an integer from 1 to 100000000"),
        arguments(
            "'queues': {'a': {'order': 'FIFO'}}",
            "queues.a.order: \"FIFO\" is not a word known here; allowed is one of fifo, lifo,"
                + " priority"),
        arguments(
            "'queues': {'a': {'maxBytes': '10XB'}}",
            "queues.a.maxBytes: \"10XB\" is not a size; allowed is a size of 0 or more" + SIZES),
        arguments(
            "'queues': {'a': {'ttr': '8d'}}",
            "queues.a.ttr: \"8d\" is out of range; allowed is a duration from 1ms to 7d"
                + DURATIONS),
        arguments(
            "'queues': {'a': {'attempts': 1000001}}",
            "queues.a.attempts: 1000001 is out of range; allowed is an integer from 0 to 1000000"),
        arguments(
            "'queues': {'a': {'backoff': '2h'}}",
            "queues.a.backoff: \"2h\" is out of range; allowed is a duration from 0 to 1h"
                + DURATIONS),
        arguments(
            "'queues': {'a': {'ttl': '366d'}}",
            "queues.a.ttl: \"366d\" is out of range; allowed is a duration from 0 to 365d"
                + DURATIONS),
        arguments(
            "'queues': {'a': {'dedup': '8d'}}",
            "queues.a.dedup: \"8d\" is out of range; allowed is a duration from 0 to 7d"
                + DURATIONS),
        arguments(
            "'queues': {'a': {'deadLetter': ''}}",
            "queues.a.deadLetter: \"\" is not a name; " + NAMES),
        arguments("'queues': {'a': {'deadLetter': 'a'}}", "queues.a.deadLetter: \"a\"" + ITSELF),
        arguments(
            "'queues': {'default': {'deadLetter': 'default'}}",
            "queues.default.deadLetter: \"default\"" + ITSELF),
        arguments(
            "'queues': {'a\\u0007': {}}", "queues.a\\u0007: \"a\\u0007\" is not a name; " + NAMES),
        arguments(
            "'queues': {'" + "a".repeat(256) + "': {}}",
            "queues." + "a".repeat(256) + ": \"" + "a".repeat(256) + "\" is not a name; " + NAMES),
        arguments(
            "'consumers': [{'type': 't', 'queue': 'q', 'ttr': 0}]",
            "consumers[0].ttr: 0 is out of range; allowed is a duration from 1ms to 7d"
                + DURATIONS),
        arguments(
            "'producers': [{'type': 't', 'queue': 'q', 'ttl': 0}]",
            "producers[0].ttl: 0 is out of range; allowed is a duration from 1ms to 365d"
                + DURATIONS),
        arguments(
            "'producers': [{'type': 't', 'queue': 'q', 'priority': 1.5}]",
            "producers[0].priority: 1.5 is not an integer; allowed is an integer from"
                + " -9007199254740991 to 9007199254740991"),
        arguments(
            "'producers': [{'type': 't', 'queue': 'q', 'headers': [1]}]",
            "producers[0].headers: [...] is not an object; allowed is an object of any shape"),
        arguments(
            "'verticles': {}", "verticles: {...} is not a list; allowed is a list of objects"),
        arguments("'verticles': [7]", "verticles[0]: 7 is not an object; " + VERTICLE),
        arguments(
            "'verticles': [{'type': 't', 'config': [1]}]",
            "verticles[0].config: [...] is not an object; allowed is an object of any shape"),
        arguments(
            "'producers': [{'type': 't', 'queue': 'q', 'threading': 'virtual'}]",
            "producers[0].threading: virtual needs Java 21 or later, this is Java 17; use"
                + " event-loop or worker"),
        arguments(
            "'producers': [{'type': 't', 'queue': null}]",
            "producers[0].queue: null is no value; " + NAMES));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_wrong_isRefusedInASentence(String json, String sentence) throws Exception {
    assertThat(problems("{" + json.replace('\'', '"') + "}"))
        .singleElement()
        .asString()
        .matches("F:1:[0-9]+: .*")
        .endsWith(": " + sentence);
  }

  static Stream<Arguments> places() {
    return Stream.of(
        arguments(
            "{'server':\n  {'prot': 1}}",
            "F:2:4: server.prot: unknown key; did you mean server.port?"),
        arguments("{'sever': {}}", "F:1:2: sever: unknown key; did you mean server?"),
        arguments("{'port': 1}", "F:1:2: port: unknown key; did you mean server.port?"),
        arguments(
            "{'queues': {'orders': {'capasity': 1}}}",
            "F:1:24: queues.orders.capasity: unknown key; did you mean queues.orders.capacity?"),
        arguments(
            "{'bus': {'permitted': [{'address': 'a', 'dir': 'in'}]}}",
            "F:1:41: bus.permitted[0].dir: unknown key; did you mean data.dir?"),
        arguments(
            "{'consumers': [\n{'type': 't', 'queue': 'q', 'thread': 'worker'}]}",
            "F:2:29: consumers[0].thread: unknown key; did you mean consumers[0].threading?"),
        arguments(
            "{'x': 1}",
            "F:1:2: x: unknown key; known here are server, udp, data, journal, files, queues, bus, producers, consumers,"
                + " verticles, log"),
        arguments(
            "{'log': {'level': 'info',\n'level': 'warn'}}",
            "F:2:1: log.level: is given twice, first in line 1"),
        arguments(
            "{'verticles': [{'type': 't', 'config': {'a': 1, 'a': 2}}]}",
            "F:1:49: verticles[0].config.a: is given twice, first in line 1"),
        arguments(
            "{'producers': [{'type': 't'}]}",
            "F:1:16: producers[0].queue: is missing; it is required: The queue that it fills."),
        arguments(
            "{'verticles': [\n {}]}",
            "F:2:2: verticles[0]: neither type nor class is set; set one of them"),
        arguments(
            "{'verticles': [{'type': 't', 'class': 'c'}]}",
            "F:1:30: verticles[0].class: both type and class are set; set one of them"),
        arguments(
            "{'server': {'maxMessage': '32MiB'}}",
            "F:1:13: server.maxMessage: maxInFlightBytes (16MiB) is below maxMessage (32MiB);"
                + " allowed is maxMessage or more"),
        arguments(
            "{'server': {'maxInFlightBytes': '64KiB'}}",
            "F:1:13: server.maxInFlightBytes: maxInFlightBytes (64KiB) is below maxMessage (1MiB);"
                + " allowed is maxMessage or more"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void key_wrong_isRefusedAtItsPlace(String json, String problem) throws Exception {
    assertThat(problems(json.replace('\'', '"'))).containsExactly(problem);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("", "F: is empty; allowed is a JSON object, such as {}"),
        arguments("  // nothing\n", "F: is empty; allowed is a JSON object, such as {}"),
        arguments("[1]", "F:1:1: [...] is not a JSON object"),
        arguments("7", "F:1:1: 7 is not a JSON object"),
        arguments("{} {}", "F:1:4: the JSON object ended before this; remove the rest"),
        arguments(
            "{", "F:1:2: not JSON: Unexpected end-of-input: expected close marker for Object"),
        arguments(
            "{\n 'a': [1,2}",
            "F:2:11: not JSON: Unexpected close marker '}': expected ']' (for Array starting at"
                + " 2:7)"),
        arguments("{'password': hunter2}", "F:1:14: not JSON: a word without quotes"),
        arguments("{'a': NaN}", "F:1:10: not JSON: Non-standard token 'NaN'"),
        arguments(
            "{'a': " + "[".repeat(2000),
            "F:1:1007: not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_notJson_isRefusedWithLineAndColumn(String text, String problem) throws Exception {
    assertThat(problems(text.replace('\'', '"'))).containsExactly(problem);
  }

  @Test
  void file_missing_isNamed() {
    Path missing = dir.resolve("none.json");
    assertThat(problems(Optional.of(missing))).containsExactly(missing + ": no such file");
  }

  @Test
  void file_belowAFile_isRefused() throws Exception {
    Path file = Files.writeString(dir.resolve("a.json"), "{}").resolve("b.json");
    assertThat(problems(Optional.of(file)))
        .containsExactly(file + ": cannot be read: Not a directory");
  }

  @Test
  void file_directory_isRefused() {
    assertThat(problems(Optional.of(dir))).containsExactly(dir + ": is a directory, not a file");
  }

  @Test
  void file_notUtf8_isRefusedAtTheFirstBadByte() throws Exception {
    Path file = Files.write(dir.resolve("latin.json"), new byte[] {'{', '\n', ' ', (byte) 0xe9});
    assertThat(problems(Optional.of(file)))
        .containsExactly(file + ":2:2: is not UTF-8 from here on");
  }

  @Test
  void file_endsInsideACharacter_isRefused() throws Exception {
    Path file = Files.write(dir.resolve("cut.json"), new byte[] {'{', '}', (byte) 0xe9});
    assertThat(problems(Optional.of(file)))
        .containsExactly(file + ":1:3: is not UTF-8 from here on");
  }

  @Test
  void file_tooLarge_isRefused() throws Exception {
    Path file = Files.write(dir.resolve("large.json"), new byte[(16 << 20) + 1]);
    assertThat(problems(Optional.of(file)))
        .containsExactly(file + ": is too large for a configuration; allowed is 16MiB");
  }

  @Test
  void text_commentsCommasAndByteOrderMark_areTaken() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("c.json"),
            "\ufeff# a\n{ // b\n'log': {'level': 'warn',}, /* c */}\n# d\n".replace('\'', '"'));
    assertThat(Config.load(Optional.of(file), Map.of(), List.of(), 17).config().log().level())
        .isEqualTo(Level.WARN);
  }

  @Test
  void problems_several_areAllInOneMessage() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                Config.load(
                    Optional.empty(),
                    Map.of("BAOZI_SERVER_PROT", "1"),
                    List.of("server.loops=0", "log.level=loud"),
                    17));
    assertThat(e)
        .hasMessage(
            """
            the configuration has 3 problems:
              BAOZI_SERVER_PROT: unknown variable; did you mean BAOZI_SERVER_PORT?
              --set server.loops: "0" is out of range; allowed is an integer from 1 to 256
              --set log.level: "loud" is not a word known here; allowed is one of error, warn, info, debug"""
                .stripIndent());
    assertThat(e.problems())
        .contains(
            new Problem(
                "--set server.loops",
                "server.loops",
                "\"0\" is out of range; allowed is an integer from 1 to 256"));
  }

  @Test
  void fileValue_wrongBelowAFlag_isStillFound() throws Exception {
    Path file =
        Files.writeString(dir.resolve("b.json"), "{\"server\": {\"port\": \"x\"}, \"udp\": 1}");
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                Config.load(
                    Optional.of(file), Map.of(), List.of("server.port=1", "udp.port=1"), 17));
    assertThat(e.problems()).extracting(Problem::key).containsExactly("server.port", "udp");
  }

  @Test
  void parse_wrong_namesNoFile() {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> Config.parse("{\"a\": 1}"));
    assertThat(e.problems()).extracting(Problem::source).containsExactly("configuration:1:2");
  }

  @Test
  void of_wrong_namesTheKey() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> Config.of(Map.of("server", Map.of("port", "1"))));
    assertThat(e)
        .hasMessageContaining(
            "configuration: server.port: \"1\" is text, not an integer; " + PORTS);
  }
}
