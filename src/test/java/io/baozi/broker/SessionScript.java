package io.baozi.broker;

import io.baozi.broker.waiting.Alarms;
import io.baozi.frame.Header;
import io.baozi.message.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who asks: connections that come, are cut, come back and go, each in its session. */
final class SessionScript {
  private static final int CONNECTIONS = 4;
  private static final List<String> OWNERS = List.of("t1", "t2");

  private final CoordinationTwins twins;

  /** What has been sent in each session, to be sent again. */
  private final Map<SessionModel, List<Request>> sent = new LinkedHashMap<>();

  /** Names of sessions, live and over. */
  private final List<String> names = new ArrayList<>();

  private int lastConnection;

  SessionScript(CoordinationTwins twins) {
    this.twins = twins;
  }

  // Connections

  List<String> standing() {
    return twins.model.connections.values().stream()
        .filter(c -> !c.over && !c.name.equals("watch"))
        .map(c -> c.name)
        .toList();
  }

  SessionModel session(String connection) {
    return twins.model.connections.get(connection).session;
  }

  /** A connection comes, greets or is cut, now and then; else nothing happens. */
  void comeAndGo() {
    List<String> standing = standing();
    if (standing.size() < 2 || (standing.size() < CONNECTIONS && twins.oneIn(6))) {
      twins.open("c" + ++lastConnection);
      twins.turn();
      names.add("c" + lastConnection);
      greet("c" + lastConnection);
    } else if (twins.oneIn(25)) {
      greet(twins.one(standing));
    } else if (twins.oneIn(25)) {
      twins.close(twins.one(standing));
    }
  }

  /** Says hello or not; as somebody who was there before, or as itself. */
  private void greet(String connection) {
    if (twins.oneIn(3)) {
      return;
    }
    String wanted = twins.oneIn(2) ? wanted() : null;
    SessionModel found = wanted == null ? null : twins.model.session(wanted);
    Long grace = grace(found == null ? session(connection) : found);
    twins.send(connection, "hello", "session", wanted, "grace", grace);
    twins.turn();
    names.add(session(connection).name);
  }

  /** Most often a session that waits for its client. */
  private String wanted() {
    List<String> cut = new ArrayList<>();
    twins.model.sessions.stream()
        .filter(session -> session.connection == null)
        .forEach(session -> cut.add(session.name));
    return cut.isEmpty() || twins.oneIn(4) ? twins.one(names) : twins.one(cut);
  }

  /** Once a session has grace it keeps some: who gave it up cannot ask for answers again. */
  private Long grace(SessionModel session) {
    if (twins.oneIn(4)) {
      return null;
    }
    return session.grace == 0 && twins.oneIn(4) ? 0L : 1L + twins.random.nextInt(6000);
  }

  // Time

  /** How long nothing happens: often until just when, or just before, something is due. */
  long time() {
    long left = twins.model.agenda.next() - twins.model.now;
    return switch (twins.random.nextInt(4)) {
      case 0 -> left > 10_000 ? 1 : left;
      case 1 -> left > 10_000 ? 1 : left - 1;
      case 2 -> 1 + twins.random.nextInt(300);
      default -> 1 + twins.random.nextInt(3000);
    };
  }

  /** A wait for a request: none, not at all, short. */
  Long waiting() {
    return switch (twins.random.nextInt(4)) {
      case 0 -> null;
      case 1 -> 0L;
      default -> 1L + twins.random.nextInt(5000);
    };
  }

  Long lease() {
    return twins.oneIn(3) ? 1L + twins.random.nextInt(8000) : null;
  }

  // Requests

  /** Sends a request of somebody's, perhaps with a fence. */
  void send(String op, Object... arguments) {
    List<String> standing = standing();
    if (!standing.isEmpty()) {
      sendAs(twins.one(standing), op, arguments);
    }
  }

  void sendUnfenced(String op, Object... arguments) {
    List<String> standing = standing();
    if (!standing.isEmpty()) {
      send(twins.one(standing), op, arguments);
    }
  }

  void sendAs(String connection, String op, Object... arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "fence";
    all[arguments.length + 1] = twins.oneIn(8) ? fence() : null;
    send(connection, op, all);
  }

  private void send(String connection, String op, Object[] arguments) {
    SessionModel session = session(connection);
    Request request = twins.send(connection, op, arguments);
    sent.computeIfAbsent(session, key -> new ArrayList<>()).add(request);
  }

  /** A token that is held, was held, or never will be. */
  private Object fence() {
    List<HoldModel> holds =
        twins.model.things.locks.values().stream().flatMap(lock -> lock.holds.stream()).toList();
    String lock = twins.one(LockScript.NAMES);
    long token = BrokerFixture.START * 1024 + twins.random.nextInt(20);
    if (!holds.isEmpty() && !twins.oneIn(5)) {
      HoldModel hold = twins.one(holds);
      token = hold.token;
      for (LockModel one : twins.model.things.locks.values()) {
        lock = one.holds.contains(hold) ? one.name : lock;
      }
    }
    return Header.of("lock", lock, "token", token).json();
  }

  String owner() {
    return twins.oneIn(2) ? null : twins.one(OWNERS);
  }

  /** Sends once more what has been answered, or what a cut ended. */
  void again() {
    List<String> standing = new ArrayList<>(standing());
    standing.removeIf(c -> session(c).grace == 0 || !sent.containsKey(session(c)));
    if (standing.isEmpty()) {
      return;
    }
    String connection = twins.one(standing);
    Request request = twins.one(sent.get(session(connection)));
    again(connection, request);
  }

  /** Unless it waits still. */
  private void again(String connection, Request request) {
    boolean waits =
        session(connection).waits.stream().anyMatch(wait -> wait.request.id() == request.id());
    if (!waits) {
      Header header = request.header().with("again", true);
      twins.send(connection, new Request(request.id(), request.op(), header, request.body()));
    }
  }

  /** More answers than are kept; then what a cut has ended is sent again all the same. */
  void burst() {
    for (String connection : standing()) {
      SessionModel session = session(connection);
      for (int i = 0; session.grace > 0 && i < 1030; i++) {
        send(connection, "event.clear", new Object[] {"event", "g"});
      }
      sent.getOrDefault(session, List.of()).stream()
          .filter(request -> session.answers.wasCut(request.id()))
          .toList()
          .forEach(request -> again(connection, request));
    }
  }

  void cancel() {
    List<String> standing = standing();
    if (standing.isEmpty()) {
      return;
    }
    String connection = twins.one(standing);
    List<CallModel> waits = session(connection).waits;
    long id =
        waits.isEmpty() || twins.oneIn(8)
            ? 1 + twins.random.nextInt(1000)
            : twins.one(waits).request.id();
    twins.send(connection, "cancel", "request", id);
  }

  void other() {
    send("server.info");
    if (twins.oneIn(3)) {
      send("bye");
    }
  }

  /** All go, and all grace runs out. */
  void endAll() {
    standing().forEach(twins::close);
    twins.turn();
    while (twins.model.agenda.next() != Alarms.NEVER) {
      twins.pass(twins.model.agenda.next() - twins.model.now);
      twins.turn();
    }
  }
}
