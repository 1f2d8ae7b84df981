package io.baozi.client;

import static io.baozi.net.Served.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client of a server that misbehaves on cue, new for each test. */
abstract class FakeFilesFixture extends VertxFixture {
  FakeFiles server;
  Client client;

  @BeforeEach
  final void connect() throws IOException {
    server = new FakeFiles();
    client = await(Client.connect(vertx, server.options()));
  }

  @AfterEach
  final void disconnect() throws IOException {
    await(client.close());
    server.close();
  }
}
