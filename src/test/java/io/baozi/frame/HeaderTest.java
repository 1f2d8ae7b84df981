package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
  private static Header parse(String json) throws MalformedHeaderException {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    HeaderInvariants.check(utf8);
    return Header.parse(utf8);
  }

  private static String refusal(String json) {
    return refusal(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(byte[] utf8) {
    HeaderInvariants.check(utf8);
    try {
      throw new AssertionError("accepted: " + Header.parse(utf8));
    } catch (MalformedHeaderException e) {
      return e.getMessage();
    }
  }

  @Test
  void values_ofEveryKind_haveTheirTypes() throws Exception {
    Header header =
        parse(
            "{\"s\":\"x\",\"i\":-7,\"t\":true,\"f\":false,\"n\":null,\"l\":[1,-2],\"e\":[],"
                + "\"d\":1.50,\"o\":{\"a\":[{}]},\"m\":[1,\"x\"]}");

    assertThat(header.keys()).containsExactly("s", "i", "t", "f", "l", "e", "d", "o", "m");
    assertThat(header.get("s")).isEqualTo("x");
    assertThat(header.get("i")).isEqualTo(-7L);
    assertThat(header.get("t")).isEqualTo(true);
    assertThat(header.get("f")).isEqualTo(false);
    assertThat(header.get("n")).isNull();
    assertThat(header.get("l")).isEqualTo(new long[] {1, -2});
    assertThat(header.get("e")).isEqualTo(new long[0]);
    assertThat(header.get("d")).hasToString("1.50");
    assertThat(header.get("o")).hasToString("{\"a\":[{}]}");
    assertThat(header.get("m")).hasToString("[1,\"x\"]");
    assertThat(header.text("s")).isEqualTo("x");
    assertThat(header.text("i")).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 65_536, (1L << 53) - 1})
  void size_inRange_isRead(long size) throws Exception {
    assertThat(parse("{\"size\": " + size + " }").size()).isEqualTo(size);
    assertThat(parse("{\"\\u0073ize\":" + size + ",\"a\":1}").size()).isEqualTo(size);
  }

  @Test
  void size_absent_isZero() throws Exception {
    assertThat(parse("{\"Size\":1}").size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", "1.0", "1e3", "0.0", "-1", "9007199254740992", "9223372036854775807",
        "9223372036854775808", "123456789012345678901234567890", "\"5\"", "true", "[]", "[5]", "{}"
      })
  void size_thatIsNoIntegerInRange_isRefusedWithItsValue(String size) {
    assertThat(refusal("{\"size\":" + size + "}")).contains("size is " + size, "0 to 2^53-1");
  }

  @Test
  void size_longAndOdd_isShownShortAndOnOneLine() {
    assertThat(refusal("{\"size\":[\n" + "🥟".repeat(100) + "]}")).isNotEmpty();
    assertThat(refusal("{\"size\":[\n\"" + "🥟".repeat(100) + "\"]}"))
        .contains("size is [?\"" + "🥟".repeat(37) + "...,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"b\":2,\"a\":null}", "{\"a\":null,\"a\":1}",
        "{\"a\":null,\"a\":null}", "{\"size\":1,\"size\":1}", "{\"a\":1,\"\\u0061\":1}"
      })
  void key_standingTwice_isRefused(String json) {
    assertThat(refusal(json)).contains("twice");
  }

  @Test
  void key_standingTwiceAmongMany_isRefusedWhereverItStands() throws Exception {
    for (int keys = 2; keys < 60; keys++) {
      for (int twin = 0; twin < keys - 1; twin++) {
        StringBuilder json = new StringBuilder("{\"size\":0");
        for (int i = 0; i < keys - 1; i++) {
          json.append(",\"k").append(i).append("\":").append(i % 3 == 0 ? "null" : "1");
        }
        assertThat(parse(json + "}").keys()).hasSize(keys - 1 - (keys + 1) / 3);
        assertThat(refusal(json + ",\"k" + twin + "\":" + (keys % 2 == 0 ? "null" : "1") + "}"))
            .contains("\"k" + twin + "\"", "twice");
      }
    }
  }

  @Test
  void key_standingTwiceInANestedObject_isNoneOfTheHeadersBusiness() throws Exception {
    assertThat(parse("{\"a\":{\"b\":1,\"b\":2}}").get("a")).hasToString("{\"b\":1,\"b\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0a2", // overlong
        "e080a2",
        "f08080a2", // overlong
        "eda080",
        "edb080", // surrogates
        "f4908080",
        "f8888080", // beyond Unicode
        "e4bd",
        "c3",
        "f09fa5", // cut short
        "80",
        "ff",
        "fe" // no start of a character
      })
  void header_notUtf8_isRefused(String hex) {
    String wrong = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    for (String json :
        List.of(
            "{\"a\":\"" + wrong + "\"}", "{\"" + wrong + "\":1}", "{\"a\":[\"" + wrong + "\"]}")) {
      assertThat(refusal(json.getBytes(StandardCharsets.ISO_8859_1)))
          .isEqualTo("the header is not UTF-8");
    }
  }

  @Test
  void header_inAnotherEncoding_isRefused() {
    for (String charset : List.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
      assertThat(refusal("{\"a\":1}".getBytes(java.nio.charset.Charset.forName(charset))))
          .contains("not");
    }
    assertThat(refusal("\uFEFF{}")).contains("not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"{}\"",
        "{",
        "}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e}",
        "{\"a\":+1}",
        "{\"a\":- 1}",
        "{\"a\":NaN}",
        "{\"a\":tru}",
        "{\"a\":truee}",
        "{\"a\":True}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"}",
        "{\"a\":\"\\",
        "{\"a\":\"\\u1",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[}",
        "{\"a\":{\"b\"}}",
        "{\"a\":1 \"b\":2}",
        "{}{}",
        "{} x",
        "{},",
        "{}\0",
        "{\"a\":1}/**/",
        "/**/{}",
        "{\"a\":\"\0\"}",
        "{\"a\":\f1}",
        "{\"a\":1\u00a0}",
        "{\"a\":1_0}",
        "{\"a\":0x1}",
        "{\"a\":[1,tru]}",
        "{\"a\":[1,\"\u0001\"]}",
        "{\"a\":{\"b\":nul}}",
        "{1:2}",
        "{null:2}"
      })
  void header_thatIsNoJsonObject_isRefused(String json) {
    assertThat(refusal(json)).contains("the header");
  }

  @Test
  void refusal_ofWhatIsNoJson_saysWhere() {
    assertThat(refusal("{\"a\":x}"))
        .isEqualTo("the header is not JSON: it has 'x' at byte 5, expected is a value");
    assertThat(refusal("{\"a\":\"\n\"}")).contains("0x0a at byte 6");
    assertThat(refusal("{\"a\"")).contains("ends at byte 4");
  }

  @Test
  void blanks_aroundEveryToken_areAllowed() throws Exception {
    Header header = parse(" \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } , \"size\" : 3 }\r\n\t ");

    assertThat(header.get("a")).isEqualTo(new long[] {1, 2});
    assertThat(header.get("b")).hasToString("{ }");
    assertThat(header.size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "-0, 0"
  })
  void integer_thatFitsALong_isOne(String json, long value) throws Exception {
    assertThat(parse("{\"a\":" + json + "}").get("a")).isEqualTo(value);
    assertThat(parse("{\"a\":[" + json + "]}").get("a")).isEqualTo(new long[] {value});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "1.0",
        "1e3",
        "-0.0",
        "1E-400",
        "1e999999999999",
        "123456789012345678901234567890123456789.5e-7"
      })
  void number_thatFitsNoLong_isKeptAsWritten(String json) throws Exception {
    assertThat(parse("{\"a\":" + json + "}").get("a")).isInstanceOf(Json.class).hasToString(json);
    assertThat(parse("{\"a\":[1," + json + "]}").get("a")).hasToString("[1," + json + "]");
  }

  @Test
  void number_asLongAsAHeaderMayBe_isKeptAsWritten() throws Exception {
    String digits = "7".repeat(60_000);

    assertThat(parse("{\"a\":" + digits + "}").get("a")).hasToString(digits);
  }

  @Test
  void array_ofManyIntegers_isRead() throws Exception {
    StringBuilder json = new StringBuilder("{\"a\":[0");
    for (int i = 1; i < 1_000; i++) {
      json.append(',').append(i);
    }

    assertThat((long[]) parse(json + "]}").get("a")).hasSize(1_000).startsWith(0, 1).endsWith(999);
  }

  @Test
  void nestedValue_behindMultiByteCharacters_isSlicedWhereItStands() throws Exception {
    Header header = parse("{\"包🥟\":\"é包🥟\",\"a\":{\"包\":[\"🥟\"]},\"b\":[\"é\",{}],\"c\":1.5}");

    assertThat(header.get("a")).hasToString("{\"包\":[\"🥟\"]}");
    assertThat(header.get("b")).hasToString("[\"é\",{}]");
    assertThat(header.get("c")).hasToString("1.5");
  }

  @Test
  void nesting_upToFiveHundred_isReadAndDeeperRefused() throws Exception {
    for (String pair : List.of("[]", "{}")) {
      String open = pair.equals("[]") ? "[" : "{\"a\":";
      String close = pair.substring(1);
      assertThat(parse("{\"a\":" + open.repeat(498) + pair + close.repeat(498) + "}").keys())
          .hasSize(1);
      assertThat(refusal("{\"a\":" + open.repeat(499) + pair + close.repeat(499) + "}"))
          .contains("deeper than 500");
      assertThat(refusal("{\"a\":" + open.repeat(100_000))).contains("deeper than 500");
    }
  }

  @Test
  void string_withEscapes_isUnescaped() throws Exception {
    Header header = parse("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83E\\udd5f包x\\u0000\"}");

    assertThat(header.get("a")).isEqualTo("\"\\/\b\f\n\r\té🥟包x\0");
  }

  @Test
  void loneSurrogate_escaped_isKeptAndWrittenBack() throws Exception {
    for (String half : List.of("\\ud83e", "\\udd5f", "\\udd5f\\ud83e")) {
      Header header = parse("{\"a\":\"" + half + "\",\"k" + half + "\":[\"" + half + "\"]}");

      assertThat(header.keys()).hasSize(2);
      assertThat(header.json().as(Map.class).get("a")).isEqualTo(header.get("a"));
      assertThat(header.toString())
          .isEqualToIgnoringCase("{\"a\":\"" + half + "\",\"k" + half + "\":[\"" + half + "\"]}");
    }
  }

  @Test
  void keys_withOneHashCode_areReadInTimeLinearToTheirNumber() throws Exception {
    StringBuilder json = new StringBuilder("{\"a\":1");
    for (int i = 0; i < 1 << 12; i++) {
      json.append(",\"");
      for (int bit = 0; bit < 12; bit++) {
        json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      json.append("\":1");
    }

    assertThat(parse(json + "}").keys()).hasSize(1 + (1 << 12));
  }

  @Test
  void of_withNull_leavesTheKeyOut() {
    assertThat(Header.of("a", null, "b", 2).keys()).containsExactly("b");
  }

  @Test
  void with_moreKeys_leavesTheOriginalAsItWas() {
    Header header = Header.of("a", 1);

    assertThat(header.with("b", 2).keys()).containsExactly("a", "b");
    assertThat(header.keys()).containsExactly("a");
  }

  @Test
  void of_whatNoHeaderHas_throws() {
    assertThatThrownBy(() -> Header.of("a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Header.of("a", 1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Header.of(1, "a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Header.of(null, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Header.of("a", 1, "a", 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Header.of("size", 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
