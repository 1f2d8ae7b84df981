package io.baozi.broker;

import io.baozi.broker.queue.TestSettings;
import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A broker with a false clock and whatever connections a test names. */
final class BrokerFixture {
  static final long START = 1_000_000;

  final Broker broker;
  long now = START;
  private long index;
  private long lastRequest = 1000;

  /** Bytes that were handed out and are not written yet, by connection. */
  private final Map<String, Long> unwritten = new LinkedHashMap<>();

  /** All turns so far, as text: what a replay has to repeat. */
  final StringBuilder transcript = new StringBuilder();

  BrokerFixture() {
    this(settings(1 << 20, 64 * 1024, 1024, 3));
  }

  BrokerFixture(BrokerSettings settings) {
    broker = new Broker(settings, START);
  }

  static BrokerSettings settings(long memory, int maxHeader, int maxMessage, int capacity) {
    return new BrokerSettings(
        "test",
        new FrameLimits(maxHeader, maxMessage, ByteOrder.BIG_ENDIAN),
        16,
        memory,
        TestSettings.of(capacity, 100),
        Map.of("one", TestSettings.of(1, 50)));
  }

  void open(String... connections) {
    for (String connection : connections) {
      turn(new Arrival.Opened("to." + connection, connection));
    }
  }

  Turn turn(Arrival... arrivals) {
    return noted(broker.apply(++index, now, List.of(arrivals)));
  }

  Turn drain() {
    return noted(broker.drain(++index, now));
  }

  private Turn noted(Turn turn) {
    turn.departures()
        .forEach(d -> unwritten.merge(d.departure().connection(), d.handedOut(), Long::sum));
    turn.departures()
        .forEach(d -> transcript.append(d.pier().replyTo()).append(text(d.departure())));
    transcript.append(" due ").append(turn.due()).append('\n');
    return turn;
  }

  private static String text(Departure departure) {
    StringBuilder text = new StringBuilder(departure.last() ? " last" : "");
    departure.replies().forEach(r -> text.append(' ').append(r.header()).append(r.body()));
    return text.toString();
  }

  static Request request(long id, String op, Buffer body, Object... arguments) {
    Header header = Header.of("op", op, "id", id > 0 ? id : null).with(arguments);
    return new Request(id, op, header, body);
  }

  static Request request(long id, String op, Object... arguments) {
    return request(id, op, Buffer.buffer(), arguments);
  }

  static Arrival arrival(String connection, Request... requests) {
    return new Arrival.Requests(connection, List.of(requests));
  }

  /** What comes back at once for one connection, in the order sent. */
  List<Reply> send(String connection, Request... requests) {
    return replies(turn(arrival(connection, requests)), connection);
  }

  /** The one answer that a request gets at once. */
  Reply ask(String connection, Request request) {
    List<Reply> replies = send(connection, request);
    if (replies.size() != 1) {
      throw new AssertionError("answers: " + replies);
    }
    return replies.get(0);
  }

  /** What a request gets at once, each frame as {@link #text}; requests number themselves. */
  List<String> say(String connection, String op, String body, Object... arguments) {
    Request request = request(++lastRequest, op, Buffer.buffer(body), arguments);
    return send(connection, request).stream().map(BrokerFixture::text).toList();
  }

  /** What comes of time alone, as text. */
  List<String> after(long millis, String connection) {
    return pass(connection, millis).stream().map(BrokerFixture::text).toList();
  }

  /** A frame without its id: its header, and its body behind an arrow if it has one. */
  static String text(Reply reply) {
    String header = reply.header().toString().replaceFirst("\"id\":\\d+,", "");
    return header + (reply.body().length() > 0 ? " -> " + reply.body() : "");
  }

  /** What comes of time alone. */
  List<Reply> pass(String connection, long millis) {
    now += millis;
    return replies(turn(), connection);
  }

  static List<Reply> replies(Turn turn, String connection) {
    List<Reply> replies = new ArrayList<>();
    turn.departures().stream()
        .map(Turn.Addressed::departure)
        .filter(departure -> departure.connection().equals(connection))
        .forEach(departure -> replies.addAll(departure.replies()));
    return replies;
  }

  static Buffer body(int length) {
    return Buffer.buffer("x".repeat(length));
  }

  /** All that was handed out has reached its takers, or never will. */
  void writeAll() {
    unwritten.forEach(broker::written);
    unwritten.clear();
  }

  /** So many bytes that were handed out have reached their taker. */
  boolean written(String connection, long bytes) {
    return broker.written(connection, bytes);
  }
}
