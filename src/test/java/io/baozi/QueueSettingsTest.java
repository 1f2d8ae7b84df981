package io.baozi;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.client.Message;
import io.baozi.client.NackException;
import io.baozi.flow.Consumer;
import io.baozi.net.Served;
import io.baozi.net.Wire;
import io.vertx.core.Future;
import io.vertx.core.transport.Transport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the configuration says of queues is what the server, its producers and consumers do. */
@Timeout(60)
final class QueueSettingsTest {
  /** Wants nothing of what it gets: a three never again, the rest not now. */
  public static final class Refusing extends Consumer {
    @Override
    protected Future<?> consume(Message message) {
      return Future.failedFuture(
          message.body().toString().equals("3")
              ? NackException.dead("a three")
              : new IllegalStateException("not now"));
    }
  }

  @Test
  void queue_named_isThereFromTheStartWithAllThatTheConfigurationSays() throws Exception {
    String queues =
        "queues:{orders:{order:\"lifo\",capacity:5,maxBytes:\"10MiB\",durable:false,ttr:\"5s\","
            + "attempts:3,backoff:\"1s\",ttl:\"1h\",deadLetter:\"bin\",dedup:\"5m\"}}";
    try (Served served = Served.start(Transport.NIO, "loops:1", queues);
        Wire wire = served.connect()) {
      assertThat(wire.ask("{\"op\":\"queue.list\",\"id\":1}").json())
          .contains("\"queue\":\"orders\"");
      assertThat(wire.ask("{\"op\":\"queue.declare\",\"id\":2,\"queue\":\"orders\"}").json())
          .isEqualTo(
              "{\"id\":2,\"ok\":true,\"queue\":\"orders\",\"order\":\"lifo\",\"capacity\":5,"
                  + "\"maxBytes\":10485760,\"durable\":false,\"ttr\":5000,\"attempts\":3,"
                  + "\"backoff\":1000,\"ttl\":3600000,\"deadLetter\":\"bin\",\"dedup\":300000}");
    }
  }

  @Test
  void deadLetter_ofTheDefault_isAQueueThatKeepsItsDead() throws Exception {
    String queues = "queues:{default:{deadLetter:\"bin\",order:\"priority\"}}";
    try (Served served = Served.start(Transport.NIO, "loops:1", queues);
        Wire wire = served.connect()) {
      assertThat(wire.ask("{\"op\":\"queue.declare\",\"id\":1,\"queue\":\"bin\"}").json())
          .contains("\"order\":\"priority\"")
          .doesNotContain("deadLetter");
      assertThat(wire.ask("{\"op\":\"queue.declare\",\"id\":2,\"queue\":\"q\"}").json())
          .contains("\"deadLetter\":\"bin\"");
    }
  }

  @Test
  void consumer_failsOnWhatAProducerPuts_goesByTheSettingsOfTheirQueue() throws Exception {
    String sections =
        "queues:{orders:{attempts:2,deadLetter:\"bin\"}},"
            + "consumers:[{class:\""
            + Refusing.class.getName()
            + "\",queue:\"orders\",ttr:\"30s\"}],"
            + "producers:[{type:\"ticker\",queue:\"orders\",headers:{from:\"oven\"},"
            + "config:{rate:1000,count:3,body:\"{n}\"}}]";
    try (Served served = Served.start(Transport.NIO, "loops:1", sections);
        Wire wire = served.connect()) {
      for (int i = 1; i <= 3; i++) {
        wire.send("{\"op\":\"queue.take\",\"id\":" + i + ",\"queue\":\"bin\"}");
        Wire.Frame dead = wire.read();
        String body = new String(dead.body(), StandardCharsets.UTF_8);
        assertThat(dead.json())
            .contains("\"from\":\"oven\"")
            .contains(body.equals("3") ? "\"attempts\":1" : "\"attempts\":2");
      }
    }
  }
}
