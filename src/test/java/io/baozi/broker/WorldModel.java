package io.baozi.broker;

import io.baozi.message.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The obvious, slow broker as far as coordination and sessions go: lists that are searched from the
 * front, all rules where the protocol has them. Its frames have to be the real one's.
 */
final class WorldModel {
  long now;
  final AgendaModel agenda = new AgendaModel();
  final ThingsModel things = new ThingsModel(this);

  /** Those that stand, and those that have ended in this turn. */
  final Map<String, ConnectionModel> connections = new LinkedHashMap<>();

  /** Those that are not over, in the order in which they began. */
  final List<SessionModel> sessions = new ArrayList<>();

  private final OperationsModel operations = new OperationsModel(things);
  private final SessionOperationsModel sessionOperations = new SessionOperationsModel(this);
  private long lastToken;
  private long lastOrder;

  WorldModel(long startedAt) {
    now = startedAt;
    lastToken = startedAt * 1024;
  }

  long nextToken() {
    return ++lastToken;
  }

  long nextOrder() {
    return ++lastOrder;
  }

  /** A turn begins: all that is due by now happens. */
  void turn(long at) {
    now = at;
    while (agenda.ringOne(at)) {
      things.forget();
    }
  }

  void open(String name) {
    ConnectionModel connection = new ConnectionModel(name);
    connections.put(name, connection);
    sessions.add(new SessionModel(name, connection));
  }

  void carryOut(String name, Request request) {
    ConnectionModel connection = connections.get(name);
    if (connection == null || connection.over) {
      return;
    }
    CallModel call = new CallModel(this, connection.session, request);
    if (connection.session.answers.answer(call)) {
      return;
    }
    if (call.isFenced()) {
      call.refused("fenced");
    } else if (request.op().contains(".") && !request.op().equals("server.info")) {
      operations.carryOut(call);
    } else {
      sessionOperations.carryOut(call);
    }
    things.forget();
  }

  /** A wait ends without being granted, then those go on whom it held up. */
  void leave(CallModel call, String code) {
    leave(List.of(call), code).forEach(ThingModel::settle);
  }

  /** Several end in one step; gives where they stood. */
  Set<ThingModel> leave(List<CallModel> calls, String code) {
    Set<ThingModel> left = new LinkedHashSet<>();
    for (CallModel call : List.copyOf(calls)) {
      ThingModel at = call.at;
      left.add(at);
      at.remove(call);
      call.refused(code);
    }
    return left;
  }

  // Ends

  /** The peer has gone. */
  void close(String name) {
    ConnectionModel connection = connections.get(name);
    SessionModel session = connection.session;
    if (session.grace == 0) {
      end(session);
    } else {
      cut(session).forEach(ThingModel::settle);
      agenda.set(session, now + session.grace, () -> end(session));
    }
    connection.over = true;
    things.forget();
  }

  /** Its waits end and are told; from now on it has no connection. */
  Set<ThingModel> cut(SessionModel session) {
    session.waits.forEach(call -> session.answers.cut(call.request.id()));
    Set<ThingModel> left = leave(session.waits, "cancelled");
    session.connection.over = true;
    session.connection = null;
    return left;
  }

  /** All that it waits for and holds goes back in one step. */
  void end(SessionModel session) {
    agenda.cancel(session);
    sessions.remove(session);
    Set<ThingModel> freed = leave(session.waits, "cancelled");
    freed.addAll(things.giveBack(session));
    freed.forEach(ThingModel::settle);
  }

  /** The server drains: all waits end. */
  void drain() {
    List<CallModel> all = new ArrayList<>();
    sessions.forEach(session -> all.addAll(session.waits));
    leave(all, "shutting_down").forEach(ThingModel::settle);
  }

  /** All locks and semaphores, for whoever reads of a failure. */
  String state() {
    return operations.state();
  }

  /** A session that is not over, by its name. */
  SessionModel session(String name) {
    for (SessionModel session : sessions) {
      if (name.equals(session.name)) {
        return session;
      }
    }
    return null;
  }
}
