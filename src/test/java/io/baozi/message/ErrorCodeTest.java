package io.baozi.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void codes_onTheWire_areThoseOfTheProtocol() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wire))
        .containsExactlyInAnyOrder(
            "bad_frame",
            "bad_request",
            "unknown_op",
            "unauthorized",
            "forbidden",
            "not_found",
            "conflict",
            "full",
            "empty",
            "timeout",
            "too_large",
            "busy",
            "not_owner",
            "deadlock",
            "broken",
            "fenced",
            "cancelled",
            "failed",
            "corrupt",
            "shutting_down",
            "internal")
        .hasSize(21);
  }

  @Test
  void of_theWiresSpelling_isTheCode() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorCode.of(code.wire())).contains(code);
    }
    assertThat(ErrorCode.of("BAD_FRAME")).isEmpty();
    assertThat(ErrorCode.of("")).isEmpty();
  }
}
