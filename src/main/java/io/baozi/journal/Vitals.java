package io.baozi.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** How the journal is; tells of each change once. The writer's thread changes it. */
final class Vitals {
  private static final Logger LOG = System.getLogger(Vitals.class.getName());

  private volatile Health health = Health.WELL;
  private volatile Journal.Listener listener;
  private volatile long kept;
  private Health space = Health.WELL;
  private Health failure = Health.WELL;

  Health health() {
    return health;
  }

  void listener(Journal.Listener told) {
    listener = told;
  }

  void kept(long number) {
    kept = number;
    Journal.Listener told = listener;
    if (told != null) {
      told.kept(number);
    }
  }

  /** Up to this write it was told that they are kept. */
  long kept() {
    return kept;
  }

  void lost(long number) {
    Journal.Listener told = listener;
    if (told != null) {
      told.lost(number);
    }
  }

  /** The disk has little space left. */
  void isShort(String message) {
    if (space.state() == Health.State.WELL) {
      space = new Health(Health.State.SPACE_SHORT, message);
      settle();
    }
  }

  /** The disk has space. */
  void hasSpace() {
    space = Health.WELL;
    settle();
  }

  /** A write has failed. */
  void writeFailed(String message) {
    failure = new Health(Health.State.WRITE_FAILED, message);
    settle();
  }

  /** Writes succeed again. */
  void writes() {
    failure = Health.WELL;
    settle();
  }

  /** A force has failed, which nothing mends. */
  void forceFailed(String message) {
    failure = new Health(Health.State.FORCE_FAILED, message);
    settle();
  }

  private void settle() {
    Health now = failure.state() == Health.State.WELL ? space : failure;
    if (now.state() != health.state()) {
      log(now);
      health = now;
      Journal.Listener told = listener;
      if (told != null) {
        told.changed(now);
      }
    }
  }

  private void log(Health now) {
    switch (now.state()) {
      case WELL -> LOG.log(Level.INFO, "The journal is well again.");
      case SPACE_SHORT -> LOG.log(Level.WARNING, now.message());
      case WRITE_FAILED, FORCE_FAILED -> LOG.log(Level.ERROR, now.message());
    }
  }
}
