package io.baozi.net;

import io.netty.util.collection.LongObjectHashMap;

/** The requests of one connection that are not answered yet, and the bytes of their bodies. */
final class InFlight {
  private static final int MANY = 256;

  /** A request on its way: who has it and how many bytes it brought. */
  record Entry(Route route, long bytes) {}

  /** Made with the first request: most idle connections never need it. */
  private LongObjectHashMap<Entry> entries;

  /** The most entries there were since the map was made. */
  private int most;

  private long bytes;

  /** Those of them that services take as they arrive. */
  private long streamed;

  boolean contains(long id) {
    return entries != null && entries.containsKey(spread(id));
  }

  /**
   * Ids follow one another, and neighbours in this map cost a look at each other: they are spread,
   * one to one, by a multiplication with an odd number.
   */
  private static long spread(long id) {
    return id * 0x9E3779B97F4A7C15L;
  }

  /** Who has the request, null if none is on its way under this id. */
  Route route(long id) {
    Entry entry = entries == null ? null : entries.get(spread(id));
    return entry == null ? null : entry.route();
  }

  void add(long id, Entry entry) {
    if (entries == null) {
      entries = new LongObjectHashMap<>();
    }
    entries.put(spread(id), entry);
    most = Math.max(most, entries.size());
    bytes += entry.bytes();
    streamed += entry.route().streamed() ? entry.bytes() : 0;
  }

  /** Removes a request that is answered; null if there is none under this id. */
  Entry remove(long id) {
    Entry entry = entries == null ? null : entries.remove(spread(id));
    if (entry != null) {
      bytes -= entry.bytes();
      streamed -= entry.route().streamed() ? entry.bytes() : 0;
      shrink();
    }
    return entry;
  }

  /** A map keeps the room that it once needed; an idle connection shall not. */
  private void shrink() {
    if (entries.isEmpty() && most > MANY) {
      entries = null;
      most = 0;
    }
  }

  void clear() {
    entries = null;
    bytes = 0;
    streamed = 0;
  }

  int size() {
    return entries == null ? 0 : entries.size();
  }

  long bytes() {
    return bytes;
  }

  /** Bytes of bodies that came in one piece for services that take them as they arrive. */
  long streamed() {
    return streamed;
  }
}
