package io.baozi;

import io.baozi.bus.Addresses;
import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.client.PutOptions;
import io.baozi.client.Queue;
import io.baozi.net.UdpServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Puts every datagram that the UDP server receives into a queue. A sender of datagrams cannot be
 * made to wait: what does not fit is counted and dropped, which the log says once a second.
 */
final class UdpToQueue extends VerticleBase {
  private static final Logger LOG = System.getLogger(UdpToQueue.class.getName());
  private static final PutOptions AT_ONCE = PutOptions.DEFAULT.withWait(Duration.ZERO);
  private static final long SECOND = 1000;

  private final UdpServer udp;
  private final Addresses addresses;
  private final String name;
  private Client client;
  private Queue queue;
  private long dropped;
  private long told;

  UdpToQueue(UdpServer udp, Addresses addresses, String name) {
    this.udp = udp;
    this.addresses = addresses;
    this.name = name;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SECOND, t -> tell());
    return Client.inside(vertx, addresses, ClientOptions.defaults())
        .map(
            connected -> {
              client = connected;
              queue = connected.queue(name);
              udp.handler(packet -> put(packet.data()));
              return connected;
            });
  }

  @Override
  public Future<?> stop() {
    udp.handler(null);
    tell();
    return client.close();
  }

  private void put(Buffer datagram) {
    queue.put(datagram, AT_ONCE).onFailure(e -> context.runOnContext(v -> dropped++));
  }

  private void tell() {
    if (dropped > told) {
      LOG.log(
          Level.WARNING,
          "{0} datagrams did not fit into queue {1} and were dropped, {2} in all",
          dropped - told,
          name,
          dropped);
      told = dropped;
    }
  }
}
