package io.baozi.bench.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class NatsConversationTest {
  private static final String RECEIPT = "MSG _INBOX.1 1 26\r\n{\"stream\":\"PUTS\", \"seq\":1}\r\n";

  private final NatsConversation conversation = new NatsConversation("_INBOX.1", new byte[] {'x'});

  @Test
  void receipt_byteByByte_answersOnce() throws IOException {
    ByteBuffer in = ByteBuffer.allocate(1024);
    int answers = 0;
    for (byte next : RECEIPT.getBytes(ISO_8859_1)) {
      in.put(next).flip();
      answers += conversation.isAnswered(in) ? 1 : 0;
      in.compact();
    }

    assertThat(answers).isEqualTo(1);
    assertThat(in.position()).isZero();
  }

  @Test
  void ping_beforeAReceipt_isAnsweredBeforeTheNextPut() throws IOException {
    assertThat(conversation.isAnswered(bytes("PING\r\n" + RECEIPT))).isTrue();

    assertThat(text(conversation.put())).startsWith("PONG\r\nPUB puts _INBOX.1 1\r\nx\r\n");
    assertThat(text(conversation.put())).startsWith("PUB puts");
  }

  @Test
  void receipt_ofAnError_isRefused() {
    String error = "{\"error\":{\"code\":503}}";

    assertThatThrownBy(
            () ->
                conversation.isAnswered(
                    bytes("MSG _INBOX.1 1 " + error.length() + "\r\n" + error + "\r\n")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("503");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  private static String text(ByteBuffer bytes) {
    return ISO_8859_1.decode(bytes).toString();
  }
}
