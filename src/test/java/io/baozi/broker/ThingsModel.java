package io.baozi.broker;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that can be waited at, by name; what is idle is forgotten. */
final class ThingsModel {
  private final WorldModel world;
  final Map<String, LockModel> locks = new TreeMap<>();
  final Map<String, SemaphoreModel> semaphores = new TreeMap<>();
  final Map<String, EventModel> events = new TreeMap<>();
  final Map<String, LatchModel> latches = new TreeMap<>();
  final Map<String, BarrierModel> barriers = new TreeMap<>();
  final Map<String, RoomModel> rooms = new TreeMap<>();

  ThingsModel(WorldModel world) {
    this.world = world;
  }

  // What need not be there

  LockModel lock(String name) {
    return locks.computeIfAbsent(name, key -> new LockModel(world, key));
  }

  SemaphoreModel semaphore(CallModel call) {
    return semaphores.computeIfAbsent(
        call.text("semaphore"), key -> new SemaphoreModel(world, key, call.number("limit", 1)));
  }

  EventModel event(CallModel call) {
    return events.computeIfAbsent(call.text("event"), key -> new EventModel(world, key));
  }

  BarrierModel barrier(CallModel call) {
    return barriers.computeIfAbsent(
        call.text("barrier"), key -> new BarrierModel(world, key, call.number("parties", 0)));
  }

  RoomModel room(CallModel call) {
    return rooms.computeIfAbsent(
        call.text("queue"), key -> new RoomModel(world, key, CoordinationTwins.CAPACITY));
  }

  LatchModel madeLatch(CallModel call) {
    return latches.computeIfAbsent(
        call.text("latch"), key -> new LatchModel(world, key, call.number("count", 0)));
  }

  LatchModel latch(CallModel call) {
    return latches.get(call.text("latch"));
  }

  /** What nobody holds or waits for is not there. */
  void forget() {
    for (Collection<? extends ThingModel> things :
        List.of(
            locks.values(),
            semaphores.values(),
            events.values(),
            latches.values(),
            barriers.values(),
            rooms.values())) {
      things.removeIf(ThingModel::isIdle);
    }
  }

  /** All that a session holds comes back, each in the order in which it was granted. */
  Set<ThingModel> giveBack(SessionModel session) {
    Set<ThingModel> freed = new LinkedHashSet<>();
    rooms.values().stream().filter(room -> room.giveBack(session)).forEach(freed::add);
    giveBackLocks(session, freed);
    giveBackPermits(session, freed);
    return freed;
  }

  private void giveBackLocks(SessionModel session, Set<ThingModel> freed) {
    Map<Long, Runnable> byToken = new TreeMap<>();
    for (LockModel lock : locks.values()) {
      for (HoldModel hold : lock.holds) {
        if (hold.owner.session() == session) {
          byToken.put(
              hold.token,
              () -> {
                lock.end(hold);
                freed.add(lock);
              });
        }
      }
    }
    byToken.values().forEach(Runnable::run);
  }

  private void giveBackPermits(SessionModel session, Set<ThingModel> freed) {
    Map<Long, Runnable> inOrder = new TreeMap<>();
    for (SemaphoreModel semaphore : semaphores.values()) {
      semaphore.beginnings.forEach(
          (owner, beginning) -> {
            if (owner.session() == session) {
              inOrder.put(
                  beginning.order(),
                  () -> {
                    semaphore.giveBack(owner);
                    freed.add(semaphore);
                  });
            }
          });
    }
    inOrder.values().forEach(Runnable::run);
  }
}
