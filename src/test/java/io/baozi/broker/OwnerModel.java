package io.baozi.broker;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who holds locks and permits: a session, or one of the owners that it names. */
record OwnerModel(SessionModel session, String owner) {
  /** An entry that tells of this owner, with these keys and values in turn. */
  Map<String, Object> entry(Object... fields) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("session", session.name);
    if (owner != null) {
      entry.put("owner", owner);
    }
    for (int i = 0; i < fields.length; i += 2) {
      entry.put((String) fields[i], fields[i + 1]);
    }
    return entry;
  }

  /** How a cycle spells it. */
  String key() {
    return session.name + "/" + owner;
  }
}
