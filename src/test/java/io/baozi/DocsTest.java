package io.baozi;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the protocol shows and names what is there. */
class DocsTest {
  private static final Path PAGE = Path.of("docs/protocol.md");
  private static final Path CLIENT = Path.of("src/test/python/baozi_client.py");
  private static final Pattern DUMP_LINE =
      Pattern.compile("^    ([0-9a-f]{8})  ((?:[0-9a-f]{2} ){1,16}) ", Pattern.MULTILINE);

  @Test
  void page_client_isTheFile() throws IOException {
    String client = Files.readString(CLIENT);
    assertThat(client.lines()).hasSizeLessThanOrEqualTo(30);
    assertThat(Files.readString(PAGE))
        .as("the section on the client shows %s as it is", CLIENT)
        .contains("```python\n" + client + "```\n");
  }

  @Test
  void page_dumps_areTheFramesThatTheyShow() throws IOException {
    Header put = Header.of("id", 7, "op", "queue.put", "queue", "orders");
    Header answer = Header.of("id", 7, "ok", true, "msg", 12, "durable", "memory");
    Buffer shown =
        new FrameWriter(ByteOrder.BIG_ENDIAN)
            .add(put, Buffer.buffer("hello"))
            .add(answer, Buffer.buffer())
            .take();
    String dumped =
        DUMP_LINE
            .matcher(Files.readString(PAGE))
            .results()
            .map(line -> line.group(2).replace(" ", ""))
            .collect(Collectors.joining());
    assertThat(dumped).isEqualTo(HexFormat.of().formatHex(shown.getBytes()));
  }

  @Test
  void page_operations_areThoseOfTheServer() throws IOException {
    assertThat(matches("^### ([a-z.]+)$"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Operation.values()).map(Operation::wire).toList());
  }

  @Test
  void page_errors_areThoseOfTheProtocol() throws IOException {
    assertThat(matches("^\\| `([a-z_]+)` \\| (?:yes|no)(?:,[^|]*)? \\|"))
        .containsExactlyElementsOf(Stream.of(ErrorCode.values()).map(ErrorCode::wire).toList());
  }

  private static List<String> matches(String line) throws IOException {
    return Pattern.compile(line, Pattern.MULTILINE)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
