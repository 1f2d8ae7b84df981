package io.baozi.examples;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.net.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page whose Java is that of an example, which is tried on a server. */
final class Page {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private Page() {}

  /** A client of the server that the example is tried on. */
  static Client connected(Served served) {
    return await(
        Client.connect(served.vertx(), ClientOptions.defaults().at("127.0.0.1", served.port())));
  }

  /** Each block of the page stands in the example, word by word. */
  static void assertHasCodeOf(Path page, Path example) throws IOException {
    String code = words(Files.readString(example));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(page))
            .results()
            .map(block -> words(block.group(1)))
            .toList();
    assertThat(blocks).hasSizeGreaterThan(3).allSatisfy(block -> assertThat(code).contains(block));
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
