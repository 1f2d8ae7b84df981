package io.baozi.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static Arguments with(Object value) {
    return new Arguments(Header.of("key", value));
  }

  private static String refusal(ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused).as("a refusal").isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST);
    return refused.getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " ", "orders", "包子", "🥟", "a/b\\c\"", "\u00a0"})
  void name_ofAnyPrintableText_isGiven(String name) {
    assertThat(with(name).name("key")).isEqualTo(name);
  }

  @Test
  void name_upTo255CodePoints_isGivenAndLongerRefused() {
    for (String one : List.of("a", "é", "包", "🥟")) {
      assertThat(with(one.repeat(255)).name("key")).isEqualTo(one.repeat(255));
      assertThat(refusal(() -> with(one.repeat(256)).name("key")))
          .contains("key has 256 characters", "1 to 255");
    }
    assertThat(refusal(() -> with("").name("key"))).contains("key has 0 characters");
  }

  @Test
  void name_withAnyControlCharacter_isRefusedByPlaceAndCode() {
    for (int c = 0; c < 0x100; c++) {
      Arguments arguments = with("🥟a" + (char) c + "b");
      if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
        assertThat(refusal(() -> arguments.name("key")))
            .contains(String.format(Locale.ROOT, "key has U+%04X at character 2", c));
      } else {
        assertThat(arguments.name("key")).hasSize(5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83e", "\udd5f", "a\udd5f\ud83eb", "🥟\ud83e"})
  void name_withALoneSurrogate_isRefused(String name) {
    assertThat(refusal(() -> with(name).name("key"))).containsPattern("U\\+D[8D]");
  }

  @Test
  void name_refusedUnderAnyLocale_readsTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(refusal(() -> with("a\n").name("key"))).contains("U+000A at character 1");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void name_missingOrOfAnotherType_isRefused() {
    assertThat(refusal(() -> with(null).name("key"))).contains("key is missing");
    assertThat(refusal(() -> with(7).name("key"))).contains("key is 7", "a string");
    assertThat(refusal(() -> with(new long[3]).name("key"))).contains("an array of 3 integers");
  }

  @Test
  void integer_inRange_isGivenAndElseRefused() {
    assertThat(with(-5).integer("key", 9, -5, 5)).isEqualTo(-5);
    assertThat(with(5).integer("key", 9, -5, 5)).isEqualTo(5);
    assertThat(with(null).integer("key", 9, -5, 5)).isEqualTo(9);
    assertThat(refusal(() -> with(-6).integer("key", 9, -5, 5)))
        .isEqualTo("key is -6, allowed is an integer from -5 to 5");
    assertThat(refusal(() -> with(6).integer("key", 9, -5, 5))).contains("key is 6");
    assertThat(refusal(() -> with("5").integer("key", 9, -5, 5))).contains("key is \"5\"");
    assertThat(refusal(() -> with(true).integer("key", 9, -5, 5))).contains("key is true");
    assertThat(refusal(() -> with(Json.of(1.0)).integer("key", 9, -5, 5))).contains("key is 1.0");
  }

  @Test
  void millis_outOfRange_isRefusedWithItsUnit() {
    assertThat(with(0).millis("key", 9, 0, 5)).isZero();
    assertThat(with(null).millis("key", 9, 0, 5)).isEqualTo(9);
    assertThat(refusal(() -> with(-1).millis("key", 9, 0, 5)))
        .isEqualTo("key is -1, allowed is an integer from 0 to 5 milliseconds");
  }

  @Test
  void flag_ofAnotherType_isRefused() {
    assertThat(with(true).flag("key")).isTrue();
    assertThat(with(false).flag("key")).isFalse();
    assertThat(with(null).flag("key")).isFalse();
    assertThat(refusal(() -> with("true").flag("key"))).contains("\"true\"", "true or false");
    assertThat(refusal(() -> with(1).flag("key"))).contains("key is 1");
  }

  @Test
  void text_ofAnotherType_isRefused() {
    assertThat(with("\n").text("key")).isEqualTo("\n");
    assertThat(with(null).text("key")).isNull();
    assertThat(refusal(() -> with(1).text("key"))).contains("key is 1", "a string");
  }

  @Test
  void integers_outOfRange_areRefusedByPlace() {
    assertThat(with(new long[] {1, 5}).integers("key", 1, 5)).containsExactly(1, 5);
    assertThat(with(new long[0]).integers("key", 1, 5)).isEmpty();
    assertThat(with(null).integers("key", 1, 5)).isNull();
    assertThat(refusal(() -> with(new long[] {1, 6}).integers("key", 1, 5)))
        .contains("key[1] is 6", "1 to 5");
    assertThat(refusal(() -> with(new long[] {0}).integers("key", 1, 5))).contains("key[0] is 0");
    assertThat(refusal(() -> with(Json.of(List.of(1, "x"))).integers("key", 1, 5)))
        .contains("key is an array, allowed is an array of integers");
  }

  @Test
  void object_ofAnotherType_isRefused() {
    assertThat(with(Json.of(Map.of())).object("key")).hasToString("{}");
    assertThat(with(null).object("key")).isNull();
    assertThat(refusal(() -> with(Json.of(List.of())).object("key"))).contains("key is an array");
    assertThat(refusal(() -> with("{}").object("key"))).contains("an object");
  }

  @Test
  void has_ofAbsentOrNull_isFalse() throws Exception {
    assertThat(with(0).has("key")).isTrue();
    assertThat(with(0).has("other")).isFalse();
    assertThat(
            new Arguments(Header.parse("{\"key\":null}".getBytes(StandardCharsets.UTF_8)))
                .has("key"))
        .isFalse();
  }
}
