package io.baozi.broker;

import java.util.Set;

/** Something that requests wait at. */
abstract class ThingModel {
  final WorldModel world;
  final String name;

  ThingModel(WorldModel world, String name) {
    this.world = world;
    this.name = name;
  }

  /** A wait leaves without being granted; nobody goes on before {@link #settle}. */
  abstract void remove(CallModel call);

  /** Everybody goes on who can. */
  abstract void settle();

  /** Whether it is to be forgotten. */
  abstract boolean isIdle();

  /** What a request is told whose wait has run out. */
  String timeout(CallModel call) {
    return "timeout";
  }

  /** Whether a wait could be granted if these owners gave back all that they hold. */
  boolean couldGrant(CallModel wait, Set<OwnerModel> goOn) {
    return true;
  }
}
