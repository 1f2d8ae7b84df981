package io.baozi.bus;

import io.baozi.message.Service;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The event bus as requests and answers travel on it: arrivals to a service, departures back, by
 * reference and in order. All of it is local to the JVM.
 */
public final class ServiceBus {
  private static final Logger LOG = System.getLogger(ServiceBus.class.getName());

  private final EventBus bus;
  private final Addresses addresses;
  private final Map<Service, String> services = new EnumMap<>(Service.class);

  /** The services at these addresses, on this Vert.x's bus. */
  public ServiceBus(Vertx vertx, Addresses addresses) {
    this.bus = vertx.eventBus();
    this.addresses = addresses;
    for (Service service : Service.values()) {
      services.put(service, addresses.of(service));
    }
    LocalCodec.register(bus);
  }

  /** The addresses used. */
  public Addresses addresses() {
    return addresses;
  }

  String address(Service service) {
    return services.get(service);
  }

  /** Sends to a service. */
  public void arrive(Service service, Arrival arrival) {
    send(address(service), List.of(arrival));
  }

  /** Sends back to whoever awaits departures at an address. */
  public void depart(String replyTo, Departure departure) {
    send(replyTo, List.of(departure));
  }

  /** Sends in one message, by reference: the list is not changed any more. */
  void send(String address, List<?> batch) {
    bus.send(address, batch, LocalCodec.LOCAL);
  }

  /** Binds a service to its address, on the current context. */
  public MessageConsumer<?> serve(Service service, Handler<Arrival> handler) {
    return bind(address(service), handler);
  }

  /** Awaits departures at an address, on the current context. */
  public MessageConsumer<?> await(String replyTo, Handler<Departure> handler) {
    return bind(replyTo, handler);
  }

  /**
   * Nothing that a handler throws reaches the sender over a bus, so it must not throw: what it
   * throws all the same is logged with its cause.
   */
  private <T> MessageConsumer<?> bind(String address, Handler<T> handler) {
    MessageConsumer<List<T>> consumer = bus.localConsumer(address);
    return consumer.handler(
        message -> {
          for (T one : message.body()) {
            try {
              handler.handle(one);
            } catch (RuntimeException e) {
              LOG.log(Level.ERROR, "a message to " + address + " was not handled", e);
            }
          }
        });
  }
}
