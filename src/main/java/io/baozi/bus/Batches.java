package io.baozi.bus;

import io.baozi.message.Service;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one go of an event loop has for others on the bus: all for one address leaves as one
 * message, in its order. A message costs as much however much is in it. Belongs to that event loop.
 */
public final class Batches {
  private final ServiceBus bus;

  /** By address. */
  private final Map<String, List<Object>> gathered = new LinkedHashMap<>();

  /** None yet, for this bus. */
  public Batches(ServiceBus bus) {
    this.bus = Objects.requireNonNull(bus, "bus");
  }

  /** Adds what goes to a service. */
  public void arrive(Service service, Arrival arrival) {
    add(bus.address(service), arrival);
  }

  /** Adds what goes back to whoever awaits departures at an address. */
  public void depart(String replyTo, Departure departure) {
    add(replyTo, departure);
  }

  private void add(String address, Object one) {
    gathered.computeIfAbsent(address, a -> new ArrayList<>()).add(one);
  }

  /** Whether there is nothing to send. */
  public boolean isEmpty() {
    return gathered.isEmpty();
  }

  /** Sends all that was added; should that fail for an address, none of it is sent twice. */
  public void leave() {
    Iterator<Map.Entry<String, List<Object>>> all = gathered.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, List<Object>> next = all.next();
      all.remove();
      bus.send(next.getKey(), next.getValue());
    }
  }
}
