package io.baozi.message;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations of the protocol: a row each, with its name on the wire and who carries it out. */
public enum Operation {
  HELLO("hello", Service.BROKER),
  BYE("bye", Service.BROKER),
  PING("ping", Service.BROKER),
  ECHO("echo", Service.BROKER),
  SERVER_INFO("server.info", Service.BROKER),
  CANCEL("cancel", Service.BROKER),
  QUEUE_DECLARE("queue.declare", Service.BROKER, 4096),
  QUEUE_PUT("queue.put", Service.BROKER),
  QUEUE_TAKE("queue.take", Service.BROKER),
  QUEUE_CONSUME("queue.consume", Service.BROKER),
  QUEUE_CANCEL("queue.cancel", Service.BROKER),
  QUEUE_ACK("queue.ack", Service.BROKER),
  QUEUE_NACK("queue.nack", Service.BROKER),
  QUEUE_TOUCH("queue.touch", Service.BROKER),
  QUEUE_JOIN("queue.join", Service.BROKER),
  QUEUE_PEEK("queue.peek", Service.BROKER),
  QUEUE_REDRIVE("queue.redrive", Service.BROKER),
  QUEUE_PAUSE("queue.pause", Service.BROKER),
  QUEUE_RESUME("queue.resume", Service.BROKER),
  QUEUE_PURGE("queue.purge", Service.BROKER),
  QUEUE_DELETE("queue.delete", Service.BROKER),
  QUEUE_STATS("queue.stats", Service.BROKER, 4096),
  QUEUE_LIST("queue.list", Service.BROKER, 32 * 1024),
  BUS_REQUEST("bus.request", Service.BRIDGE),
  BUS_SEND("bus.send", Service.BRIDGE),
  BUS_PUBLISH("bus.publish", Service.BRIDGE),
  BUS_SUBSCRIBE("bus.subscribe", Service.BRIDGE),
  BUS_UNSUBSCRIBE("bus.unsubscribe", Service.BRIDGE);

  private static final Map<String, Operation> BY_WIRE =
      Stream.of(values()).collect(Collectors.toMap(Operation::wire, operation -> operation));

  private final String wire;
  private final Service service;
  private final int answer;

  Operation(String wire, Service service) {
    this(wire, service, 512);
  }

  Operation(String wire, Service service, int answer) {
    this.wire = wire;
    this.service = service;
    this.answer = answer;
  }

  /** What the header of its answer may take, in bytes; bodies not counted. */
  public int answer() {
    return answer;
  }

  /** The name as it stands in {@code op}. */
  public String wire() {
    return wire;
  }

  /** Who carries it out. */
  public Service service() {
    return service;
  }

  /** The operation that is spelt so on the wire, if there is one. */
  public static Optional<Operation> of(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }
}
