package io.baozi.net;

import io.vertx.core.transport.Transport;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "isAvailable", disabledReason = "this machine has no epoll")
final class TcpOnEpollTest extends TcpContract {
  TcpOnEpollTest() {
    super(Transport.EPOLL);
  }

  static boolean isAvailable() {
    return Transport.EPOLL != null && Transport.EPOLL.available();
  }
}
