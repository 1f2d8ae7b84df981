package io.baozi.message;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations of the protocol: a row each, with its name on the wire and who carries it out. */
public enum Operation {
  HELLO("hello", Service.BROKER, Effect.READS),
  BYE("bye", Service.BROKER, Effect.READS),
  PING("ping", Service.BROKER, Effect.READS),
  ECHO("echo", Service.BROKER, Effect.READS),
  SERVER_INFO("server.info", Service.BROKER, Effect.READS),
  CANCEL("cancel", Service.BROKER, Effect.READS),
  QUEUE_DECLARE("queue.declare", Service.BROKER, Effect.CHANGES, 4096),
  QUEUE_PUT("queue.put", Service.BROKER, Effect.CHANGES),
  QUEUE_TAKE("queue.take", Service.BROKER, Effect.CHANGES),
  QUEUE_CONSUME("queue.consume", Service.BROKER, Effect.CHANGES),
  QUEUE_CANCEL("queue.cancel", Service.BROKER, Effect.CHANGES),
  QUEUE_ACK("queue.ack", Service.BROKER, Effect.CHANGES),
  QUEUE_NACK("queue.nack", Service.BROKER, Effect.CHANGES),
  QUEUE_TOUCH("queue.touch", Service.BROKER, Effect.CHANGES),
  QUEUE_JOIN("queue.join", Service.BROKER, Effect.READS),
  QUEUE_PEEK("queue.peek", Service.BROKER, Effect.READS),
  QUEUE_REDRIVE("queue.redrive", Service.BROKER, Effect.CHANGES),
  QUEUE_PAUSE("queue.pause", Service.BROKER, Effect.CHANGES),
  QUEUE_RESUME("queue.resume", Service.BROKER, Effect.CHANGES),
  QUEUE_PURGE("queue.purge", Service.BROKER, Effect.CHANGES),
  QUEUE_DELETE("queue.delete", Service.BROKER, Effect.CHANGES),
  QUEUE_STATS("queue.stats", Service.BROKER, Effect.READS, 4096),
  QUEUE_LIST("queue.list", Service.BROKER, Effect.READS, 32 * 1024),
  LOCK_ACQUIRE("lock.acquire", Service.BROKER, Effect.CHANGES),
  LOCK_RELEASE("lock.release", Service.BROKER, Effect.CHANGES),
  LOCK_TOUCH("lock.touch", Service.BROKER, Effect.CHANGES),
  LOCK_INFO("lock.info", Service.BROKER, Effect.READS, 32 * 1024),
  LOCK_LIST("lock.list", Service.BROKER, Effect.READS, 32 * 1024),
  SEMAPHORE_ACQUIRE("semaphore.acquire", Service.BROKER, Effect.CHANGES),
  SEMAPHORE_RELEASE("semaphore.release", Service.BROKER, Effect.CHANGES),
  SEMAPHORE_TOUCH("semaphore.touch", Service.BROKER, Effect.CHANGES),
  SEMAPHORE_INFO("semaphore.info", Service.BROKER, Effect.READS, 32 * 1024),
  SEMAPHORE_LIST("semaphore.list", Service.BROKER, Effect.READS, 32 * 1024),
  EVENT_SET("event.set", Service.BROKER, Effect.CHANGES),
  EVENT_CLEAR("event.clear", Service.BROKER, Effect.CHANGES),
  EVENT_GET("event.get", Service.BROKER, Effect.READS),
  EVENT_WAIT("event.wait", Service.BROKER, Effect.READS),
  LATCH_CREATE("latch.create", Service.BROKER, Effect.CHANGES),
  LATCH_AWAIT("latch.await", Service.BROKER, Effect.READS),
  LATCH_COUNTDOWN("latch.countdown", Service.BROKER, Effect.CHANGES),
  LATCH_DELETE("latch.delete", Service.BROKER, Effect.CHANGES),
  BARRIER_AWAIT("barrier.await", Service.BROKER, Effect.CHANGES),
  BUS_REQUEST("bus.request", Service.BRIDGE, Effect.CHANGES),
  BUS_SEND("bus.send", Service.BRIDGE, Effect.CHANGES),
  BUS_PUBLISH("bus.publish", Service.BRIDGE, Effect.CHANGES),
  BUS_SUBSCRIBE("bus.subscribe", Service.BRIDGE, Effect.CHANGES),
  BUS_UNSUBSCRIBE("bus.unsubscribe", Service.BRIDGE, Effect.CHANGES),
  FILE_PUT("file.put", Service.STREAMS, Effect.CHANGES, 512, true),
  FILE_GET("file.get", Service.STREAMS, Effect.READS, 2048),
  FILE_STAT("file.stat", Service.STREAMS, Effect.READS, 2048),
  FILE_LIST("file.list", Service.STREAMS, Effect.READS, 32 * 1024),
  FILE_DELETE("file.delete", Service.STREAMS, Effect.CHANGES, 2048),
  PIPE_OPEN("pipe.open", Service.STREAMS, Effect.CHANGES, 2048),
  PIPE_DATA("pipe.data", Service.STREAMS, Effect.CHANGES, 512, true),
  PIPE_CLOSE("pipe.close", Service.STREAMS, Effect.CHANGES);

  /** What an operation does to what others see. */
  private enum Effect {
    READS,
    CHANGES
  }

  private static final Map<String, Operation> BY_WIRE =
      Stream.of(values()).collect(Collectors.toMap(Operation::wire, operation -> operation));

  private final String wire;
  private final Service service;
  private final Effect effect;
  private final int answer;
  private final boolean streamed;

  Operation(String wire, Service service, Effect effect) {
    this(wire, service, effect, 512);
  }

  Operation(String wire, Service service, Effect effect, int answer) {
    this(wire, service, effect, answer, false);
  }

  Operation(String wire, Service service, Effect effect, int answer, boolean streamed) {
    this.wire = wire;
    this.service = service;
    this.effect = effect;
    this.answer = answer;
    this.streamed = streamed;
  }

  /**
   * What the header of its answer may take, in bytes; bodies not counted. What waits for the disk
   * or another client counts with all that is remembered of it meanwhile.
   */
  public int answer() {
    return answer;
  }

  /** The name as it stands in {@code op}. */
  public String wire() {
    return wire;
  }

  /**
   * Whether it changes something when it goes well: then it may be fenced, and is not done twice
   * when it is sent again.
   */
  public boolean changes() {
    return effect == Effect.CHANGES;
  }

  /** Whether the body of a request passes through as it arrives, however long it is. */
  public boolean isStreamed() {
    return streamed;
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
