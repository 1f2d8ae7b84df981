package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.bus.ServiceBus;
import io.baozi.frame.Header;
import io.baozi.net.Served;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Files and pipes over the event bus, inside the server's JVM. */
final class FilesInsideTest extends FileClientContract {
  @Override
  Future<Client> connectOne(Served server) {
    return Client.inside(server.vertx(), server.baozi().addresses(), options());
  }

  /** A worker may still have read for it. */
  @Test
  void body_ofAConnectionThatIsClosed_takesNoMore() {
    Vertx vertx = served.vertx();
    Promise<Void> late = Promise.promise();
    vertx.runOnContext(v -> writeAfterTheEnd(vertx).onComplete(late));
    assertThatThrownBy(() -> await(late.future())).isInstanceOf(IOException.class);
  }

  private static Future<Void> writeAfterTheEnd(Vertx vertx) {
    ServiceBus bus = new ServiceBus(vertx, served.baozi().addresses());
    return BusStreamLink.open(Home.here(vertx), bus)
        .compose(
            link -> {
              link.begin(Header.of("op", "file.put", "name", "cut"), 2);
              link.abort();
              return link.write(Buffer.buffer("ab"));
            });
  }
}
