package io.baozi.broker;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;
import io.baozi.bus.Arrival;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All sessions, and the connections through which their clients speak. */
final class Sessions {
  private static final int NAME_BYTES = 16;

  private final Broker broker;
  private final Alarms alarms;
  private final Memory memory;
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  Sessions(Broker broker, Alarms alarms, Memory memory) {
    this.broker = broker;
    this.alarms = alarms;
    this.memory = memory;
  }

  /** How many there are. */
  int count() {
    return sessions.size();
  }

  /** How many connections there are. */
  int connections() {
    return peers.size();
  }

  /** All of them, in the order in which they began. */
  List<Session> all() {
    return List.copyOf(sessions.values());
  }

  /** The session of a name, null if there is none or it is over. */
  Session find(String name) {
    return sessions.get(name);
  }

  /** The connection of a name, null if there is none or it is over. */
  Peer peer(String connection) {
    return peers.get(connection);
  }

  /** A connection stands: it has a session of its own, which is called as it is. */
  void open(Arrival.Opened opened) {
    Peer peer = new Peer(opened.connection(), opened.replyTo());
    peers.put(peer.name(), peer);
    join(peer, make(peer.name()));
  }

  private Session make(String name) {
    Session session = new Session(name, memory);
    sessions.put(name, session);
    return session;
  }

  private void join(Peer peer, Session session) {
    peer.speaksFor(session);
    session.attach(peer, alarms);
  }

  /** A connection ends, and its session with it unless it has grace. */
  void cut(Peer peer, long now) {
    Session session = peer.session();
    if (session.grace() == 0) {
      end(session, now);
    } else {
      detach(session, now);
      session.endsAfterGrace(new Grace(this, session), alarms, now);
    }
  }

  /** Ends the connection of a session, which goes on without. */
  private void detach(Session session, long now) {
    Peer peer = session.peer();
    peer.end();
    session.cut(alarms, now);
    leave(peer);
  }

  private void leave(Peer peer) {
    peers.remove(peer.name());
    peer.end();
    broker.departs(peer);
  }

  /**
   * A client says hello.
   *
   * @param own the session that its connection speaks for
   * @param name of the one that it wants to go on with, null for its own
   * @return the session that its connection speaks for from now on
   */
  Session greet(Session own, String name, long now) {
    Session wanted = name == null ? own : sessions.get(name);
    if (wanted == null) {
      wanted = own.isGreeted() ? make(nameAfter(own.name())) : own;
    }
    if (wanted != own) {
      resume(own, wanted, now);
    }
    wanted.greet();
    return wanted;
  }

  /** Lets the connection that speaks for one session speak for another; the one ends. */
  private void resume(Session own, Session wanted, long now) {
    if (wanted.peer() != null) {
      detach(wanted, now);
    }
    close(own, now);
    join(own.peer(), wanted);
  }

  /** A name that nobody can guess who cannot guess this one, and the same on every machine. */
  private static String nameAfter(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Ends a session and, with a last departure, its connection if it has one. */
  void end(Session session, long now) {
    close(session, now);
    if (session.peer() != null) {
      leave(session.peer());
    }
  }

  private void close(Session session, long now) {
    sessions.remove(session.name());
    session.end(alarms, now);
  }
}
