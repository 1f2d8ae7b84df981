package io.baozi.broker;

import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.frame.Json;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A broker with a journal on the heap, a false clock, and an event loop that a test turns. */
final class DurableFixture {
  /** What left for a connection. */
  record Sent(String connection, Reply reply) {}

  private final BrokerSettings settings;
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private List<Sent> sent = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private Dispatch dispatch;
  private long index;
  private long lastRequest = 1_000_000;
  SlowJournal journal;
  Broker broker;
  long now;

  DurableFixture(BrokerSettings settings) {
    this(settings, new SlowJournal(settings.sync()), BrokerFixture.START);
  }

  DurableFixture(BrokerSettings settings, SlowJournal journal, long now) {
    this.settings = settings;
    this.now = now;
    start(journal);
  }

  /** A server comes up over what a journal has; nothing of the one before is left. */
  void start(SlowJournal over) {
    journal = over;
    index = 0;
    loop.clear();
    sent.clear();
    ended.clear();
    broker = new Broker(settings, now);
    journal.recover(entry -> broker.recover(entry, now));
    dispatch = new Dispatch(broker, journal, loop::add, this::depart);
    send(broker.open(++index));
  }

  /** The server ends as one that was asked to. */
  void stop() {
    send(broker.end(++index, now));
    journal.close();
  }

  private void depart(String replyTo, Departure departure, long bytes) {
    departure.replies().forEach(reply -> sent.add(new Sent(departure.connection(), reply)));
    if (departure.last()) {
      ended.add(departure.connection());
    }
    if (bytes > 0) {
      loop.add(() -> written(departure.connection(), bytes));
    }
  }

  private void written(String connection, long bytes) {
    if (broker.written(connection, bytes)) {
      turn();
    }
  }

  private void send(Turn turn) {
    dispatch.send(turn);
    if (!turn.faults().isEmpty()) {
      throw new AssertionError(turn.faults().get(0).op(), turn.faults().get(0).cause());
    }
  }

  /** A turn. */
  void turn(Arrival... arrivals) {
    send(broker.apply(++index, now, List.of(arrivals)));
  }

  /** Time goes by. */
  void pass(long millis) {
    now += millis;
    turn();
  }

  void open(String... connections) {
    for (String connection : connections) {
      turn(new Arrival.Opened("to." + connection, connection));
    }
  }

  /** Lets the event loop do what waits for it. */
  void loop() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  /** Lets the journal and the event loop do all that waits for them. */
  void settle() {
    while (!journal.isIdle() || !loop.isEmpty()) {
      journal.work();
      loop();
    }
  }

  /** All that has left since this was asked last. */
  List<Sent> sent() {
    List<Sent> all = sent;
    sent = new ArrayList<>();
    return all;
  }

  /** The connections that nothing more comes for. */
  List<String> ended() {
    return ended;
  }

  /** What has left for a connection since anything was asked last, as text. */
  List<String> heard(String connection) {
    return sent().stream()
        .filter(one -> one.connection().equals(connection))
        .map(one -> BrokerFixture.text(one.reply()))
        .toList();
  }

  /** Says something, and what leaves at once. */
  List<String> say(String connection, String op, String body, Object... arguments) {
    Request request = BrokerFixture.request(++lastRequest, op, Buffer.buffer(body), arguments);
    turn(BrokerFixture.arrival(connection, request));
    loop();
    return heard(connection);
  }

  /** Says something, and what is answered once all is kept; what else leaves meanwhile is lost. */
  Reply ask(String connection, String op, Object... arguments) {
    long id = ++lastRequest;
    turn(BrokerFixture.arrival(connection, BrokerFixture.request(id, op, arguments)));
    settle();
    List<Sent> all = sent();
    Reply answer = null;
    for (Sent one : all) {
      if (one.reply().id() == id) {
        answer = one.reply();
      } else {
        sent.add(one);
      }
    }
    if (answer == null) {
      throw new AssertionError(op + " is not answered");
    }
    return answer;
  }

  /** The messages that a reply brings. */
  static List<Brought> brought(Reply reply) {
    List<Brought> all = new ArrayList<>();
    long[] sizes = (long[]) reply.header().get("sizes");
    int from = 0;
    int at = 0;
    for (Json entry : ((Json) reply.header().get("msgs")).elements()) {
      int to = from + (int) sizes[at++];
      var header = entry.header().orElseThrow();
      all.add(
          new Brought(
              (Long) header.get("msg"),
              ((Long) header.get("attempt")).intValue(),
              String.valueOf(header.get("headers")),
              reply.body().getString(from, to)));
      from = to;
    }
    return all;
  }

  /** A message as a client gets it. */
  record Brought(long msg, int attempt, String headers, String body) {}
}
