package io.baozi.client;

import io.baozi.net.Served;
import io.vertx.core.Future;

/** Files and pipes over the event bus, inside the server's JVM. */
final class FilesInsideTest extends FileClientContract {
  @Override
  Future<Client> connectOne(Served server) {
    return Client.inside(server.vertx(), server.baozi().addresses(), options());
  }
}
