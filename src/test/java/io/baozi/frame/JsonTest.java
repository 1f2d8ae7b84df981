package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Point(int x, int y) {}

  private static Json parsed(String json) throws MalformedHeaderException {
    byte[] header = ("{\"a\":" + json + "}").getBytes(StandardCharsets.UTF_8);
    return (Json) Header.parse(header).get("a");
  }

  @Test
  void value_readAsARecord_ignoresKeysThatItDoesNotHave() throws Exception {
    assertThat(parsed("{\"x\":1,\"y\":2,\"z\":3}").as(Point.class)).isEqualTo(new Point(1, 2));
  }

  @Test
  void value_ofAnotherShape_isRefusedByType() throws Exception {
    Json array = parsed("[1,\"x\"]");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> array.as(Point.class))
        .withMessageStartingWith("not a Point");
  }

  @Test
  void number_thatTakesLongToConvert_isKeptButNotRead() throws Exception {
    Json huge = parsed("{\"n\":" + "7".repeat(60_000) + "}");

    assertThatIllegalArgumentException().isThrownBy(() -> huge.as(Map.class));
  }

  @Test
  void with_objectOfWhatNobodyConverts_keepsAllElseAsItWasWritten() throws Exception {
    String rest = "\"n\":1e99999999999,\"\\u00e9\\ud800\":[1.0,{\"a\":null}]";
    Json object = parsed("{ \"a\" : 1, " + rest + " }");

    assertThat(object.with("a", Json.of(2))).hasToString("{" + rest + ",\"a\":2}");
    assertThat(object.with("b", Json.of(2))).hasToString("{\"a\" : 1," + rest + ",\"b\":2}");
    assertThat(parsed("{ }").with("a", Json.of(2))).hasToString("{\"a\":2}");
  }

  @Test
  void kind_ofAValue_isSeenWithoutReadingIt() {
    assertThat(Json.of(Map.of()).isObject()).isTrue();
    assertThat(Json.of(List.of()).isArray()).isTrue();
    assertThat(Json.of(1.5).isObject() || Json.of(1.5).isArray()).isFalse();
    assertThat(Json.of("\ud83e")).hasToString("\"\\uD83E\"");
  }
}
