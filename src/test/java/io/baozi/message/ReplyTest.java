package io.baozi.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Header;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyTest {
  @Test
  void ok_withFields_hasIdAndOkFirst() {
    Reply reply = Reply.ok(7, "msg", 12L);

    assertThat(reply.header()).hasToString("{\"id\":7,\"ok\":true,\"msg\":12}");
    assertThat(reply.isOk()).isTrue();
    assertThat(reply.isPush()).isFalse();
    assertThat(reply.refusal()).isEmpty();
    assertThat(reply.body().length()).isZero();
  }

  @Test
  void refused_withAnId_carriesItCodeAndMessage() {
    Reply reply = Reply.refused(7, ErrorCode.FULL, "queue orders holds 1000 of 1000 messages");

    assertThat(reply.header())
        .hasToString(
            "{\"id\":7,\"ok\":false,\"error\":\"full\","
                + "\"message\":\"queue orders holds 1000 of 1000 messages\"}");
    assertThat(reply.isOk()).isFalse();
    assertThat(reply.refusal().orElseThrow().code()).isEqualTo(ErrorCode.FULL);
    assertThat(reply.refusal().orElseThrow()).hasMessageContaining("orders");
  }

  @Test
  void refused_withoutAnId_carriesNone() {
    assertThat(Reply.refused(0, ErrorCode.BAD_FRAME, "x").header())
        .hasToString("{\"ok\":false,\"error\":\"bad_frame\",\"message\":\"x\"}");
    assertThat(Reply.refused(-3, ErrorCode.BAD_FRAME, "x").header().keys()).doesNotContain("id");
  }

  @Test
  void push_ofAnOperation_answersNothing() {
    Reply push = Reply.push("lock.lost", "lock", "a", "token", 3);

    assertThat(push.header()).hasToString("{\"op\":\"lock.lost\",\"lock\":\"a\",\"token\":3}");
    assertThat(push.isPush()).isTrue();
    assertThat(push.isOk()).isFalse();
    assertThat(push.refusal()).isEmpty();
    assertThat(push.id()).isZero();
  }

  @Test
  void read_ofAFrame_takesItsId() throws Exception {
    Buffer body = Buffer.buffer("x");

    assertThat(read("{\"id\":7,\"ok\":true}").id()).isEqualTo(7);
    assertThat(read("{\"ok\":false,\"error\":\"bad_frame\"}").id()).isZero();
    assertThat(read("{\"id\":\"7\",\"ok\":true}").id()).isZero();
    assertThat(Reply.read(Header.EMPTY, body).body()).isSameAs(body);
  }

  private static Reply read(String json) throws Exception {
    return Reply.read(Header.parse(json.getBytes(StandardCharsets.UTF_8)), Buffer.buffer());
  }

  @Test
  void refusal_ofAnUnknownOrAbsentError_isInternal() throws Exception {
    RefusedException unknown =
        read("{\"id\":7,\"ok\":false,\"error\":\"new\",\"message\":\"m\"}").refusal().orElseThrow();
    assertThat(unknown.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(unknown).hasMessage("unknown error new: m");

    assertThat(read("{\"ok\":false}").refusal().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(read("{\"ok\":false,\"error\":\"busy\"}").refusal().orElseThrow())
        .hasMessage("busy");
    assertThat(read("{\"ok\":1}").refusal()).isPresent();
  }
}
