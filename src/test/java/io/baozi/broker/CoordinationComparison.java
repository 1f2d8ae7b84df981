package io.baozi.broker;

import io.baozi.bus.Departure;
import io.baozi.frame.Header;
import io.baozi.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the real broker gives out the frames that the model does, and nothing is overdue. */
final class CoordinationComparison {
  private final WorldModel model;

  CoordinationComparison(WorldModel model) {
    this.model = model;
  }

  void compare(Turn turn) {
    for (Turn.Fault fault : turn.faults()) {
      throw new AssertionError("a fault at " + fault.op(), fault.cause());
    }
    turn.departures().forEach(departure -> requireThere(departure.departure()));
    model.connections.values().forEach(connection -> compare(turn, connection));
    model.connections.values().removeIf(connection -> connection.over);
    require(turn.due() > model.now, "overdue since " + turn.due());
    require(
        turn.due() == model.agenda.next(),
        "due at " + turn.due() + ", not at " + model.agenda.next());
  }

  private void requireThere(Departure departure) {
    require(model.connections.containsKey(departure.connection()), "nobody is there for it");
  }

  private static void compare(Turn turn, ConnectionModel connection) {
    List<Reply> replies = BrokerFixture.replies(turn, connection.name);
    List<FrameModel> expected = List.copyOf(connection.frames);
    connection.frames.clear();
    for (int i = 0; i < Math.max(replies.size(), expected.size()); i++) {
      String at = connection.name + " gets as " + i + ": ";
      if (i >= replies.size() || i >= expected.size()) {
        throw new AssertionError(connection.name + " gets " + replies + ", not " + expected);
      }
      compare(at, replies.get(i), expected.get(i));
    }
    boolean last =
        turn.departures().stream()
            .map(Turn.Addressed::departure)
            .anyMatch(d -> d.connection().equals(connection.name) && d.last());
    require(last == connection.over, connection.name + " is over: " + last);
  }

  private static void compare(String at, Reply reply, FrameModel expected) {
    Header header = reply.header();
    String error = header.text("error");
    boolean explained = header.text("message") != null;
    if (!expected.matches(header)) {
      throw new AssertionError(at + header + ", not " + expected);
    }
    require(explained == (error != null), "no message, or one too many");
    require("deadlock".equals(error) == (header.get("cycle") != null), "a cycle or none");
    expected.further().accept(header);
  }

  @SuppressWarnings("unchecked") // a header is an object
  static Map<String, Object> header(Reply reply) {
    return reply.header().json().as(Map.class);
  }

  static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  static List<Map<String, Object>> entries(Map<String, Object> header, String key) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Object entry : (List<?>) header.get(key)) {
      @SuppressWarnings("unchecked") // an entry is an object
      Map<String, Object> fields = (Map<String, Object>) entry;
      entries.add(fields);
    }
    return entries;
  }
}
