package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.Served;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files and pipes over TCP, which may be cut. */
final class FilesOverTcpTest extends FileClientContract {
  private static final int CUTS = 100;
  private static final int MOST_BYTES = 100_000;

  @Override
  Future<Client> connectOne(Served server) {
    return Client.connect(server.vertx(), options());
  }

  @Test
  void upload_throughAHundredCuts_isRight() throws IOException {
    long seed = System.nanoTime();
    CutProxy proxy = new CutProxy(served.vertx(), served.port(), seed, MOST_BYTES);
    Client through = await(Client.connect(served.vertx(), options().at("127.0.0.1", proxy.port())));
    proxy.cut(CUTS);
    FileInfo file = await(through.files().upload("cut/up", source()).future());
    assertThat(file.length()).as("seed %d", seed).isEqualTo(BYTES.length);
    assertThat(proxy.cutsLeft()).as("seed %d", seed).isZero();
    await(store.download("cut/up", folder.resolve("target")).future());
    assertThat(folder.resolve("target")).as("seed %d", seed).hasBinaryContent(BYTES);
    await(through.close());
  }

  @Test
  void download_throughAHundredCuts_isRight() throws IOException {
    long seed = System.nanoTime();
    await(store.upload("cut/down", source()).future());
    CutProxy proxy = new CutProxy(served.vertx(), served.port(), seed, MOST_BYTES);
    Client through = await(Client.connect(served.vertx(), options().at("127.0.0.1", proxy.port())));
    proxy.cut(CUTS);
    await(through.files().download("cut/down", folder.resolve("target")).future());
    assertThat(proxy.cutsLeft()).as("seed %d", seed).isZero();
    assertThat(folder.resolve("target")).as("seed %d", seed).hasBinaryContent(BYTES);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all)
          .extracting(Path::getFileName)
          .extracting(Path::toString)
          .containsExactlyInAnyOrder("source", "target");
    }
    await(through.close());
  }
}
