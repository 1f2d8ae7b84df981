package io.baozi.client;

import static io.baozi.net.Served.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A client of a server that misbehaves on cue, new for each test. */
abstract class FakeFilesFixture {
  static Vertx vertx;

  FakeFiles server;
  Client client;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    await(vertx.close());
  }

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
