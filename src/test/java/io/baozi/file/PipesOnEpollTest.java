package io.baozi.file;

import io.vertx.core.transport.Transport;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "isAvailable", disabledReason = "this machine has no epoll")
final class PipesOnEpollTest extends PipeContract {
  PipesOnEpollTest() {
    super(Transport.EPOLL);
  }

  static boolean isAvailable() {
    return Transport.EPOLL != null && Transport.EPOLL.available();
  }
}
