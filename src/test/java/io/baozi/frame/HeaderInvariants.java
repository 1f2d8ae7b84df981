package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What holds for any bytes that are read as a header. */
final class HeaderInvariants {
  private static final FrameWriter WRITER = new FrameWriter(ByteOrder.BIG_ENDIAN);

  /** Those of all headers that were checked. */
  private static final Words WORDS = new Words();

  private HeaderInvariants() {}

  /** Jackson agrees on whether these bytes are a header and what is in it; it survives writing. */
  static void check(byte[] utf8) {
    Optional<Map<String, String>> expected = JacksonHeader.read(utf8);
    Header header;
    try {
      header = Header.parse(utf8);
    } catch (MalformedHeaderException e) {
      assertThat(expected).as("refused: %s", e.getMessage()).isEmpty();
      assertThat(e.getMessage()).isNotBlank().matches("\\P{Cntrl}*");
      return;
    }
    assertThat(expected).as("accepted").isPresent();
    byte[] written = header.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(JacksonHeader.read(written)).as("written").isEqualTo(expected);
    assertThat(readWithWords(utf8)).as("read with words").isEqualTo(header);
    checkWritten(header);
  }

  private static Header readWithWords(byte[] utf8) {
    try {
      return HeaderReader.read(utf8, WORDS);
    } catch (MalformedHeaderException e) {
      throw new AssertionError("accepted without words", e);
    }
  }

  private static void checkWritten(Header header) {
    Buffer frame = WRITER.add(header, Buffer.buffer()).take();
    byte[] written = frame.getBytes(Integer.BYTES, frame.length());
    assertThat(frame.getInt(0)).isEqualTo(written.length);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(written));
      assertSame(header, Header.parse(written));
    } catch (CharacterCodingException | MalformedHeaderException e) {
      throw new AssertionError("written: " + new String(written, StandardCharsets.UTF_8), e);
    }
  }

  /** The same keys in the same order with the same values; the size is the body's. */
  static void assertSame(Header expected, Header actual) {
    assertThat(actual.keys()).isEqualTo(expected.keys());
    for (String key : expected.keys()) {
      assertThat(
              Arrays.deepEquals(new Object[] {expected.get(key)}, new Object[] {actual.get(key)}))
          .as("%s: %s and %s", key, expected, actual)
          .isTrue();
    }
  }
}
