package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;

/** A connection and what goes out on it in this turn. */
final class ConnectionModel {
  final String name;
  SessionModel session;
  final List<FrameModel> frames = new ArrayList<>();
  boolean over;

  ConnectionModel(String name) {
    this.name = name;
  }
}
