package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.Baozi;
import io.baozi.config.Config;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transfers over the end of one server and the start of the next, in its place. */
@Timeout(120)
final class RestartedTransferTest {
  private static final int LENGTH = 60_000_000;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private Vertx serving;
  private Baozi server;

  @BeforeEach
  void start() throws IOException {
    byte[] bytes = new byte[LENGTH];
    new Random(1).nextBytes(bytes);
    Files.write(source(), bytes);
    serve(0);
  }

  @AfterEach
  void stop() {
    await(vertx.close());
    await(serving.close());
  }

  private Path source() {
    return folder.resolve("source");
  }

  private void serve(int port) {
    serving = Vertx.vertx();
    String json =
        "{\"server\":{\"port\":%d},\"udp\":{\"enabled\":false},\"journal\":{\"enabled\":false},"
            + "\"files\":{\"dir\":\"%s\"}}";
    server =
        await(Baozi.start(serving, Config.parse(json.formatted(port, folder.resolve("kept")))));
  }

  /** A client on the context of the test. */
  private Client connected() {
    Promise<Client> connected = Promise.promise();
    context.runOnContext(
        v ->
            Client.connect(vertx, ClientOptions.defaults().at("127.0.0.1", server.port()))
                .onComplete(connected));
    return await(connected.future());
  }

  /** Looks in each go of the client's loop, which no more than a part of a transfer passes in. */
  private void pauseOnceUnderWay(Transfer transfer, Promise<Void> paused) {
    if (transfer.progress().done() > 0) {
      transfer.pause();
      paused.complete();
    } else {
      context.runOnContext(v -> pauseOnceUnderWay(transfer, paused));
    }
  }

  /** Starts another server in the place of this one, while a transfer stands still half-way. */
  private void restart(Client client, Transfer transfer) {
    Promise<Void> paused = Promise.promise();
    context.runOnContext(v -> pauseOnceUnderWay(transfer, paused));
    await(paused.future());
    await(client.ping());
    assertThat(transfer.progress().done()).isLessThan(LENGTH);
    int port = server.port();
    await(server.stop(Duration.ZERO));
    await(serving.close());
    serve(port);
    transfer.resume();
  }

  @Test
  void transfer_serverRestarted_goesOnWhereItWas() {
    Client client = connected();
    Transfer up = client.files().upload("f", source());
    restart(client, up);
    assertThat(await(up.future()).length()).isEqualTo(LENGTH);
    // The first one's session has ended with the first server, which was no matter to its transfer.
    client = connected();
    Transfer down = client.files().download("f", folder.resolve("target"));
    restart(client, down);
    await(down.future());
    assertThat(folder.resolve("target")).hasSameBinaryContentAs(source());
  }
}
