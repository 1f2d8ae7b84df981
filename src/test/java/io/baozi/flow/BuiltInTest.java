package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.config.Config;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BuiltInTest {
  private static final String OR_TEXT =
      ", or text such as \"500ms\", \"30s\", \"2m\", \"1h\", \"7d\"";

  @ParameterizedTest
  @EnumSource(BuiltIn.class)
  void of_eachType_isItsRow(BuiltIn row) {
    assertThat(BuiltIn.of(row.kind(), row.type())).isSameAs(row);
    assertThat(BuiltIn.types(row.kind())).contains(row.type());
    assertThat(row.create()).isNotSameAs(row.create());
  }

  @Test
  void of_unknownType_namesTheNearestAndAll() {
    assertThatThrownBy(() -> BuiltIn.of(Kind.PRODUCER, "tickr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "producers: type tickr is unknown, did you mean ticker?; allowed are ticker, lines,"
                + " udp");
    assertThatThrownBy(() -> BuiltIn.of(Kind.CONSUMER, "ticker"))
        .hasMessage("consumers: type ticker is unknown; allowed are log, append, command");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TICKER|{'rat':1}|producers \"x\" config.rat is unknown, did you mean rate?",
        "TICKER|{'zebra':1}|producers \"x\" config.zebra is unknown; allowed are rate, body, count",
        "TICKER|{'rate':0}|producers \"x\" config.rate is 0, allowed are numbers from 0.00001 to"
            + " 1000000",
        "TICKER|{'rate':-1.5}|producers \"x\" config.rate is -1.5, allowed are numbers from 0.00001"
            + " to 1000000",
        "TICKER|{'rate':'fast'}|producers \"x\" config.rate is \"fast\", allowed are numbers from"
            + " 0.00001 to 1000000",
        "TICKER|{'count':-1}|producers \"x\" config.count is -1, allowed are integers from 0",
        "TICKER|{'count':1.5}|producers \"x\" config.count is 1.5, allowed are integers from 0",
        "TICKER|{'body':7}|producers \"x\" config.body is 7, allowed is a text",
        "LINES|{}|producers \"x\" config.file is missing, it is a text",
        "LINES|{'file':''}|producers \"x\" config.file is \"\", allowed is a text of at least one"
            + " character",
        "UDP|{}|producers \"x\" config.port is missing, allowed are integers from 0 to 65535",
        "UDP|{'port':65536}|producers \"x\" config.port is 65536, allowed are integers from 0 to"
            + " 65535",
        "UDP|{'port':1,'pending':0}|producers \"x\" config.pending is 0, allowed are integers from 1"
            + " to 1000000",
        "LOG|{'every':'1 s'}|consumers \"x\" config.every is \"1 s\", allowed are milliseconds from 0 to"
            + " 86400000"
            + OR_TEXT,
        "LOG|{'every':'2d'}|consumers \"x\" config.every is \"2d\", allowed are milliseconds from 0 to"
            + " 86400000"
            + OR_TEXT,
        "LOG|{'every':1.5}|consumers \"x\" config.every is 1.5, allowed are milliseconds from 0 to"
            + " 86400000"
            + OR_TEXT,
        "LOG|{'every':-1}|consumers \"x\" config.every is -1, allowed are milliseconds from 0 to"
            + " 86400000"
            + OR_TEXT,
        "LOG|{'fail':7}|consumers \"x\" config.fail is 7, allowed is a text",
        "APPEND|{'file':'f','sink':true}|consumers \"x\" config.sink is unknown, did you mean sync?",
        "APPEND|{'file':'f','sync':1}|consumers \"x\" config.sync is 1, allowed are true and false",
        "COMMAND|{'command':'ls'}|consumers \"x\" config.command is \"ls\", allowed is an array of"
            + " texts, the first not empty",
        "COMMAND|{'command':[]}|consumers \"x\" config.command is [], allowed is an array of texts,"
            + " the first not empty",
        "COMMAND|{'command':['ls',1]}|consumers \"x\" config.command is [\"ls\",1], allowed is an"
            + " array of texts, the first not empty",
        "COMMAND|{}|consumers \"x\" config.command is missing, it is an array of texts, the first"
            + " not empty",
        "COMMAND|{'command':['ls'],'timeout':0}|consumers \"x\" config.timeout is 0, allowed are"
            + " milliseconds from 1 to 86400000"
            + OR_TEXT,
        "REPORT|{}|verticles \"x\" config.queue is missing, it is a text",
        "REPORT|{'queue':'q','every':1}|verticles \"x\" config.every is 1, allowed are milliseconds from"
            + " 10 to 86400000"
            + OR_TEXT
      })
  void check_wrongSettings_namesKeyValueAndWhatIsAllowed(
      BuiltIn row, String config, String message) {
    assertThatThrownBy(() -> row.check("x", new JsonObject(config.replace('\'', '"'))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TICKER|{}",
        "TICKER|{'rate':0.5,'body':'','count':3}",
        "TICKER|{'rate':null}",
        "LINES|{'file':'words'}",
        "UDP|{'port':0,'host':'::1','pending':1}",
        "LOG|{}",
        "LOG|{'every':'1d','fail':''}",
        "APPEND|{'file':'f','separator':'','sync':true}",
        "COMMAND|{'command':['cat','']}",
        "REPORT|{'queue':'q'}",
        "REPORT|{'queue':'q','every':'10ms'}"
      })
  void check_settingsThatCanBe_passes(BuiltIn row, String config) {
    assertThatCode(() -> row.check("x", new JsonObject(config.replace('\'', '"'))))
        .doesNotThrowAnyException();
  }

  @Test
  void check_theDemo_passes() throws IOException {
    Config demo = Config.parse(Files.readString(Path.of("conf/demo.json")));
    demo.producers().forEach(one -> check(Kind.PRODUCER, one.type(), one.name(), one.config()));
    demo.consumers().forEach(one -> check(Kind.CONSUMER, one.type(), one.name(), one.config()));
    demo.verticles().forEach(one -> check(Kind.VERTICLE, one.type(), one.name(), one.config()));
    assertThat(demo.producers()).hasSize(2);
    assertThat(demo.consumers()).hasSize(2);
    assertThat(demo.verticles()).hasSize(1);
  }

  private static void check(Kind kind, String type, String name, Map<String, Object> config) {
    BuiltIn.of(kind, type).check(name, new JsonObject(config));
  }

  @Test
  void edits_ofTwoWords_areLevenshteins() {
    assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.edits("", "abc")).isEqualTo(3);
    assertThat(Nearest.edits("same", "same")).isZero();
  }
}
