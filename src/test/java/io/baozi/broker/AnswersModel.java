package io.baozi.broker;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;

/** The last answers of a session with grace, by id, and the ids whose waits a cut has ended. */
final class AnswersModel {
  private static final int KEPT = 1024;

  private final SessionModel session;

  /** In the order in which they were given. */
  private final LinkedHashMap<Long, FrameModel> kept = new LinkedHashMap<>();

  private final Set<Long> cut = new HashSet<>();
  private long largestDropped;

  AnswersModel(SessionModel session) {
    this.session = session;
  }

  void keep(CallModel call, FrameModel frame) {
    if (session.grace > 0 && frame.isOk() && call.changes()) {
      kept.put(call.request.id(), frame);
    }
    while (kept.size() > KEPT) {
      long oldest = kept.keySet().iterator().next();
      kept.remove(oldest);
      largestDropped = Math.max(largestDropped, oldest);
    }
  }

  void cut(long id) {
    if (session.grace > 0) {
      cut.add(id);
    }
  }

  /** Whether a cut has ended the wait of a request that has not been done since. */
  boolean wasCut(long id) {
    return cut.contains(id);
  }

  /** Answers what is asked again as then, or refuses; false if it is to be done now. */
  boolean answer(CallModel call) {
    long id = call.request.id();
    if (!call.arguments.flag("again") || session.grace == 0 || !call.changes()) {
      return false;
    }
    if (kept.containsKey(id)) {
      session.send(kept.get(id));
      return true;
    }
    if (cut.remove(id) || id > largestDropped) {
      return false;
    }
    call.refused("conflict");
    return true;
  }
}
