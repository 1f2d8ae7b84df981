package io.baozi.broker;

/** The operations on sessions and on the server itself. */
final class SessionOperationsModel {
  private final WorldModel world;

  SessionOperationsModel(WorldModel world) {
    this.world = world;
  }

  void carryOut(CallModel call) {
    switch (call.request.op()) {
      case "hello" -> hello(call);
      case "bye" -> bye(call);
      case "ping" -> call.ok();
      case "cancel" -> cancel(call);
      case "server.info" -> info(call);
      default -> throw new AssertionError(call.request.op());
    }
  }

  private void hello(CallModel call) {
    ConnectionModel connection = call.session.connection;
    String wanted = call.text("session");
    SessionModel found = wanted == null ? null : world.session(wanted);
    if (found != null && found != call.session) {
      resume(connection, found);
    } else if (wanted != null && found == null && call.session.greeted) {
      world.end(call.session);
      world.sessions.add(new SessionModel(null, connection));
    }
    greet(call, connection.session, found != null);
  }

  /** The connection's own session ends, and it takes over another. */
  private void resume(ConnectionModel connection, SessionModel session) {
    if (session.connection != null) {
      world.cut(session).forEach(ThingModel::settle);
    }
    world.end(connection.session);
    world.agenda.cancel(session);
    session.connection = connection;
    connection.session = session;
  }

  private static void greet(CallModel call, SessionModel session, boolean resumed) {
    session.greeted = true;
    session.grace = call.number("grace", session.grace);
    session.send(
        FrameModel.ok(call.request.id(), "version", 1, "session", session.name, "resumed", resumed)
            .inPart()
            .and(real -> session.name = real.text("session")));
    session.sendMissed();
  }

  private void bye(CallModel call) {
    ConnectionModel connection = call.session.connection;
    call.ok();
    world.end(call.session);
    connection.over = true;
  }

  private void cancel(CallModel call) {
    long id = call.number("request", 0);
    for (CallModel wait : call.session.waits) {
      if (wait.request.id() == id) {
        world.leave(wait, "cancelled");
        call.ok();
        return;
      }
    }
    call.refused("not_found");
  }

  private void info(CallModel call) {
    long standing = world.connections.values().stream().filter(c -> !c.over).count();
    call.answer(
        FrameModel.ok(call.request.id(), "connections", standing, "sessions", world.sessions.size())
            .inPart());
  }
}
