package io.baozi.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter =
      new LineSplitter(10, line -> lines.add(line.toString(ISO_8859_1)));

  private void feed(String latin) {
    splitter.feed(Buffer.buffer(latin.getBytes(ISO_8859_1)));
  }

  @Test
  void feed_everyCutOfAStream_givesTheSameLines() {
    String stream = "one\n\r\n\n\u00e9\u00ff\r\nlast";
    for (int cut = 0; cut <= stream.length(); cut++) {
      lines.clear();
      LineSplitter cutter = new LineSplitter(10, line -> lines.add(line.toString(ISO_8859_1)));
      cutter.feed(Buffer.buffer(stream.substring(0, cut).getBytes(ISO_8859_1)));
      cutter.feed(Buffer.buffer(stream.substring(cut).getBytes(ISO_8859_1)));
      cutter.end();
      assertThat(lines).containsExactly("one", "\r", "", "\u00e9\u00ff\r", "last");
      assertThat(cutter.count()).isEqualTo(5);
    }
  }

  @Test
  void end_afterANewline_isNoLine() {
    feed("a\n");
    splitter.end();
    assertThat(lines).containsExactly("a");
  }

  @Test
  void feed_lineOfTheLimit_passesAndOneByteMoreIsRefusedByNumber() {
    feed("0123456789\n01234");
    assertThatThrownBy(() -> feed("567890"))
        .isInstanceOf(LineSplitter.TooLongException.class)
        .hasMessage("line 2 is longer than 10 bytes");
    assertThat(lines).containsExactly("0123456789");
  }
}
