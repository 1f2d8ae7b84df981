package io.baozi.broker;

import io.baozi.broker.queue.Order;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.journal.Entry;
import io.baozi.message.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks through the eyes of a client at all queues, and holds what it sees to the rows on disk. */
final class CrashAudit {
  private static final String NAME = "auditor";

  private final DurableFixture server;
  private final HeapDisk disk;

  private CrashAudit(DurableFixture server) {
    this.server = server;
    this.disk = server.journal.disk();
  }

  /** All that the server has to say is on disk, and the other way round. */
  static void check(DurableFixture server) {
    new CrashAudit(server).check();
  }

  static void open(DurableFixture server) {
    server.open(NAME);
  }

  private Reply ask(String op, Object... arguments) {
    Reply reply = server.ask(NAME, op, arguments);
    require(reply.isOk(), op + " of the auditor: " + reply.header());
    return reply;
  }

  private void check() {
    server.settle();
    List<Header> queues = new ArrayList<>();
    Json all = (Json) ask("queue.list").header().get("queues");
    all.elements().forEach(json -> queues.add(json.header().orElseThrow()));
    Map<String, Entry.Queue> rows = new TreeMap<>();
    disk.queues.values().forEach(row -> require(rows.put(row.name(), row) == null, "twice " + row));
    for (Header queue : queues) {
      check(queue, rows.remove(queue.text("queue")));
    }
    require(rows.isEmpty(), "on disk only: " + rows);
    checkBodies();
  }

  private void checkBodies() {
    Set<Long> needed = new HashSet<>();
    disk.messages.values().stream()
        .filter(message -> message.length() > 0)
        .forEach(message -> require(needed.add(message.body()), "two have a body: " + message));
    require(needed.equals(disk.bodies.keySet()), "bodies " + disk.bodies.keySet() + ", " + needed);
  }

  private void check(Header stats, Entry.Queue row) {
    String name = stats.text("queue");
    Header settings = ask("queue.declare", "queue", name).header();
    require((boolean) settings.get("durable") == (row != null), "the row of " + name + ": " + row);
    if (row == null) {
      return;
    }
    require(row.paused() == (boolean) stats.get("paused"), "paused " + row);
    require(
        settings.toString().endsWith(row.settings().substring(1)),
        "settings " + row + " of " + settings);
    check(row, Order.of(stats.text("order")).orElseThrow());
  }

  private void check(Entry.Queue row, Order order) {
    Map<Long, Entry.Message> rows = new TreeMap<>();
    disk.messages.values().stream()
        .filter(message -> message.queue() == row.id())
        .forEach(message -> rows.put(message.id(), message));
    List<Entry.Message> ready = check(row, "ready", rows);
    require(
        ready.equals(ready.stream().sorted(order(order)).toList()), "the order of " + row.name());
    for (Entry.Message message : ready) {
      require(!message.dead() && message.readyAt() <= server.now, "ready " + message);
    }
    for (Entry.Message message : check(row, "delayed", rows)) {
      require(!message.dead() && message.readyAt() > server.now, "delayed " + message);
    }
    for (Entry.Message message : check(row, "reserved", rows)) {
      require(!message.dead(), "reserved " + message);
    }
    for (Entry.Message message : check(row, "dead", rows)) {
      require(message.dead(), "dead " + message);
    }
    require(rows.isEmpty(), "on disk only, of " + row.name() + ": " + rows);
  }

  /** Takes the rows of the messages of a state out of {@code rows}. */
  private List<Entry.Message> check(
      Entry.Queue queue, String state, Map<Long, Entry.Message> rows) {
    Reply reply = ask("queue.peek", "queue", queue.name(), "state", state, "max", 1000);
    List<Entry.Message> found = new ArrayList<>();
    for (DurableFixture.Brought message : DurableFixture.brought(reply)) {
      Entry.Message row = rows.remove(message.msg());
      require(row != null, state + ", not on disk: " + message);
      check(message, row, state.equals("reserved"));
      found.add(row);
    }
    return found;
  }

  private void check(DurableFixture.Brought message, Entry.Message row, boolean reserved) {
    String headers =
        row.headers() == null ? "null" : new String(row.headers(), StandardCharsets.UTF_8);
    byte[] body = row.length() == 0 ? new byte[0] : disk.bodies.get(row.body());
    require(message.headers().equals(headers), "headers of " + message + ": " + row);
    require(message.body().equals(new String(body, StandardCharsets.UTF_8)), "body of " + message);
    require(
        message.attempt() == row.attempt() + (reserved ? 1 : 0), "attempts of " + message + row);
  }

  private static Comparator<Entry.Message> order(Order order) {
    Comparator<Entry.Message> byId = Comparator.comparingLong(Entry.Message::id);
    return switch (order) {
      case FIFO -> byId;
      case LIFO -> byId.reversed();
      case PRIORITY -> Comparator.comparingLong(Entry.Message::priority).thenComparing(byId);
    };
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
