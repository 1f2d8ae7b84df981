package io.baozi.file;

import io.vertx.core.transport.Transport;

final class PipesOnNioTest extends PipeContract {
  PipesOnNioTest() {
    super(Transport.NIO);
  }
}
