package io.baozi.net;

import io.vertx.core.transport.Transport;

final class TcpOnNioTest extends TcpContract {
  TcpOnNioTest() {
    super(Transport.NIO);
  }
}
