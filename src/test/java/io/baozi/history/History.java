package io.baozi.history;

import io.baozi.history.Call.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What all clients of a run saw, put together: connections, sessions, requests with answers. */
final class History {
  private final List<Line> lines;
  private final Map<String, Connection> connections = new LinkedHashMap<>();
  private final Map<String, SessionLife> sessions = new HashMap<>();
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final Map<String, Line> outstanding = new LinkedHashMap<>();
  private final List<Line> stray = new ArrayList<>();
  private final List<Line> pushes = new ArrayList<>();
  private final Pauses pauses;

  History(List<Line> unsorted) {
    lines = unsorted.stream().sorted().toList();
    pauses = new Pauses(lines);
    lines.forEach(this::connect);
    connections.values().forEach(this::join);
    lines.forEach(this::exchange);
    outstanding.forEach((key, sent) -> add(sent, null));
  }

  /** Reads the files of all processes; the last line of one that was killed may be torn. */
  static History read(Path directory) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".history")).toList()) {
        String text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Line::parse).forEach(lines::add);
      }
    }
    return new History(lines);
  }

  private void connect(Line line) {
    Connection connection = connections.get(line.name());
    switch (line.kind()) {
      case SENT -> {
        if ("hello".equals(line.text("op"))) {
          connections.putIfAbsent(line.name(), new Connection(line));
        } else {
          connection.sent(line);
        }
      }
      case GOT -> connection.got(line);
      case ENDED -> connection.ended(line.at());
      case CUT -> connection.cut(line.at());
      case KILLED -> connectionsOf(line.name()).forEach(each -> each.cut(line.at()));
      case STOPPED, CONTINUED -> {}
    }
  }

  private List<Connection> connectionsOf(String client) {
    return connections.values().stream()
        .filter(each -> each.hello().client().equals(client) && each.endedAt() == Call.NEVER)
        .toList();
  }

  private void join(Connection connection) {
    long grace = connection.hello().number("grace", 0);
    sessions.computeIfAbsent(connection.session(), name -> new SessionLife(grace)).add(connection);
    SessionLife wanted = sessions.get(connection.wanted() == null ? "" : connection.wanted());
    if (wanted != null && !connection.isGreeted()) {
      wanted.add(connection);
    } else if (wanted != null && !connection.hasResumed()) {
      wanted.over(connection.greeting().at());
    }
  }

  private void exchange(Line line) {
    Connection connection = connections.get(line.name());
    String key = line.name() + "#" + line.number("id", 0);
    switch (line.kind()) {
      case SENT -> {
        if (!line.equals(connection.hello())) {
          outstanding.put(key, line);
        }
      }
      case GOT -> {
        if (line.text("op") != null) {
          pushes.add(line);
        } else if (outstanding.containsKey(key)) {
          add(outstanding.remove(key), line);
        } else if (!line.equals(connection.greeting())) {
          stray.add(line);
        }
      }
      case ENDED, CUT, KILLED, STOPPED, CONTINUED -> {}
    }
  }

  private void add(Line sent, Line got) {
    String session = connections.get(sent.name()).session();
    calls
        .computeIfAbsent(session + "#" + sent.number("id", 0), key -> new Call(session))
        .add(new Attempt(sent, got));
  }

  List<Line> lines() {
    return lines;
  }

  Collection<Connection> connections() {
    return connections.values();
  }

  Connection connection(String name) {
    return connections.get(name);
  }

  SessionLife session(String name) {
    return sessions.get(name);
  }

  Collection<Call> calls() {
    return calls.values();
  }

  Stream<Call> calls(String... ops) {
    return calls.values().stream().filter(call -> List.of(ops).contains(call.op()));
  }

  /** Answers to nothing that was asked, or a second time. */
  List<Line> stray() {
    return stray;
  }

  List<Line> pushes() {
    return pushes;
  }

  Pauses pauses() {
    return pauses;
  }

  /** The moment of the last line. */
  long end() {
    return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).at();
  }
}
