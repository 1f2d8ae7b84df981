package io.baozi.broker.queue;

import java.util.ArrayList;
import java.util.List;

/** A session of the model. */
final class SessionModel {
  /** What it has reserved, in the order in which it did. */
  final List<MessageModel> held = new ArrayList<>();

  final int window;
  int unread;

  SessionModel(int window) {
    this.window = window;
  }

  boolean isFlowing() {
    return unread < window;
  }
}
