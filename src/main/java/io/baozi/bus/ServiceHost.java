package io.baozi.bus;

import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Where a service meets its connections: it opens a session for each, hands over what each asks,
 * and sends, at the end of a tick, what there is for each in one departure. Belongs to the event
 * loop of the verticle that serves.
 */
public final class ServiceHost<S extends ServiceSession> {
  private final ServiceBus bus;
  private final Service service;
  private final BiFunction<Arrival.Opened, Consumer<ServiceSession>, S> opener;
  private final BiConsumer<S, Request> carryOut;
  private final Map<String, S> sessions = new HashMap<>();

  /** The sessions that have something to send at the end of the tick. */
  private List<ServiceSession> dirty = new ArrayList<>();

  private Context context;
  private MessageConsumer<?> consumer;
  private boolean draining;

  /**
   * A service that has not started.
   *
   * @param opener makes a session for a connection; the session tells the consumer that it has
   *     something to send
   * @param carryOut carries a request out, and answers it once; throws nothing
   */
  public ServiceHost(
      ServiceBus bus,
      Service service,
      BiFunction<Arrival.Opened, Consumer<ServiceSession>, S> opener,
      BiConsumer<S, Request> carryOut) {
    this.bus = Objects.requireNonNull(bus, "bus");
    this.service = Objects.requireNonNull(service, "service");
    this.opener = Objects.requireNonNull(opener, "opener");
    this.carryOut = Objects.requireNonNull(carryOut, "carryOut");
  }

  /** Serves, on this context. */
  public Future<?> start(Context context) {
    this.context = context;
    consumer = bus.serve(service, this::receive);
    return consumer.completion();
  }

  /** Ends all sessions, sends what there is, and serves no more. */
  public Future<?> stop() {
    sessions.values().forEach(ServiceSession::end);
    sessions.clear();
    flush();
    return consumer.unregister();
  }

  /**
   * Ends, on the event loop, what waits of each connection, and sends the answers.
   *
   * @return completes once they are on their way
   */
  public Future<Void> drain(Consumer<S> endWaits) {
    Promise<Void> promise = Promise.promise();
    context.runOnContext(
        v -> {
          draining = true;
          sessions.values().forEach(endWaits);
          flush();
          promise.complete();
        });
    return promise.future();
  }

  /** Whether it has been drained, so that nothing new is begun. */
  public boolean isDraining() {
    return draining;
  }

  private void receive(Arrival arrival) {
    if (arrival instanceof Arrival.Opened opened) {
      sessions.put(opened.connection(), opener.apply(opened, this::becameDirty));
    } else if (arrival instanceof Arrival.Requests requests) {
      S session = sessions.get(requests.connection());
      if (session != null) {
        requests.requests().forEach(request -> carryOut.accept(session, request));
      }
    } else if (arrival instanceof Arrival.Closed closed) {
      S session = sessions.remove(closed.connection());
      if (session != null) {
        session.end();
      }
    }
  }

  private void becameDirty(ServiceSession session) {
    dirty.add(session);
    if (dirty.size() == 1) {
      context.runOnContext(v -> flush());
    }
  }

  private void flush() {
    List<ServiceSession> sending = dirty;
    dirty = new ArrayList<>();
    for (ServiceSession session : sending) {
      bus.depart(
          session.replyTo(),
          session.depart(service, task -> context.runOnContext(v -> task.run())));
    }
  }
}
