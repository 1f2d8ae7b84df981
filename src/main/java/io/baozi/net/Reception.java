package io.baozi.net;

import io.baozi.bus.Arrival;
import io.baozi.bus.Batches;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Words;
import io.baozi.message.Operation;
import io.baozi.message.Service;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What all connections of one server instance share; belongs to its event loop. */
final class Reception {
  private static final int NAME_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TcpServerOptions options;
  private final Map<String, Route> routes = new HashMap<>();
  private final FrameWriter writer;
  private final Words words = new Words();
  private Context context;
  private String replyTo;

  /** What goes to the services, null if there are none. */
  private Batches arrivals;

  /** Bytes of bodies that are being collected or carried out, and of answers not yet written. */
  private long memory;

  Reception(TcpServerOptions options) {
    this.options = options;
    this.writer = new FrameWriter(options.limits().byteOrder());
  }

  void context(Context context) {
    this.context = context;
  }

  Context context() {
    return context;
  }

  /** A worker, too, has the context that it works for; so the thread is asked as well. */
  boolean isOnLoop() {
    return Vertx.currentContext() == context
        && context.isEventLoopContext()
        && Context.isOnEventLoopThread();
  }

  /** Runs something on the loop: now, if this is it. */
  void run(Runnable action) {
    if (isOnLoop()) {
      action.run();
    } else {
      context.runOnContext(v -> action.run());
    }
  }

  TcpServerOptions options() {
    return options;
  }

  void route(String op, OperationHandler handler) {
    if (routes.putIfAbsent(op, new Route.ToHandler(handler)) != null) {
      throw new IllegalArgumentException("the operation " + op + " has a handler already");
    }
  }

  /** Routes the protocol's operations to the services on a bus. */
  void route(ServiceBus bus, String replyTo) {
    this.arrivals = new Batches(bus);
    this.replyTo = replyTo;
    for (Operation operation : Operation.values()) {
      routes.put(
          operation.wire(),
          new Route.ToService(operation.service(), operation.answer(), operation.isStreamed()));
    }
  }

  /** Who carries an operation out, null if nobody does. */
  Route route(String op) {
    return routes.get(op);
  }

  /** Whether there are services. */
  boolean hasServices() {
    return arrivals != null;
  }

  /** Sends to a service, together with all that this go of the loop has for it. */
  void arrive(Service service, Arrival arrival) {
    if (arrivals.isEmpty()) {
      context.runOnContext(v -> arrivals.leave());
    }
    arrivals.arrive(service, arrival);
  }

  /** Where services send what they have for these connections. */
  String replyTo() {
    return replyTo;
  }

  /** One writer for all: nothing stays in it between two writes. */
  FrameWriter writer() {
    return writer;
  }

  /** What headers are made of, for all connections. */
  Words words() {
    return words;
  }

  boolean hasMemory(long bytes) {
    return memory + bytes <= options.memory();
  }

  void takeMemory(long bytes) {
    memory += bytes;
  }

  void giveMemory(long bytes) {
    memory -= bytes;
  }

  /** A name that nobody can guess. */
  static String newName() {
    byte[] name = new byte[NAME_BYTES];
    RANDOM.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }
}
