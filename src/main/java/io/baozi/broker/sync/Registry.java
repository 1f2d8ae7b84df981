package io.baozi.broker.sync;

import java.util.Collection;
import java.util.TreeMap;

/**
 * The objects of one kind, by name; they take memory while they are here.
 *
 * @param <T> the kind
 */
public abstract class Registry<T> {
  /** What an object takes of memory beside its name, in bytes. */
  private static final int OBJECT_MEMORY = 512;

  private final Surroundings surroundings;
  private final TreeMap<String, T> objects = new TreeMap<>();

  Registry(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  final Surroundings surroundings() {
    return surroundings;
  }

  /** The object of a name, null if there is none. */
  public final T find(String name) {
    return objects.get(name);
  }

  /** All behind a name, in the order of names; null for all there are. */
  public final Collection<T> after(String name) {
    return (name == null ? objects : objects.tailMap(name, false)).values();
  }

  /** How many there are. */
  public final int count() {
    return objects.size();
  }

  final T add(String name, T object) {
    surroundings.memory().take(memory(name));
    objects.put(name, object);
    return object;
  }

  final void forget(String name, T object) {
    if (objects.remove(name, object)) {
      surroundings.memory().give(memory(name));
    }
  }

  /** What an object of this name takes of memory, in bytes. */
  public static long memory(String name) {
    return OBJECT_MEMORY + 2L * name.length();
  }
}
