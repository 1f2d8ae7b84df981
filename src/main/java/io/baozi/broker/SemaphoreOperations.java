package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.sync.Holding;
import io.baozi.broker.sync.Owner;
import io.baozi.broker.sync.Registry;
import io.baozi.broker.sync.Semaphore;
import io.baozi.broker.sync.Semaphores;
import io.baozi.broker.sync.SyncWait;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import java.util.List;
import java.util.Map;

/** The operations on semaphores. */
final class SemaphoreOperations {
  /** The limit of a semaphore whose first user names none. */
  private static final int LIMIT = 1;

  private final Broker broker;
  private final BrokerSettings settings;
  private final Coordination coordination;
  private final Semaphores semaphores;

  SemaphoreOperations(Broker broker, BrokerSettings settings, Coordination coordination) {
    this.broker = broker;
    this.settings = settings;
    this.coordination = coordination;
    this.semaphores = coordination.semaphores();
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(
        Operation.SEMAPHORE_ACQUIRE, this::acquire,
        Operation.SEMAPHORE_RELEASE, this::release,
        Operation.SEMAPHORE_TOUCH, this::touch,
        Operation.SEMAPHORE_INFO, this::info,
        Operation.SEMAPHORE_LIST, this::list);
  }

  private void acquire(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("semaphore");
    long deadline = Waits.deadline(arguments, now);
    long lease = coordination.lease(arguments);
    int limit = limit(arguments, name);
    int permits = permits(arguments);
    if (permits > limit) {
      throw badRequest(
          "permits is " + permits + ", semaphore " + name + " has " + limit + " (limit)");
    }
    Owner owner = coordination.owner(session, arguments);
    requireSize(request);
    coordination.requireMemory(
        Registry.memory(name) + 2L * Holding.MEMORY + SyncWait.WAIT_MEMORY, owner);
    Semaphore semaphore = semaphores.made(name, limit);
    SemaphoreRequest asks =
        new SemaphoreRequest(broker, session, semaphore, request, owner, permits, lease);
    asks.onlyWhile(coordination.fence(request));
    semaphore.acquire(asks, deadline, now);
    if (asks.isWaiting()) {
      session.waits(request.id(), asks);
    }
  }

  /** The limit that the semaphore has, or is to be made with. */
  private int limit(Arguments arguments, String name) {
    int asked = (int) arguments.integer("limit", 0, 1, Ranges.PERMITS);
    Semaphore semaphore = semaphores.find(name);
    if (semaphore == null) {
      return asked == 0 ? LIMIT : asked;
    }
    if (asked != 0 && asked != semaphore.limit()) {
      throw new RefusedException(
          ErrorCode.CONFLICT,
          "semaphore " + name + " has the limit " + semaphore.limit() + ", not " + asked);
    }
    return semaphore.limit();
  }

  private static int permits(Arguments arguments) {
    return (int) arguments.integer("permits", 1, 1, Ranges.PERMITS);
  }

  /** What is left is told once those who waited have had their part. */
  private void release(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("semaphore");
    int permits = permits(arguments);
    Owner owner = coordination.owner(session, arguments);
    requireSize(request);
    Semaphore semaphore = semaphores.find(name);
    if (semaphore == null || !semaphore.release(owner, permits)) {
      throw coordination.notOwner(permits + " permits of semaphore " + name, owner);
    }
    semaphore.settle(now);
    broker.send(session, request.ok("available", semaphore.available()));
  }

  private void touch(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("semaphore");
    long lease = coordination.lease(arguments);
    Owner owner = coordination.owner(session, arguments);
    requireSize(request);
    Semaphore semaphore = semaphores.find(name);
    int held = semaphore == null ? 0 : semaphore.touch(owner, lease, now);
    if (held == 0) {
      throw coordination.notOwner("semaphore " + name, owner);
    }
    broker.send(session, request.ok("permits", held));
  }

  private void info(Session session, Request request, long now) {
    String name = request.arguments().name("semaphore");
    requireSize(request);
    Semaphore semaphore = semaphores.find(name);
    broker.send(
        session,
        semaphore == null
            ? request.ok(
                "semaphore",
                name,
                "holders",
                Json.of(List.of()),
                "waiters",
                Json.of(List.of()),
                "holding",
                0,
                "waiting",
                0)
            : request.ok(SemaphoreForm.flat(semaphore, page())));
  }

  private void list(Session session, Request request, long now) {
    String after = request.arguments().text("after");
    requireSize(request);
    broker.send(
        session,
        request.ok(page().list("semaphores", semaphores.after(after), SemaphoreForm::flat)));
  }

  private Page page() {
    return new Page(settings.limits().maxHeader() / 2);
  }

  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }
}
