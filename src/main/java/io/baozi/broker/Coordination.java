package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.sync.Barriers;
import io.baozi.broker.sync.Events;
import io.baozi.broker.sync.Latches;
import io.baozi.broker.sync.Locks;
import io.baozi.broker.sync.Owner;
import io.baozi.broker.sync.Owners;
import io.baozi.broker.sync.Semaphores;
import io.baozi.broker.sync.Surroundings;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** All objects of coordination, and what requests on them have in common. */
final class Coordination {
  /** The longest name of an owner, in code points. */
  private static final int LONGEST_OWNER = 255;

  private final Broker broker;
  private final Memory memory;
  private final Locks locks;
  private final Semaphores semaphores;
  private final Events events;
  private final Latches latches;
  private final Barriers barriers;

  Coordination(Broker broker, Alarms alarms, Memory memory, LongSupplier tokens) {
    Surroundings surroundings = new Surroundings(alarms, memory);
    this.broker = broker;
    this.memory = memory;
    this.locks = new Locks(surroundings, tokens);
    this.semaphores = new Semaphores(surroundings);
    this.events = new Events(surroundings);
    this.latches = new Latches(surroundings);
    this.barriers = new Barriers(surroundings);
  }

  Locks locks() {
    return locks;
  }

  Semaphores semaphores() {
    return semaphores;
  }

  Events events() {
    return events;
  }

  Latches latches() {
    return latches;
  }

  Barriers barriers() {
    return barriers;
  }

  /** Who asks: the session, or one of its threads. */
  Owner owner(Session session, Arguments arguments) {
    return owners(session).of(arguments.text("owner", LONGEST_OWNER));
  }

  /** The session itself as an owner. */
  Owner owner(Session session) {
    return owners(session).of(null);
  }

  private Owners owners(Session session) {
    if (session.owners() == null) {
      session.owners(new SessionOwners(broker, session, memory));
    }
    return session.owners();
  }

  /** The lease that a request asks for, 0 if it asks for none. */
  long lease(Arguments arguments) {
    return arguments.millis("lease", 0, 1, Ranges.DURATION);
  }

  /** Refuses what takes more memory than there is, the owner's own counted in. */
  void requireMemory(long bytes, Owner owner) {
    requireMemory(bytes + Owners.memory(owner.name()));
  }

  /** Refuses what takes more memory than there is. */
  void requireMemory(long bytes) {
    Requests.requireMemory(memory, bytes);
  }

  /** The refusal of what only a holder may do. */
  RefusedException notOwner(String object, Owner owner) {
    return new RefusedException(
        ErrorCode.NOT_OWNER,
        object + " is not held by " + CycleForm.name(owner) + ", or its lease has ended");
  }

  /**
   * What a request is fenced by.
   *
   * @return whether the lock is still held under the token that it names; null if it names none
   */
  BooleanSupplier fence(Request request) {
    Json fence = request.arguments().object("fence");
    if (fence == null) {
      return null;
    }
    Arguments arguments = new Arguments(fence.header().orElse(Header.EMPTY));
    try {
      String lock = arguments.name("lock");
      long token = arguments.integer("token", 0, 1, Header.MAX_INTEGER);
      if (token == 0) {
        throw badRequest("token is missing, it is what lock.acquire answered");
      }
      return () -> locks.isHeld(lock, token);
    } catch (RefusedException e) {
      throw badRequest("fence: " + e.getMessage());
    }
  }
}
