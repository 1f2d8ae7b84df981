package io.baozi.net;

import io.baozi.bus.Departure;
import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameParser;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One peer: what it sends becomes batches of requests, what services have for it becomes one write.
 * It is read while it has room for more, and closes once all that it asked for is answered. Belongs
 * to its event loop.
 */
final class Connection {
  private static final Logger LOG = System.getLogger(Connection.class.getName());

  /** So many bytes on their way to services that take them as they arrive are enough. */
  private static final long STREAMED = 256 * 1024;

  /** Says nothing but that the server is there. */
  private static final Reply PING = Reply.push("ping");

  private final Reception reception;
  private final Socket socket;
  private final String name;
  private final InFlight inFlight = new InFlight();
  private final Services services;
  private final Handlers handlers;
  private final Outbox outbox;
  private final Inbox inbox;
  private final FrameParser parser;
  private final Deadlines deadlines;
  private final Heartbeat heartbeat;

  /** Whether a chunk is at hand: then all there is to send waits for its end. */
  private boolean receiving;

  private boolean draining;

  /** Whether the peer sends no more; what it sent may still be at hand. */
  private boolean peerEnded;

  private boolean inputEnded;
  private boolean finished;
  private boolean gone;

  /** What is said before the connection closes, null for nothing. */
  private Reply lastWord;

  Connection(Reception reception, Socket socket, String name) {
    this.reception = reception;
    this.socket = socket;
    this.name = name;
    this.services = new Services(reception, name);
    this.handlers = new Handlers(reception, this::answered);
    this.outbox = new Outbox(reception, socket, this::flowed);
    this.inbox = new Inbox(reception, inFlight, services, handlers, outbox, this::flowed);
    this.parser =
        new FrameParser(
            reception.options().limits(), inbox, reception.words(), this::isStreamingMuch);
    this.deadlines = new Deadlines(reception.options());
    this.heartbeat = new Heartbeat(reception, deadlines, socket, this::ping, this::fellSilent);
  }

  String name() {
    return name;
  }

  /** Begins to serve the peer. */
  void open(Runnable closed) {
    socket.bind(this::receive, this::peerEnded, this::regulate, () -> closed(closed));
    if (reception.hasServices()) {
      services.open(Service.BROKER);
    }
  }

  /** Tells the peer why it is not served, and closes. */
  void refuse(Reply word, Runnable closed) {
    socket.bind(chunk -> {}, this::peerEnded, () -> {}, () -> closed(closed));
    endInput(word);
  }

  private void receive(Buffer chunk) {
    deadlines.arrived();
    parse(() -> parser.handle(chunk));
    regulate();
  }

  private void parse(Runnable bytes) {
    receiving = true;
    try {
      bytes.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a chunk from " + socket.peer() + " was not handled", e);
      inbox.fault(new FrameFault("a fault of the server; its log has the cause"));
    }
    receiving = false;
    deadlines.parsed(parser.isInHeader(), inbox.hasAdvanced());
    services.dispatch();
    flush();
    if (inbox.fault() != null) {
      endInput(Reply.refused(0, ErrorCode.BAD_FRAME, inbox.fault().message()));
    }
  }

  /**
   * Whether so much is on its way to services that take it as it arrives that not even another
   * frame of what was read already should follow: one by one, while memory is short.
   */
  private boolean isStreamingMuch() {
    return inFlight.streamed() >= STREAMED
        || (inFlight.streamed() > 0 && !reception.hasMemory(STREAMED));
  }

  private void answered(Request request, Reply reply) {
    if (gone) {
      return;
    }
    settle(request.id());
    if (request.id() > 0) {
      outbox.add(reply);
    }
    if (!receiving) {
      flush();
      finishIfDone();
      regulate();
    }
  }

  /** Takes what a service has for this connection. */
  void depart(Departure departure) {
    for (Reply reply : departure.replies()) {
      if (reply.id() != 0) {
        settle(reply.id());
      }
      if (reply.id() >= 0) {
        outbox.add(reply);
      } else {
        reply.discard();
      }
    }
    flush();
    if (departure.heartbeat() != Departure.SAME_HEARTBEAT && !inputEnded) {
      heartbeat.every(departure.heartbeat());
    }
    if (departure.written() != null) {
      outbox.written().onComplete(v -> departure.written().run());
    }
    if (departure.last()) {
      services.left(departure.service());
      endInput(null);
      finishIfDone();
    }
    regulate();
  }

  private void ping() {
    outbox.add(PING);
    flush();
  }

  private void fellSilent() {
    LOG.log(Level.DEBUG, "{0} was silent for two heartbeats, its connection is cut", socket.peer());
    socket.abort();
  }

  private void settle(long id) {
    InFlight.Entry entry = inFlight.remove(id);
    if (entry == null) {
      LOG.log(Level.ERROR, "an answer to " + socket.peer() + " answers no request: " + id);
    } else {
      reception.giveMemory(entry.bytes());
    }
  }

  /** Writes all that is to be said. */
  private void flush() {
    if (!finished && !outbox.isEmpty()) {
      deadlines.answered();
      outbox.flush();
    }
  }

  /** A body that passes through, or what waits behind a part of a file, is held back or no more. */
  private void flowed() {
    if (!receiving) {
      regulate();
    }
  }

  /** Reads while there is room for more requests and the peer reads its answers. */
  private void regulate() {
    while (!inputEnded && parser.hasRest() && !hasEnough()) {
      parse(parser::goOn);
    }
    if (inputEnded) {
      return;
    }
    if (peerEnded && !parser.hasRest()) {
      endInput(null);
      return;
    }
    boolean enough = hasEnough();
    if (enough && !socket.isPaused()) {
      socket.pause();
    } else if (!enough && socket.isPaused()) {
      deadlines.resumed();
      socket.resume();
    }
  }

  private boolean hasEnough() {
    TcpServerOptions options = reception.options();
    return inFlight.size() >= options.maxInFlight()
        || inFlight.bytes() >= options.maxInFlightBytes()
        || inFlight.streamed() >= STREAMED
        || (parser.hasRest() && isStreamingMuch())
        || inbox.isHeldBack()
        || outbox.isHoldingMuch()
        || socket.isFull();
  }

  /** From now on the connection closes as soon as it is quiet. */
  void drain() {
    draining = true;
  }

  private void peerEnded() {
    if (finished) {
      socket.close();
    } else {
      peerEnded = true;
      regulate();
    }
  }

  /**
   * Takes no more requests: what was accepted is still answered, what of it waits is cancelled.
   *
   * @param word what is said after that, null for nothing
   */
  private void endInput(Reply word) {
    if (inputEnded) {
      return;
    }
    inputEnded = true;
    lastWord = word;
    heartbeat.stop();
    socket.data(chunk -> {});
    if (socket.isPaused()) {
      socket.resume();
    }
    inbox.end();
    services.close();
    finishIfDone();
  }

  /** Closes once every service has said its last: first our direction, then the peer its own. */
  private void finishIfDone() {
    if (!inputEnded || finished || !services.haveLeft() || handlers.isAnyAtWork()) {
      return;
    }
    if (lastWord != null) {
      outbox.add(lastWord);
    }
    flush();
    finished = true;
    outbox
        .written()
        .onComplete(
            v -> {
              deadlines.finished();
              if (socket.hasPeerEnded()) {
                socket.close();
              } else {
                socket.endOutput();
              }
            });
  }

  private void closed(Runnable closed) {
    gone = true;
    finished = true;
    heartbeat.stop();
    if (!inputEnded) {
      inputEnded = true;
      inbox.end();
      services.close();
    }
    outbox.close();
    reception.giveMemory(inFlight.bytes());
    inFlight.clear();
    closed.run();
  }

  /** Looks whether the peer has let a time limit pass. */
  void sweep(long now) {
    if (deadlines.isStuck(now, socket)) {
      LOG.log(Level.DEBUG, "{0} does not read its answers, its connection is cut", socket.peer());
      socket.abort();
    } else if (!inputEnded && !socket.isPaused()) {
      deadlines
          .overdue(now, parser, inFlight.size() > 0 || outbox.isStreaming())
          .ifPresent(message -> endInput(Reply.refused(0, ErrorCode.TIMEOUT, message)));
      if (draining && inFlight.size() == 0 && deadlines.isQuiet(now)) {
        endInput(null);
      }
    }
  }

  /** Closes at once. */
  void abort() {
    socket.abort();
  }
}
