package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.waiting.Memory;
import io.baozi.broker.waiting.Waiter;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.Locale;
import java.util.Map;

/** The operations on sessions and on the server itself. */
final class SessionOperations {
  /** The version of the protocol that is spoken. */
  private static final int PROTOCOL = 1;

  /** The shortest heartbeat that a client may ask for, in milliseconds. */
  private static final long LEAST_HEARTBEAT = 100;

  /** What stays as it is. */
  private static final long UNCHANGED = -1;

  private final Broker broker;
  private final BrokerSettings settings;
  private final long startedAt;
  private final Memory memory;
  private final Queues queues;
  private final Sessions sessions;

  SessionOperations(
      Broker broker,
      BrokerSettings settings,
      long startedAt,
      Memory memory,
      Queues queues,
      Sessions sessions) {
    this.broker = broker;
    this.settings = settings;
    this.startedAt = startedAt;
    this.memory = memory;
    this.queues = queues;
    this.sessions = sessions;
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(
        Operation.HELLO, this::hello,
        Operation.BYE, this::bye,
        Operation.PING, this::ping,
        Operation.ECHO, this::echo,
        Operation.SERVER_INFO, this::info,
        Operation.CANCEL, this::cancel);
  }

  private void hello(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    arguments.text("client");
    arguments.text("token");
    String name = arguments.text("session");
    long grace = arguments.millis("grace", UNCHANGED, 0, Ranges.DURATION);
    long heartbeat = arguments.millis("heartbeat", UNCHANGED, 0, Ranges.DURATION);
    if (heartbeat > 0 && heartbeat < LEAST_HEARTBEAT) {
      throw badRequest(
          "heartbeat is " + heartbeat + ", allowed is 0 (off) or at least " + LEAST_HEARTBEAT);
    }
    long version = arguments.integer("version", PROTOCOL, 0, Header.MAX_INTEGER);
    if (version != PROTOCOL) {
      throw badRequest("version is " + version + ", this server speaks version " + PROTOCOL);
    }
    requireSize(request);
    Session resumed = name == null ? null : sessions.find(name);
    if (grace > 0 && (resumed == null || resumed.grace() == 0)) {
      queues.requireMemory(Session.GRACE_MEMORY);
    }
    Session its = sessions.greet(session, name, now);
    keep(its, grace, heartbeat);
    broker.send(its, greeting(request, its, resumed != null));
    goOn(its, now);
  }

  private void keep(Session session, long grace, long heartbeat) {
    if (grace != UNCHANGED) {
      session.grace(grace, settings.maxInFlight());
    }
    if (heartbeat != UNCHANGED) {
      session.heartbeat(heartbeat);
    }
    session.peer().beat(session.heartbeat());
  }

  private Reply greeting(Request request, Session session, boolean resumed) {
    return request.ok(
        "server",
        "baozi/" + settings.version(),
        "version",
        PROTOCOL,
        "session",
        session.name(),
        "resumed",
        resumed,
        "limits",
        limits());
  }

  /** What came while no connection spoke for a session follows, and then it is handed messages. */
  private void goOn(Session session, long now) {
    session.takePushes().forEach(push -> broker.send(session, push));
    session.subscribers().forEach(subscriber -> subscriber.regulate(now));
  }

  private Json limits() {
    return Header.of(
            "maxHeader",
            settings.limits().maxHeader(),
            "maxMessage",
            settings.limits().maxMessage(),
            "maxInFlight",
            settings.maxInFlight(),
            "again",
            Answers.MOST)
        .json();
  }

  private void ping(Session session, Request request, long now) {
    requireSize(request);
    broker.send(session, request.ok());
  }

  private void echo(Session session, Request request, long now) {
    requireSize(request);
    broker.send(session, request.ok().withBody(request.body()));
  }

  private void bye(Session session, Request request, long now) {
    requireSize(request);
    broker.send(session, request.ok());
    broker.end(session, now);
  }

  private void info(Session session, Request request, long now) {
    requireSize(request);
    broker.send(
        session,
        request.ok(
            "version",
            settings.version(),
            "uptime",
            now - startedAt,
            "connections",
            sessions.connections(),
            "sessions",
            sessions.count(),
            "queues",
            queues.count(),
            "memory",
            memory.used(),
            "memoryLimit",
            memory.limit(),
            "journal",
            settings.isKeeping() ? settings.sync().name().toLowerCase(Locale.ROOT) : "off",
            "forces",
            broker.forces(),
            "health",
            broker.health().message().isEmpty() ? "ok" : broker.health().message()));
  }

  private void cancel(Session session, Request request, long now) {
    long id = request.arguments().integer("request", 0, 1, Header.MAX_INTEGER);
    if (id == 0) {
      throw badRequest("request is missing, it is the id of a request that waits");
    }
    Waiter waiter = session.waiter(id);
    if (waiter == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND, "no request waits under the id " + id);
    }
    requireSize(request);
    broker.cancel(waiter, now);
    broker.send(session, request.ok());
  }

  /** Comes after all else that a request may be refused for. */
  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }
}
