package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A bounded queue on the server, in which producers and consumers wait for each other. */
public final class Queue {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final Client client;
  private final String name;
  private final Fence fence;

  Queue(Client client, String name, Fence fence) {
    this.client = client;
    this.name = name;
    this.fence = fence;
  }

  /** The queue's name. */
  public String name() {
    return name;
  }

  /**
   * The same queue, changed by this handle only as long as a lock is held; options that have a
   * fence of their own keep it. Subscriptions take none.
   */
  public Queue withFence(Fence fence) {
    return new Queue(client, name, fence);
  }

  /**
   * Makes the queue, if it is not there, or asks what it is.
   *
   * @return the settings in force; fails with {@code conflict} if it stands with others than named
   */
  public Future<QueueSettings> declare(QueueDeclaration declaration) {
    return call(
        Operation.QUEUE_DECLARE,
        reply -> QueueSettings.of(name, reply),
        fenced(declaration.arguments()));
  }

  /** Puts a message, waiting for room as long as the client's options say. */
  public Future<Receipt> put(Buffer body) {
    return put(body, PutOptions.DEFAULT);
  }

  /**
   * Puts a message. Puts of one tick with the same options, but for the key, travel in one frame;
   * each is decided for itself.
   *
   * @return completes once the server has it; fails with {@code full} if there was no room in time
   */
  public Future<Receipt> put(Buffer body, PutOptions options) {
    return client.pipeline().put(name, fenced(options), Objects.requireNonNull(body, "body"));
  }

  private PutOptions fenced(PutOptions options) {
    return fence == null || options.fence() != null ? options : options.withFence(fence);
  }

  /**
   * Puts a message, to be cancelled if need be; in a frame of its own, behind those of the tick.
   * What the server had put when it was cancelled stays put.
   */
  public Attempt<List<Receipt>> attemptPut(Buffer body, PutOptions options) {
    return PutAll.attempt(
        client, name, List.of(body), Collections.singletonList(options.key()), fenced(options));
  }

  /**
   * Puts messages, all or none: they wait together for room for all of them.
   *
   * @param options without a key
   * @return in order; fails with {@code full} if there was no room in time, and with {@code
   *     too_large} if there never can be, or if they do not fit into one frame
   */
  public Future<List<Receipt>> putAll(List<Buffer> bodies, PutOptions options) {
    return putAll(bodies, Collections.nCopies(bodies.size(), null), options);
  }

  /**
   * Puts messages with keys, all or none.
   *
   * @param keys as many as bodies, null for none
   */
  public Future<List<Receipt>> putAll(List<Buffer> bodies, List<String> keys, PutOptions options) {
    if (options.key() != null) {
      throw new IllegalArgumentException("one key for a batch, it has one for each message");
    }
    if (keys.size() != bodies.size()) {
      throw new IllegalArgumentException(keys.size() + " keys, " + bodies.size() + " bodies");
    }
    if (bodies.isEmpty()) {
      return client.pipeline().known(List.of());
    }
    return PutAll.attempt(client, name, bodies, keys, fenced(options)).future();
  }

  /**
   * Takes one message, waiting for it as long as the client's options say.
   *
   * @return fails with {@code empty} if there was none in time
   */
  public Future<Message> take() {
    return take(TakeOptions.ONE).map(messages -> messages.get(0));
  }

  /**
   * Takes messages; they are reserved until acknowledged, or until their ttr or the session ends.
   * What the server hands out after the client has given the take up goes back at once.
   *
   * @return at least one, in order; fails with {@code empty} if there was none in time
   */
  public Future<List<Message>> take(TakeOptions options) {
    return client.take("queue", name, fenced(options));
  }

  /** The same, to be cancelled if need be. */
  public Attempt<List<Message>> attemptTake(TakeOptions options) {
    return client.attemptTake("queue", name, fenced(options));
  }

  private TakeOptions fenced(TakeOptions options) {
    return fence == null || options.fence() != null ? options : options.withFence(fence);
  }

  /** Consumes with 64 messages in hand at most, reserved as the queue is set. */
  public Future<Subscription> consume(Function<Message, Future<?>> handler) {
    return consume(ConsumeOptions.DEFAULT, handler);
  }

  /**
   * Has messages pushed to a handler, until the subscription is cancelled. The handler is called on
   * the client's context, once for a message, with no more than {@code credit} of them at a time.
   * Success of its future acknowledges the message; failure, a throw or null gives it back, to come
   * again after the queue's backoff, or as a {@link NackException} says. While the handler is at
   * it, the message is touched so that it stays reserved.
   */
  public Future<Subscription> consume(
      ConsumeOptions options, Function<Message, Future<?>> handler) {
    Objects.requireNonNull(handler, "handler");
    return options.ttr() != null
        ? subscribe(options, options.ttr(), handler)
        : declare(QueueDeclaration.DEFAULT)
            .compose(settings -> subscribe(options, settings.ttr(), handler));
  }

  private Future<Subscription> subscribe(
      ConsumeOptions options, Duration ttr, Function<Message, Future<?>> handler) {
    return Subscription.open(client.pipeline().exchange(), name, options, ttr, handler);
  }

  /**
   * Acknowledges a message: it is done and gone.
   *
   * @return whether this session held it
   */
  public Future<Boolean> ack(Message message) {
    return settle(Verdict.ack(fence), message);
  }

  /**
   * Acknowledges messages. What is acknowledged in one tick travels in one frame.
   *
   * @return how many of them this session held; the others are somebody else's by now, or done
   */
  public Future<Integer> ack(List<Message> messages) {
    return settle(Verdict.ack(fence), messages);
  }

  /**
   * Gives a message back, to come again after the queue's backoff.
   *
   * @return whether this session held it
   */
  public Future<Boolean> nack(Message message) {
    return nack(message, NackOptions.DEFAULT);
  }

  /** Gives a message back, as {@link #nack(List, NackOptions)} does. */
  public Future<Boolean> nack(Message message, NackOptions options) {
    return settle(Verdict.nack(fenced(options)), message);
  }

  /**
   * Gives messages back: they take their old places. What is given back in one tick with the same
   * options travels in one frame.
   *
   * @return how many of them this session held
   */
  public Future<Integer> nack(List<Message> messages, NackOptions options) {
    return settle(Verdict.nack(fenced(options)), messages);
  }

  private NackOptions fenced(NackOptions options) {
    return fence == null || options.fence() != null ? options : options.withFence(fence);
  }

  /**
   * Holds messages for longer.
   *
   * @param ttr from now; null for as long as they were taken for
   * @return how many of them this session held, and now holds again
   */
  public Future<Integer> touch(List<Message> messages, Duration ttr) {
    Ranges.requirePositive("ttr", ttr);
    return settle(Verdict.touch(ttr, fence), messages);
  }

  private Future<Boolean> settle(Verdict verdict, Message message) {
    return client.pipeline().settle(name, verdict, message.msg()).map(held -> held == 1);
  }

  private Future<Integer> settle(Verdict verdict, List<Message> messages) {
    int most = VerdictBatch.most(client.limits());
    Future<Integer> all = client.pipeline().known(0);
    for (int from = 0; from < messages.size(); from += most) {
      List<Message> part = messages.subList(from, Math.min(messages.size(), from + most));
      long[] msgs = part.stream().mapToLong(Message::msg).toArray();
      Future<Integer> some = client.pipeline().settle(name, verdict, msgs);
      all = from == 0 ? some : all.compose(held -> some.map(more -> held + more));
    }
    return all;
  }

  /**
   * Waits until nothing is ready, delayed or reserved.
   *
   * @param waitFor null for the client's default
   * @return fails with {@code timeout} if it took too long, and with {@code not_found} if the queue
   *     does not exist
   */
  public Future<Void> join(Duration waitFor) {
    return client
        .<Void>attempt(Operation.QUEUE_JOIN, waitFor, reply -> null, "queue", name)
        .future();
  }

  /**
   * Looks at messages and leaves them where they are.
   *
   * @return in order, none if there are none
   */
  public Future<List<Message>> peek(PeekOptions options) {
    return call(
        Operation.QUEUE_PEEK,
        reply -> Deliveries.of(reply).messages(),
        "queue",
        name,
        "state",
        options.state().wire(),
        "max",
        options.max(),
        "after",
        options.after());
  }

  /**
   * Gives the dead another chance: they are ready again, in their old places, as if they had never
   * been delivered.
   *
   * @return how many
   */
  public Future<Long> redrive(RedriveOptions options) {
    return count(
        Operation.QUEUE_REDRIVE,
        "redriven",
        "msgs",
        options.msgs() == null
            ? null
            : options.msgs().stream().mapToLong(Long::longValue).toArray(),
        "max",
        options.max());
  }

  /** Lets takes and subscriptions get nothing, until it is resumed; puts go on. */
  public Future<Void> pause() {
    return change(Operation.QUEUE_PAUSE);
  }

  /** Ends a pause. */
  public Future<Void> resume() {
    return change(Operation.QUEUE_RESUME);
  }

  /**
   * Drops what is ready and delayed.
   *
   * @return how many messages
   */
  public Future<Long> purge() {
    return count(Operation.QUEUE_PURGE, "purged");
  }

  /**
   * Drops the dead.
   *
   * @return how many messages
   */
  public Future<Long> purgeDead() {
    return count(Operation.QUEUE_PURGE, "purged", "dead", true);
  }

  /** Drops the queue with all that is in it; who waits on it gets {@code not_found}. */
  public Future<Void> delete() {
    return change(Operation.QUEUE_DELETE);
  }

  private Future<Void> change(Operation operation) {
    return client.call(operation, EMPTY, fenced()).mapEmpty();
  }

  /** The queue's figures; fails with {@code not_found} if it does not exist. */
  public Future<QueueStats> stats() {
    return call(
        Operation.QUEUE_STATS, reply -> reply.header().json().as(QueueStats.class), "queue", name);
  }

  /** These arguments behind the queue's name, and the fence. */
  private Object[] fenced(Object... arguments) {
    Object[] all = new Object[arguments.length + 4];
    all[0] = "queue";
    all[1] = name;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[arguments.length + 2] = "fence";
    all[arguments.length + 3] = Fence.json(fence);
    return all;
  }

  private Future<Long> count(Operation operation, String counted, Object... more) {
    return call(
        operation,
        reply -> Objects.requireNonNull((Long) reply.header().get(counted), counted),
        fenced(more));
  }

  private <T> Future<T> call(Operation operation, Function<Reply, T> reader, Object... arguments) {
    return client.call(operation, EMPTY, arguments).compose(reply -> Client.read(reply, reader));
  }
}
