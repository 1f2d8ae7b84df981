package io.baozi.client;

import io.baozi.bus.Addresses;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One session on a Baozi server, over TCP or, inside the server's JVM, over the event bus.
 *
 * <p>Calls may come from any thread; they are sent in the order made, those of one tick in one
 * write, and their futures complete on the client's own context, in whatever order the server
 * answers. A refusal fails the future with a {@link io.baozi.message.RefusedException}, which has
 * the code; a lost connection fails all that are open with an {@link java.io.IOException}.
 *
 * <p>With {@link ClientOptions#grace()} the session goes on over another connection, and a cut
 * costs no more than time: what was not answered is sent again and not done twice. Only what the
 * server no longer knows of fails then, and everything once the grace is over.
 */
public final class Client {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final ClientOptions options;
  private final Pipeline pipeline;
  private final Hello hello;
  private final Streams streams;

  private Client(Home home, ClientOptions options, Session session, Streams streams) {
    this.options = options;
    this.streams = streams;
    this.pipeline = new Pipeline(home, options, session);
    this.hello = session.hello();
  }

  /**
   * Connects over TCP.
   *
   * @return fails with a connection error, or with what the server has against the client
   */
  public static Future<Client> connect(Vertx vertx, ClientOptions options) {
    return onContext(
        vertx,
        home -> {
          Supplier<Future<Link>> dial = () -> TcpLink.connect(home, options);
          Streams streams = new Streams(home, options, () -> TcpStreamLink.connect(home, options));
          return dial.get().compose(link -> greet(home, options, link, dial, streams));
        });
  }

  /**
   * Connects over the event bus to a server in the same JVM.
   *
   * @param addresses of the server; its options' host and port count for nothing
   */
  public static Future<Client> inside(Vertx vertx, Addresses addresses, ClientOptions options) {
    return onContext(
        vertx,
        home -> {
          ServiceBus bus = new ServiceBus(vertx, addresses);
          Streams streams = new Streams(home, options, () -> BusStreamLink.open(home, bus));
          return greet(home, options, BusLink.open(vertx, bus), null, streams);
        });
  }

  /** The link and the client are made on one context, whoever asks. */
  private static Future<Client> onContext(Vertx vertx, Function<Home, Future<Client>> connect) {
    Promise<Client> promise = Promise.promise();
    // Whoever calls may be on a duplicate of it, which ends with what it was made for.
    ((ContextInternal) vertx.getOrCreateContext())
        .unwrap()
        .runOnContext(
            v -> {
              try {
                connect.apply(Home.here(vertx)).onComplete(promise);
              } catch (RuntimeException e) {
                promise.fail(e);
              }
            });
    return promise.future();
  }

  /**
   * Says hello.
   *
   * @param dial makes another link; null where a link is never cut
   * @param streams made beside it
   */
  private static Future<Client> greet(
      Home home, ClientOptions options, Link link, Supplier<Future<Link>> dial, Streams streams) {
    return Greeting.over(link, home, options, Session.FIRST_ID, null)
        .map(
            hello ->
                new Client(home, options, new Session(home, options, link, hello, dial), streams));
  }

  /** The options that it was made with. */
  public ClientOptions options() {
    return options;
  }

  /** The session's name; whoever has it is taken for this client. */
  public String session() {
    return hello.session();
  }

  /** What the server allows. */
  public Limits limits() {
    return hello.limits();
  }

  /** The version of the server. */
  public String serverVersion() {
    return hello.server();
  }

  /** A round trip that does nothing. */
  public Future<Void> ping() {
    return call(Operation.PING, EMPTY).mapEmpty();
  }

  /** A round trip that brings the body back. */
  public Future<Buffer> echo(Buffer body) {
    return call(Operation.ECHO, body).map(Reply::body);
  }

  /** What the server says of itself. */
  public Future<ServerInfo> info() {
    return call(Operation.SERVER_INFO, EMPTY)
        .compose(reply -> read(reply, r -> r.header().json().as(ServerInfo.class)));
  }

  /** The queue of a name; it need not exist yet. */
  public Queue queue(String name) {
    return new Queue(this, Objects.requireNonNull(name, "name"), null);
  }

  /**
   * Takes messages from one of several queues: the first in the list that has something, or the
   * first that gets something.
   *
   * @param queues their names, at least one
   * @return as {@link Queue#take(TakeOptions)}; which queue it was, each message says
   */
  public Future<List<Message>> take(List<String> queues, TakeOptions options) {
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("queues is empty, it has one name or more");
    }
    return take("queues", Json.of(queues), options);
  }

  /** Takes from what {@code value} names. */
  Future<List<Message>> take(String key, Object value, TakeOptions how) {
    return attemptTake(key, value, how).future();
  }

  /** The same, to be cancelled if need be. */
  Attempt<List<Message>> attemptTake(String key, Object value, TakeOptions how) {
    Duration wait = options.waitOr(how.waitFor());
    return pipeline.attempt(
        Outgoing.of(
            Operation.QUEUE_TAKE.wire(),
            EMPTY,
            options.patience(wait),
            key,
            value,
            "max",
            how.max(),
            "wait",
            Ranges.millis(wait),
            "ttr",
            Ranges.millis(how.ttr()),
            "autoAck",
            how.autoAck() ? true : null,
            "fence",
            Fence.json(how.fence())),
        answer -> answer.compose(reply -> read(reply, Client::taken)),
        how.autoAck() ? null : pipeline.exchange()::giveBack);
  }

  private static List<Message> taken(Reply reply) {
    List<Message> messages = Deliveries.of(reply).messages();
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a take without messages");
    }
    return messages;
  }

  /** The figures of all queues, by name. */
  public Future<List<QueueStats>> queues() {
    return new Pages<>(this, Operation.QUEUE_LIST, "queues", QueueStats[].class, QueueStats::queue)
        .all();
  }

  /** The lock of a name. */
  public Lock lock(String name) {
    return new Lock(this, Objects.requireNonNull(name, "name"));
  }

  /** The semaphore of a name. */
  public Semaphore semaphore(String name) {
    return new Semaphore(this, Objects.requireNonNull(name, "name"));
  }

  /** The event of a name. */
  public Event event(String name) {
    return new Event(this, Objects.requireNonNull(name, "name"), null);
  }

  /** The latch of a name. */
  public Latch latch(String name) {
    return new Latch(this, Objects.requireNonNull(name, "name"), null);
  }

  /** The barrier of a name. */
  public Barrier barrier(String name) {
    return new Barrier(this, Objects.requireNonNull(name, "name"));
  }

  /** The files on the server. */
  public FileStore files() {
    return new FileStore(this, null);
  }

  /** The pipe of a name, through which two clients pass bytes to each other. */
  public NamedPipe pipe(String name) {
    return new NamedPipe(this, Objects.requireNonNull(name, "name"));
  }

  /** All locks that somebody has or waits for, by name. */
  public Future<List<LockInfo>> locks() {
    return new Pages<>(this, Operation.LOCK_LIST, "locks", LockInfo[].class, LockInfo::lock).all();
  }

  /** All semaphores of which somebody has permits or waits for some, by name. */
  public Future<List<SemaphoreInfo>> semaphores() {
    return new Pages<>(
            this,
            Operation.SEMAPHORE_LIST,
            "semaphores",
            SemaphoreInfo[].class,
            SemaphoreInfo::semaphore)
        .all();
  }

  /**
   * Any operation, by hand, for those that have no method. The answer is awaited for the client's
   * timeout, whatever wait the arguments name: a request that may wait for longer fails with {@code
   * timeout} and is cancelled.
   *
   * @param op as on the wire
   * @param body may be empty
   * @param arguments keys and values in turn, as {@link Header#of} takes them
   * @return the answer; a refusal fails it
   */
  public Future<Reply> request(String op, Buffer body, Object... arguments) {
    Objects.requireNonNull(op, "op");
    return pipeline.call(
        op, Objects.requireNonNull(body, "body"), options.timeout().toMillis(), arguments);
  }

  /**
   * Tells, once, why the session has ended, also if it already has; not called if {@link #close()}
   * ended it, nor for a cut after which it goes on.
   */
  public Client closeHandler(Handler<Throwable> handler) {
    pipeline.closeHandler(handler);
    return this;
  }

  /**
   * Ends the session; what it holds goes back, though if there is no connection just then only once
   * the grace is over. Calls still open fail, and so do transfers and pipes.
   */
  public Future<Void> close() {
    streams.home().run(streams::close);
    return pipeline.close();
  }

  Future<Reply> call(Operation operation, Buffer body, Object... arguments) {
    return pipeline.call(operation.wire(), body, options.timeout().toMillis(), arguments);
  }

  /**
   * Waits on the server, and may be cancelled.
   *
   * @param waitFor null for the client's default
   * @param arguments but for {@code wait}
   */
  <T> Attempt<T> attempt(
      Operation operation, Duration waitFor, Function<Reply, T> reader, Object... arguments) {
    Ranges.requireWait("waitFor", waitFor);
    Duration wait = options.waitOr(waitFor);
    Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "wait";
    all[arguments.length + 1] = Ranges.millis(wait);
    return pipeline.attempt(
        Outgoing.of(operation.wire(), EMPTY, options.patience(wait), all),
        answer -> answer.compose(reply -> read(reply, reader)),
        null);
  }

  /** What an answer says; fails if the server has answered what nobody can read. */
  static <T> Future<T> read(Reply reply, Function<Reply, T> reader) {
    try {
      return Future.succeededFuture(reader.apply(reply));
    } catch (RuntimeException e) {
      return Future.failedFuture(unreadable(reply, e));
    }
  }

  static IOException unreadable(Reply reply, RuntimeException cause) {
    return new IOException("the server's answer cannot be read: " + reply.header(), cause);
  }

  Streams streams() {
    return streams;
  }

  Pipeline pipeline() {
    return pipeline;
  }
}
