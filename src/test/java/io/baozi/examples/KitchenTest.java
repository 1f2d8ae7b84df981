package io.baozi.examples;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.client.Client;
import io.baozi.net.Served;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KitchenTest {
  private static final Path PAGE = Path.of("docs/coordination.md");
  private static final Path CODE = Path.of("src/test/java/io/baozi/examples/Kitchen.java");

  private final Served served = Served.start(Transport.NIO, "");

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void kitchen_run_doesWhatItSays() throws Exception {
    Client client = Page.connected(served);
    await(Kitchen.writeMenu(client, "baozi"));
    assertThat(await(client.queue("menus").take()).body()).isEqualTo(Buffer.buffer("baozi"));
    assertThat(await(client.lock("menu").info()).holders()).isEmpty();
    List<Future<String>> baking =
        IntStream.range(0, 9).mapToObj(i -> Kitchen.bake(client, "dough " + i)).toList();
    assertThat(baking).extracting(Served::await).contains("baked dough 8");
    List<Future<Void>> cooks =
        Stream.of(client, Page.connected(served), Page.connected(served))
            .map(Kitchen::open)
            .toList();
    cooks.forEach(Served::await);
    await(client.queue("dishes").put(Buffer.buffer("soup")));
    assertThat(Kitchen.serve(client)).isEqualTo("soup");
  }

  @Test
  void page_code_isThatOfTheKitchen() throws IOException {
    Page.assertHasCodeOf(PAGE, CODE);
  }
}
