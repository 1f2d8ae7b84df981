package io.baozi.net;

import io.baozi.bus.ServiceBus;
import io.baozi.frame.FrameWriter;
import io.baozi.message.Operation;
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
  private Context context;
  private ServiceBus bus;
  private String replyTo;

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
    this.bus = bus;
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

  /** The bus to the services, null if there are none. */
  ServiceBus bus() {
    return bus;
  }

  /** Where services send what they have for these connections. */
  String replyTo() {
    return replyTo;
  }

  /** One writer for all: nothing stays in it between two writes. */
  FrameWriter writer() {
    return writer;
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
