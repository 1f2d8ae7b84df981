package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordTest {
  private static final long SALT = 0x1234_5678_9abc_def0L;
  private static final byte[] BYTES = Entries.body(1, 30);

  private static ByteBuffer head(boolean settled) {
    ByteBuffer head = ByteBuffer.allocate(LogRecord.HEAD);
    LogRecord.head(head, SALT, 7, settled, BYTES);
    return head.flip();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void head_ofARecord_saysAllOfIt(boolean settled) {
    ByteBuffer head = head(settled);
    assertThat(LogRecord.length(head, 0)).isEqualTo(30);
    assertThat(LogRecord.number(head, 0)).isEqualTo(7);
    assertThat(LogRecord.isSettled(head, 0)).isEqualTo(settled);
    assertThat(LogRecord.isMarked(SALT, head, 0)).isTrue();
    assertThat(LogRecord.isWhole(SALT, head, BYTES)).isTrue();
  }

  /** Of an earlier use of the file, or from a body. */
  @ParameterizedTest
  @ValueSource(longs = {SALT + 1, SALT - 1, 0, ~SALT})
  void head_underAnotherSalt_isNeitherMarkedNorWhole(long salt) {
    assertThat(LogRecord.isMarked(salt, head(true), 0)).isFalse();
    assertThat(LogRecord.isWhole(salt, head(true), BYTES)).isFalse();
  }

  @Test
  void head_withAnyBitTurned_isNotWhole() {
    for (int bit = 0; bit < LogRecord.HEAD * Byte.SIZE; bit++) {
      ByteBuffer head = head(false);
      int at = bit / Byte.SIZE;
      head.put(at, (byte) (head.get(at) ^ 1 << bit % Byte.SIZE));
      assertThat(LogRecord.isWhole(SALT, head, BYTES)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void end_ofAnyLength_isTheNextMultipleOfAStep() {
    assertThat(LogRecord.end(0, 0)).isEqualTo(24);
    assertThat(LogRecord.end(0, 4)).isEqualTo(24);
    assertThat(LogRecord.end(0, 5)).isEqualTo(32);
    assertThat(LogRecord.end(1L << 40, 12)).isEqualTo((1L << 40) + 32);
  }
}
