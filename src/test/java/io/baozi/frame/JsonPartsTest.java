package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonPartsTest {
  @Test
  void with_newKey_leavesAllElseAsItWasWritten() {
    assertThat(json("{ \"a\" : 1.50e+1 ,\"b\":{\"dead\":[ ]},\"a\":2 }").with("dead", Json.of(5)))
        .hasToString("{\"a\" : 1.50e+1,\"b\":{\"dead\":[ ]},\"a\":2,\"dead\":5}");
    assertThat(json("{}").with("k\"", json("[1]")).toString()).isEqualTo("{\"k\\\"\":[1]}");
  }

  @Test
  void with_standingKey_replacesItHoweverItIsSpelt() {
    assertThat(json("{\"d\\u0065ad\":{\"x\":1},\"b\":2,\"dead\":3}").with("dead", Json.of(4)))
        .hasToString("{\"b\":2,\"dead\":4}");
  }

  @Test
  void with_numberOfThousandsOfDigits_isCopiedAndNotCounted() {
    String digits = "7".repeat(30_000);
    assertThat(json("{\"a\":" + digits + "}").with("b", Json.of(1)))
        .hasToString("{\"a\":" + digits + ",\"b\":1}");
  }

  @Test
  void value_standingTwice_isTheLast() {
    Json object = json("{\"a\":1,\"b\": [1, 2] ,\"a\":\"x\"}");
    assertThat(object.value("a")).hasToString("\"x\"");
    assertThat(object.value("b")).hasToString("[1, 2]");
    assertThat(object.value("c")).isNull();
    assertThat(json("{}").value("a")).isNull();
  }

  @Test
  void elements_ofAnyKind_areThoseOfTheArray() {
    assertThat(json("[1, {\"a\":[2]} ,null]").elements())
        .extracting(Json::toString)
        .containsExactly("1", "{\"a\":[2]}", "null");
    assertThat(json("[]").elements()).isEmpty();
    assertThat(Json.array(List.of(json("1"), json("[2]")))).hasToString("[1,[2]]");
    assertThat(Json.array(List.of())).hasToString("[]");
  }

  @Test
  void parts_ofAnotherKind_areRefused() {
    assertThatThrownBy(() -> json("[1]").value("a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> json("{}").elements()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> json("5").with("a", json("1")))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Json json(String text) {
    return Json.trusted(text.getBytes(StandardCharsets.UTF_8));
  }
}
