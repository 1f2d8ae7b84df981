package io.baozi.cli;

import io.baozi.message.Shown;

/**
 * Who holds or waits.
 *
 * @param session that does
 * @param owner within the session, null for the session itself
 */
record Owner(String session, String owner) {
  /** Of a session's name: tells it from others, and does not give it away. */
  private static final int SHOWN = 8;

  /** As a person is shown it: {@code 632aeed7/alice@kitchen:4711}. */
  @Override
  public String toString() {
    String name = Shown.text(String.valueOf(session));
    String head = name.substring(0, Math.min(SHOWN, name.length()));
    return owner == null ? head : head + "/" + Shown.text(owner);
  }

  JsonLine json() {
    return new JsonLine().with("session", session).with("owner", owner);
  }
}
