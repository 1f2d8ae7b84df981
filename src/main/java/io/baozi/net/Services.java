package io.baozi.net;

import io.baozi.bus.Arrival;
import io.baozi.message.Request;
import io.baozi.message.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The services that know of one connection, and what they are sent; belongs to its event loop. */
final class Services {
  private final Reception reception;
  private final String connection;

  /** Those that have not sent their last for this connection. */
  private final Set<Service> open = EnumSet.noneOf(Service.class);

  /** The requests of the chunk at hand. */
  private final Map<Service, List<Request>> batches = new EnumMap<>(Service.class);

  Services(Reception reception, String connection) {
    this.reception = reception;
    this.connection = connection;
  }

  /** Tells a service of the connection, unless it knows. */
  void open(Service service) {
    if (open.add(service)) {
      reception.arrive(service, new Arrival.Opened(reception.replyTo(), connection));
    }
  }

  /** Adds a request to what is sent next. */
  void add(Service service, Request request) {
    batches.computeIfAbsent(service, s -> new ArrayList<>()).add(request);
  }

  /** Sends each service what was added for it, in one batch. */
  void dispatch() {
    batches.forEach(this::dispatch);
    batches.clear();
  }

  private void dispatch(Service service, List<Request> requests) {
    open(service);
    reception.arrive(service, new Arrival.Requests(connection, requests));
  }

  /** Tells all that the connection asks for nothing more. */
  void close() {
    open.forEach(service -> reception.arrive(service, new Arrival.Closed(connection)));
  }

  /** A service has said its last. */
  void left(Service service) {
    open.remove(service);
  }

  /** Whether every one has said its last. */
  boolean haveLeft() {
    return open.isEmpty();
  }
}
