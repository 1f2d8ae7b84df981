package io.baozi.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class AmqpFrameTest {
  private static final byte[] ACK = AmqpFrame.method(1, 60, 80, out -> out.writeLong(7)).bytes();

  @Test
  void frame_cutAnywhere_isTakenOnlyOnceItIsWhole() throws IOException {
    for (int length = 0; length < ACK.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(ACK, 0, length);

      assertThat(AmqpFrame.take(part)).isNull();
      assertThat(part.position()).isZero();
    }
    assertThat(AmqpFrame.take(ByteBuffer.wrap(ACK)).is(60, 80)).isTrue();
  }

  @Test
  void frame_anotherBehindIt_isLeftThere() throws IOException {
    ByteBuffer two = ByteBuffer.allocate(2 * ACK.length).put(ACK).put(ACK).flip();

    AmqpFrame.take(two);

    assertThat(two.remaining()).isEqualTo(ACK.length);
  }

  @Test
  void frame_wrongEndMark_isRefused() {
    byte[] broken = ACK.clone();
    broken[broken.length - 1] = 0;

    assertThatThrownBy(() -> AmqpFrame.take(ByteBuffer.wrap(broken)))
        .isInstanceOf(IOException.class);
  }
}
