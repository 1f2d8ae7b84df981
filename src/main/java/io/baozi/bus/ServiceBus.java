package io.baozi.bus;

import io.baozi.message.Service;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The event bus as requests and answers travel on it: arrivals to a service, departures back, by
 * reference and in order. All of it is local to the JVM.
 */
public final class ServiceBus {
  private static final Logger LOG = System.getLogger(ServiceBus.class.getName());

  private final EventBus bus;
  private final Addresses addresses;

  /** The services at these addresses, on this Vert.x's bus. */
  public ServiceBus(Vertx vertx, Addresses addresses) {
    this.bus = vertx.eventBus();
    this.addresses = addresses;
    LocalCodec.register(bus);
  }

  /** The addresses used. */
  public Addresses addresses() {
    return addresses;
  }

  /** Sends to a service. */
  public void arrive(Service service, Arrival arrival) {
    bus.send(addresses.of(service), arrival, LocalCodec.LOCAL);
  }

  /** Sends back to whoever awaits departures at an address. */
  public void depart(String replyTo, Departure departure) {
    bus.send(replyTo, departure, LocalCodec.LOCAL);
  }

  /** Binds a service to its address, on the current context. */
  public MessageConsumer<Arrival> serve(Service service, Handler<Arrival> handler) {
    return bind(addresses.of(service), handler);
  }

  /** Awaits departures at an address, on the current context. */
  public MessageConsumer<Departure> await(String replyTo, Handler<Departure> handler) {
    return bind(replyTo, handler);
  }

  /**
   * Nothing that a handler throws reaches the sender over a bus, so it must not throw: what it
   * throws all the same is logged with its cause.
   */
  private <T> MessageConsumer<T> bind(String address, Handler<T> handler) {
    MessageConsumer<T> consumer = bus.localConsumer(address);
    return consumer.handler(
        message -> {
          try {
            handler.handle(message.body());
          } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a message to " + address + " was not handled", e);
          }
        });
  }
}
