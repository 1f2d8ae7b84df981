package io.baozi.examples;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.client.Client;
import io.baozi.net.Served;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PantryTest {
  private static final Path PAGE = Path.of("docs/files.md");
  private static final Path CODE = Path.of("src/test/java/io/baozi/examples/Pantry.java");

  @TempDir private Path folder;
  private Served served;

  @BeforeEach
  void start() {
    served = Served.start(Transport.NIO, "", "files:{dir:\"" + folder.resolve("kept") + "\"}");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void pantry_run_doesWhatItSays() throws IOException {
    Client client = Page.connected(served);
    Path recipe = Files.writeString(folder.resolve("baozi"), "flour, water, yeast");
    await(Pantry.keep(served.vertx(), client, recipe));
    await(Pantry.fetch(client, "baozi", folder.resolve("fetched")));
    assertThat(folder.resolve("fetched")).hasSameBinaryContentAs(recipe);
    assertThat(await(Pantry.replaceMenu(client, recipe)).name()).isEqualTo("menu");
    assertThat(await(client.lock("menu").info()).holders()).isEmpty();
    Future<Buffer> taken = Pantry.take(Page.connected(served));
    await(Pantry.pass(served.vertx(), client, recipe));
    assertThat(await(taken)).hasToString("flour, water, yeast");
  }

  @Test
  void page_code_isThatOfThePantry() throws IOException {
    Page.assertHasCodeOf(PAGE, CODE);
  }
}
