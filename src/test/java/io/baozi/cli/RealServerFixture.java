package io.baozi.cli;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One real server for all tests of a class. */
abstract class RealServerFixture {
  static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RealServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }
}
