package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  /** A stream that hands out so many bytes at a time. */
  private static InputStream dripping(byte[] bytes, int most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(most, length));
      }
    };
  }

  private static Lines lines(String text, int most, int longest) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new Lines(new Source("it", dripping(bytes, most)), longest);
  }

  /** What goes out again if each line ends with a newline, but one that is cut. */
  private static String joined(Lines lines) {
    Buffer all = Buffer.buffer();
    for (Lines.Block block = lines.next(); block != null; block = lines.next()) {
      assertThat(block.lines()).isNotEmpty().hasSizeLessThanOrEqualTo(1024);
      block.lines().forEach(line -> all.appendBuffer(line).appendByte((byte) '\n'));
      if (block.isCut()) {
        assertThat(lines.next()).isNull();
        return all.slice(0, all.length() - 1).toString(StandardCharsets.ISO_8859_1);
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1 << 20})
  void next_anyBytesInAnyPieces_loseNothing(int most) {
    for (String text :
        List.of("", "\n", "a", "a\n", "\n\na", "a\r\n\r\n\u00ff\u0000\u0085\n\n", "ab\ncd")) {
      assertThat(joined(lines(text, most, 100))).isEqualTo(text);
    }
  }

  @Test
  void next_manyLines_comeInBlocks() {
    String text = "\n".repeat(5000) + "some words of a line\n".repeat(20_000) + "the end";
    assertThat(joined(lines(text, 1 << 20, 100))).isEqualTo(text);
  }

  @Test
  void next_lineBeyondTheLongest_isNamedOnceThoseBeforeItAreHandedOut() {
    Lines lines = lines("aaaa\nbbbbb\nc", 1 << 20, 4);
    List<String> handedOut = new ArrayList<>();
    lines.next().lines().forEach(line -> handedOut.add(line.toString()));
    assertThat(handedOut).containsExactly("aaaa");
    assertThatThrownBy(lines::next)
        .hasMessage("line 2 is longer than 4 bytes, the most that the server takes (maxMessage)");
  }

  @Test
  void next_endlessLine_isNotCollected() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> new Lines(new Source("it", endless), 1000).next())
        .hasMessageStartingWith("line 1 is longer than 1000 bytes");
  }
}
