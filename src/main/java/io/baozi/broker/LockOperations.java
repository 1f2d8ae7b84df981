package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.sync.Hold;
import io.baozi.broker.sync.Lock;
import io.baozi.broker.sync.Locks;
import io.baozi.broker.sync.Owner;
import io.baozi.broker.sync.Registry;
import io.baozi.broker.sync.SyncWait;
import io.baozi.message.Arguments;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import io.baozi.message.Shown;
import java.util.List;
import java.util.Map;

/** The operations on locks. */
final class LockOperations {
  private final Broker broker;
  private final BrokerSettings settings;
  private final Coordination coordination;
  private final Locks locks;

  LockOperations(Broker broker, BrokerSettings settings, Coordination coordination) {
    this.broker = broker;
    this.settings = settings;
    this.coordination = coordination;
    this.locks = coordination.locks();
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(
        Operation.LOCK_ACQUIRE, this::acquire,
        Operation.LOCK_RELEASE, this::release,
        Operation.LOCK_TOUCH, this::touch,
        Operation.LOCK_INFO, this::info,
        Operation.LOCK_LIST, this::list);
  }

  private void acquire(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("lock");
    long deadline = Waits.deadline(arguments, now);
    long lease = coordination.lease(arguments);
    boolean exclusive = isExclusive(arguments);
    boolean reentrant = !arguments.has("reentrant") || arguments.flag("reentrant");
    Owner owner = coordination.owner(session, arguments);
    requireSize(request);
    coordination.requireMemory(
        Registry.memory(name) + Lock.HOLD_MEMORY + SyncWait.WAIT_MEMORY, owner);
    Lock lock = locks.made(name);
    LockRequest asks =
        new LockRequest(broker, session, lock, request, owner, exclusive, reentrant, lease);
    asks.onlyWhile(coordination.fence(request));
    lock.acquire(asks, deadline, now);
    if (asks.isWaiting()) {
      session.waits(request.id(), asks);
    }
  }

  private static boolean isExclusive(Arguments arguments) {
    String mode = arguments.text("mode");
    if (mode == null || mode.equals(LockForm.EXCLUSIVE)) {
      return true;
    }
    if (mode.equals(LockForm.SHARED)) {
      return false;
    }
    throw badRequest("mode is " + Shown.value(mode) + ", allowed are exclusive and shared");
  }

  private void release(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    Lock lock = locks.find(arguments.name("lock"));
    Owner owner = coordination.owner(session, arguments);
    requireSize(request);
    int left = lock == null ? -1 : lock.release(owner);
    if (left < 0) {
      throw notOwner(arguments, owner);
    }
    broker.send(session, request.ok("holds", left));
    if (left == 0) {
      lock.goOn(owner, now);
    }
  }

  private void touch(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    Lock lock = locks.find(arguments.name("lock"));
    Owner owner = coordination.owner(session, arguments);
    long lease = coordination.lease(arguments);
    requireSize(request);
    Hold hold = lock == null ? null : lock.touch(owner, lease, now);
    if (hold == null) {
      throw notOwner(arguments, owner);
    }
    broker.send(session, request.ok("token", hold.token(), "holds", hold.holds()));
  }

  private RefusedException notOwner(Arguments arguments, Owner owner) {
    return coordination.notOwner("lock " + arguments.name("lock"), owner);
  }

  private void info(Session session, Request request, long now) {
    String name = request.arguments().name("lock");
    requireSize(request);
    Lock lock = locks.find(name);
    Page page = page();
    broker.send(
        session,
        request.ok(
            lock == null
                ? LockForm.flat(name, List.of(), List.of(), 0, page)
                : LockForm.flat(lock, page)));
  }

  private void list(Session session, Request request, long now) {
    String after = request.arguments().text("after");
    requireSize(request);
    broker.send(session, request.ok(page().list("locks", locks.after(after), LockForm::flat)));
  }

  private Page page() {
    return new Page(settings.limits().maxHeader() / 2);
  }

  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }
}
