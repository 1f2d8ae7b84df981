package io.baozi.broker.sync;

import io.baozi.broker.waiting.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The owners of one session; those that neither hold nor wait are not kept. */
public abstract class Owners {
  /** What an owner takes of memory beside its name, in bytes. */
  private static final int OWNER_MEMORY = 256;

  private final String session;
  private final Memory memory;

  private final Owner itself = new Owner(this, null);

  /** The others by name; only looked up, so that its order decides nothing. */
  private final Map<String, Owner> owners = new HashMap<>();

  /** What they hold, in the order in which it was granted. */
  private final Set<Held> locks = new LinkedHashSet<>();

  private final Set<Held> permits = new LinkedHashSet<>();

  /** None yet, of a session of this name. */
  protected Owners(String session, Memory memory) {
    this.session = session;
    this.memory = memory;
  }

  /** A lock was taken from one of them when its lease ended. */
  protected abstract void lost(Lock lock, Hold hold);

  /** Permits were taken from one of them when their lease ended. */
  protected abstract void lost(Semaphore semaphore, Owner owner, int count);

  /** Whether the session has reserved messages, for which others may wait. */
  protected abstract boolean hasReserved();

  /**
   * The owner of a name.
   *
   * @param name null for the session itself
   */
  public final Owner of(String name) {
    if (name == null) {
      return itself;
    }
    Owner owner = owners.get(name);
    return owner == null ? new Owner(this, name) : owner;
  }

  final String session() {
    return session;
  }

  final void remember(Owner owner) {
    if (owner != itself && owners.put(owner.name(), owner) == null) {
      memory.take(memory(owner.name()));
    }
  }

  final void forgetIfIdle(Owner owner) {
    if (owner.isIdle() && owners.remove(owner.name()) != null) {
      memory.give(memory(owner.name()));
    }
  }

  /** What an owner of this name takes of memory, in bytes. */
  public static long memory(String name) {
    return name == null ? 0 : OWNER_MEMORY + 2L * name.length();
  }

  final void holds(Owner owner, Held what) {
    of(what).add(what);
    remember(owner);
  }

  final void holdsNoMore(Owner owner, Held what) {
    of(what).remove(what);
    forgetIfIdle(owner);
  }

  private Set<Held> of(Held what) {
    return what instanceof Hold ? locks : permits;
  }

  /**
   * Gives back all that they hold, locks first, then permits, each in the order in which it was
   * granted.
   *
   * @return what others go on with when whoever calls it settles it
   */
  public final Set<Shared> giveBackAll() {
    List<Held> all = new ArrayList<>(locks);
    all.addAll(permits);
    Set<Shared> left = new LinkedHashSet<>();
    for (Held each : all) {
      each.giveBack();
      left.add(each.of());
    }
    return left;
  }
}
