package io.baozi.file;

import io.vertx.core.transport.Transport;

final class FilesOnNioTest extends FileContract {
  FilesOnNioTest() {
    super(Transport.NIO);
  }
}
