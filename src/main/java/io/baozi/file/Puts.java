package io.baozi.file;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import io.baozi.message.Shown;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files that are on their way in: one a name, and as many as memory, the quota and the disk
 * have room for. On the service's event loop.
 */
final class Puts {
  private final StreamSettings settings;
  private final Lane lane;
  private final Fences fences;
  private final Room room;
  private final Digests digests = new Digests();

  /** Those under way, by the keys of their names. */
  private final Map<String, Incoming> underWay = new HashMap<>();

  Puts(StreamSettings settings, Lane lane, Fences fences, Room room) {
    this.settings = settings;
    this.lane = lane;
    this.fences = fences;
    this.room = room;
  }

  /** Whether a file of this key is on its way. */
  boolean isUnderWay(String key) {
    return underWay.containsKey(key);
  }

  /** The keys of the names of those under way. */
  Set<String> keys() {
    return Set.copyOf(underWay.keySet());
  }

  /** Completes when none is under way of those that are now. */
  Future<?> quiet() {
    return Future.join(underWay.values().stream().map(Incoming::over).toList());
  }

  /**
   * Takes the body of a request as a file.
   *
   * @return the file, once it has its name; if that fails, the body has come to its end
   * @throws RefusedException if it is not even begun; its body is then still to be taken
   */
  Future<Published> put(Put put, Request request) {
    String key = put.name().key();
    requireRoom(put, key);
    room.take(put.size());
    long announced = underWay.values().stream().mapToLong(Incoming::unwritten).sum();
    Incoming incoming = new Incoming(put, request, settings.minFree() + announced, this);
    underWay.put(key, incoming);
    return incoming.begin();
  }

  /** A put is no longer under way; another one of the name may be by now. */
  void leave(String key, Incoming incoming) {
    underWay.remove(key, incoming);
  }

  private void requireRoom(Put put, String key) {
    if (settings.maxFile() > 0 && put.length() > settings.maxFile()) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "the file has "
              + put.length()
              + " bytes, allowed are "
              + settings.maxFile()
              + " (files.maxFile)");
    }
    if (underWay.containsKey(key)) {
      throw new RefusedException(
          ErrorCode.CONFLICT, "another put of " + Shown.value(put.name().text()) + " is under way");
    }
    if (underWay.size() >= settings.maxPuts()) {
      throw new RefusedException(
          ErrorCode.BUSY,
          underWay.size() + " puts are under way, there is no memory for more; try later");
    }
  }

  Lane lane() {
    return lane;
  }

  Fences fences() {
    return fences;
  }

  Room room() {
    return room;
  }

  Digests digests() {
    return digests;
  }
}
