package io.baozi.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.queue.TestSettings;
import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.frame.FrameLimits;
import io.baozi.journal.Journal;
import io.baozi.journal.Sync;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker with a false clock and a journal on the heap, which is killed and started again. */
final class DurableBroker {
  private static final ObjectMapper JSON = new ObjectMapper();

  final HeapJournal journal = new HeapJournal();
  long now = BrokerFixture.START;
  private final BrokerSettings settings;
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private final Map<String, List<Reply>> received = new HashMap<>();
  private final List<String> ended = new ArrayList<>();
  private Broker broker;
  private Dispatch dispatch;
  private long index;
  private long lastRequest;

  DurableBroker(BrokerSettings settings) {
    this.settings = settings;
    start();
  }

  /** Settings of a broker that may have so many bytes of kept bodies in memory. */
  static BrokerSettings settings(long bodies, Map<String, Settings> queues) {
    return settings(bodies, queues, Sync.ALWAYS);
  }

  static BrokerSettings settings(long bodies, Map<String, Settings> queues, Sync sync) {
    return new BrokerSettings(
        "test",
        FrameLimits.DEFAULT,
        1000,
        64 << 20,
        TestSettings.of(10_000, 60_000),
        queues,
        sync,
        bodies);
  }

  /** Settings as they are when nothing is said, but for the order and the attempts. */
  static Settings queue(Order order, int attempts, String deadLetter) {
    return new Settings(order, 10_000, 0, true, 60_000, attempts, 0, 0, deadLetter, 3_600_000);
  }

  private void start() {
    broker = new Broker(settings, now);
    Journal kept = settings.isKeeping() ? journal : null;
    if (kept != null) {
      journal.recover(entry -> broker.recover(entry, now));
    }
    dispatch = new Dispatch(broker, kept, loop::add, this::depart);
    if (kept != null) {
      dispatch.send(broker.open(++index));
    }
    open("a", "b");
  }

  void open(String... connections) {
    for (String connection : connections) {
      apply(new Arrival.Opened("to." + connection, connection));
    }
  }

  /** The process is killed, and another one started; so many writes were there all the same. */
  void crash(int lucky) {
    journal.crash(lucky);
    loop.clear();
    received.clear();
    ended.clear();
    start();
  }

  /** The server is stopped as it should be, and started again. */
  void stop() {
    dispatch.send(broker.end(++index, now));
    journal.keepAll();
    run();
    crash(0);
  }

  private void depart(String replyTo, Departure departure, long handedOut) {
    received
        .computeIfAbsent(departure.connection(), c -> new ArrayList<>())
        .addAll(departure.replies());
    if (departure.last()) {
      ended.add(departure.connection());
    }
    loop.add(() -> wrote(departure.connection(), handedOut));
  }

  private void wrote(String connection, long bytes) {
    if (broker.written(connection, bytes)) {
      apply();
    }
  }

  void apply(Arrival... arrivals) {
    dispatch.send(broker.apply(++index, now, List.of(arrivals)));
    run();
  }

  /** Does what is to be done on the event loop. */
  void run() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  void pass(long millis) {
    now += millis;
    apply();
  }

  /** Keeps one write, if there is one to keep. */
  void keep() {
    if (journal.open() > 0) {
      journal.keep();
      run();
    }
  }

  void keepAll() {
    while (journal.open() > 0) {
      keep();
    }
  }

  /** Answers all reads. */
  void readAll() {
    while (journal.letRead()) {
      run();
    }
  }

  /** Sends a request, which is numbered by itself; its number. */
  long send(String connection, String op, String body, Object... arguments) {
    Request request = BrokerFixture.request(++lastRequest, op, Buffer.buffer(body), arguments);
    apply(BrokerFixture.arrival(connection, request));
    return request.id();
  }

  /** What has come for a connection since this was asked before. */
  List<Reply> received(String connection) {
    List<Reply> all = received.remove(connection);
    return all == null ? List.of() : all;
  }

  /** The same as text, see {@link BrokerFixture#text}. */
  List<String> texts(String connection) {
    return received(connection).stream().map(BrokerFixture::text).toList();
  }

  /** What comes for a request once all is kept and read, as text. */
  List<String> say(String op, String body, Object... arguments) {
    send("a", op, body, arguments);
    keepAll();
    readAll();
    return texts("a");
  }

  /** Whether a connection has been sent its last. */
  boolean isOver(String connection) {
    return ended.contains(connection);
  }

  static JsonNode json(Reply reply) {
    try {
      return JSON.readTree(reply.header().toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
