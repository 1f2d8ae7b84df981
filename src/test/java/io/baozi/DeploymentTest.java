package io.baozi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.net.Served;
import io.baozi.net.Wire;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order in which the parts of a server stop. */
@Timeout(60)
final class DeploymentTest {
  private static final Promise<Void> LET_GO = Promise.promise();

  /** A verticle that is asked to stop and does not until the test is over. */
  public static final class Stubborn extends VerticleBase {
    @Override
    public Future<?> stop() {
      return LET_GO.future();
    }
  }

  @Test
  void stop_verticleDoesNotStop_waitingClientsAreToldAllTheSame() throws Exception {
    String verticles = "verticles:[{class:\"" + Stubborn.class.getName() + "\"}]";
    Served served = Served.start(Transport.NIO, "loops:1", verticles);
    try (Wire wire = served.connect()) {
      wire.send("{\"op\":\"queue.take\",\"id\":1,\"queue\":\"q\"}");
      wire.ask("{\"op\":\"ping\",\"id\":2}");
      assertThatThrownBy(() -> served.baozi().stop(Duration.ofMillis(200)).await())
          .hasMessageContaining("did not stop");
      assertThat(wire.read().error()).isEqualTo("shutting_down");
      assertThat(wire.read()).isNull();
    } finally {
      LET_GO.complete();
      served.close();
    }
  }
}
