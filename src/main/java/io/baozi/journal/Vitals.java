package io.baozi.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** How the journal is; tells of each change once. The writer's thread changes it. */
final class Vitals {
  private static final Logger LOG = System.getLogger(Vitals.class.getName());

  private final Path directory;
  private volatile Health health = Health.WELL;
  private volatile Journal.Listener listener;
  private volatile long kept;
  private Health space = Health.WELL;
  private Health failure = Health.WELL;

  Vitals(Path directory) {
    this.directory = directory;
  }

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
  void writeFailed(String why) {
    fail(
        Health.State.WRITE_FAILED,
        "a write to %s failed (%s); it is tried again every second".formatted(directory, why));
  }

  /** Writes succeed again. */
  void writes() {
    failure = Health.WELL;
    settle();
  }

  /** A force has failed, which nothing mends. */
  void forceFailed(String why) {
    fail(
        Health.State.FORCE_FAILED,
        "a force to disk failed in %s (%s); what is on the disk is not known until the server is restarted"
            .formatted(directory, why));
  }

  /** The writer has, in a way that nobody expects, which nothing mends. */
  void failed(Throwable cause) {
    fail(Health.State.FORCE_FAILED, "the journal failed (%s); restart the server".formatted(cause));
  }

  private void fail(Health.State state, String message) {
    failure = new Health(state, message);
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
