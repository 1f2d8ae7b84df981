package io.baozi.broker;

import io.baozi.bus.Arrival;
import io.baozi.message.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A real broker and the model side by side: what happens to the one happens to the other. */
final class CoordinationTwins {
  /** A turn, for whoever reads of a failure. */
  private record Happened(long now, List<Arrival> arrivals, Turn turn) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("at " + now + " " + arrivals);
      turn.departures().forEach(d -> text.append("\n  real ").append(d.departure()));
      return text.toString();
    }
  }

  /** Of a queue, in messages. */
  static final int CAPACITY = 2;

  /** What a failure tells of, in turns. */
  private static final int REMEMBERED = 12;

  final Random random;
  private final Broker real =
      new Broker(BrokerFixture.settings(1 << 22, 1 << 16, 1024, CAPACITY), BrokerFixture.START);
  final WorldModel model = new WorldModel(BrokerFixture.START);
  private final CoordinationComparison comparison = new CoordinationComparison(model);
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Deque<Happened> history = new ArrayDeque<>();
  private long lastRequest;
  private long index;

  CoordinationTwins(long seed) {
    random = new Random(seed);
  }

  /** Time passes; it is the first thing in a turn. */
  void pass(long millis) {
    model.turn(model.now + millis);
  }

  void open(String connection) {
    arrivals.add(new Arrival.Opened("to." + connection, connection));
    model.open(connection);
  }

  void close(String connection) {
    arrivals.add(new Arrival.Closed(connection));
    model.close(connection);
  }

  Request send(String connection, String op, Object... arguments) {
    Request request = BrokerFixture.request(++lastRequest, op, arguments);
    send(connection, request);
    return request;
  }

  void send(String connection, Request request) {
    arrivals.add(BrokerFixture.arrival(connection, request));
    model.carryOut(connection, request);
  }

  /** The turn ends, and its frames are compared. */
  void turn() {
    ended();
  }

  private Turn ended() {
    List<Arrival> all = List.copyOf(arrivals);
    arrivals.clear();
    Turn turn = real.apply(++index, model.now, all);
    remember(new Happened(model.now, all, turn));
    compare(turn);
    return turn;
  }

  /** What the real broker answers to a question, which is compared as well. */
  Map<String, Object> watch(String connection, String op) {
    send(connection, op);
    Turn turn = ended();
    history.removeLast();
    return CoordinationComparison.header(BrokerFixture.replies(turn, connection).get(0));
  }

  /** What outlives sessions goes too. */
  void clear(String connection) {
    List.copyOf(model.things.events.keySet())
        .forEach(e -> send(connection, "event.clear", "event", e));
    List.copyOf(model.things.latches.keySet())
        .forEach(l -> send(connection, "latch.delete", "latch", l));
    List.copyOf(model.things.rooms.keySet())
        .forEach(r -> send(connection, "queue.delete", "queue", r));
    turn();
  }

  void drain() {
    model.drain();
    Turn turn = real.drain(++index, model.now);
    remember(new Happened(model.now, List.of(), turn));
    compare(turn);
  }

  private void compare(Turn turn) {
    comparison.compare(turn);
    turn.departures().forEach(d -> real.written(d.departure().connection(), d.handedOut()));
  }

  private void remember(Happened happened) {
    history.add(happened);
    if (history.size() > REMEMBERED) {
      history.remove();
    }
  }

  /** The last turns, and what is held by now. */
  String history() {
    StringBuilder text = new StringBuilder();
    history.forEach(happened -> text.append(happened).append('\n'));
    return text.append("held and waited for in the model:\n").append(model.state()).toString();
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
