package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;

/** What a client has: its waits, and what it is told when it comes back. */
final class SessionModel {
  /** As the real one is called; null as long as nobody has been told. */
  String name;

  /** Null while it is cut. */
  ConnectionModel connection;

  long grace;

  /** Whether a hello has been said in it. */
  boolean greeted;

  /** In the order in which they began. */
  final List<CallModel> waits = new ArrayList<>();

  final AnswersModel answers = new AnswersModel(this);
  private final List<FrameModel> missed = new ArrayList<>();

  SessionModel(String name, ConnectionModel connection) {
    this.name = name;
    this.connection = connection;
    connection.session = this;
  }

  void send(FrameModel frame) {
    (connection == null ? missed : connection.frames).add(frame);
  }

  /** What it has missed comes behind the answer to hello. */
  void sendMissed() {
    missed.forEach(this::send);
    missed.clear();
  }
}
