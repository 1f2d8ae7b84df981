package io.baozi.net;

import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.FrameParser;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.frame.Intake;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.baozi.message.Shown;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One peer: what it sends becomes batches of requests, what services have for it becomes one write.
 * It is read while it has room for more, and closes once all that it asked for is answered. Belongs
 * to its event loop.
 */
final class Connection implements FrameHandler {
  private static final Logger LOG = System.getLogger(Connection.class.getName());
  private static final Buffer EMPTY = Buffer.buffer(0);

  /**
   * A request that takes no more than this is accepted though memory is short: it may free some.
   */
  private static final int SMALL = 1024;

  /** A body of so many bytes is written as it is; a smaller one is copied behind its header. */
  private static final int LARGE = 16 * 1024;

  private final Reception reception;
  private final Socket socket;
  private final String name;
  private final FrameParser parser;
  private final InFlight inFlight = new InFlight();
  private final Deadlines deadlines;

  /** The services that know of this connection and have not sent their last for it. */
  private final Set<Service> open = EnumSet.noneOf(Service.class);

  /** The requests of the chunk at hand. */
  private final Map<Service, List<Request>> batches = new EnumMap<>(Service.class);

  /** What this connection itself has to say in the chunk at hand. */
  private final List<Reply> replies = new ArrayList<>();

  private long lastUnasked;
  private int handlersAtWork;

  /** Who carries out the request at hand, once it has been checked. */
  private Route route;

  /** The refusal of the request whose body is being skipped, null if it is for its service. */
  private Reply refusal;

  /** Bytes of the body that is being collected, 0 if none is. */
  private long collecting;

  /** Whether a header was completed in the chunk at hand. */
  private boolean advanced;

  /** Whether a chunk is at hand: then all there is to send waits for its end. */
  private boolean receiving;

  private boolean draining;
  private boolean inputEnded;
  private boolean finished;
  private boolean gone;

  /** What is said before the connection closes, null for nothing. */
  private Reply lastWord;

  private Future<Void> lastWrite = Future.succeededFuture();

  Connection(Reception reception, Socket socket, String name) {
    this.reception = reception;
    this.socket = socket;
    this.name = name;
    this.parser = new FrameParser(reception.options().limits(), this);
    this.deadlines = new Deadlines(reception.options());
  }

  String name() {
    return name;
  }

  /** Begins to serve the peer. */
  void open(Runnable closed) {
    socket.bind(this::receive, this::peerEnded, this::regulate, () -> closed(closed));
    if (reception.bus() != null) {
      open(Service.BROKER);
    }
  }

  /** Tells the peer why it is not served, and closes. */
  void refuse(Reply word, Runnable closed) {
    socket.bind(chunk -> {}, this::peerEnded, () -> {}, () -> closed(closed));
    endInput(word);
  }

  private void receive(Buffer chunk) {
    deadlines.arrived();
    advanced = false;
    receiving = true;
    try {
      parser.handle(chunk);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a chunk from " + socket.peer() + " was not handled", e);
      fault(new FrameFault("a fault of the server; its log has the cause"));
    }
    receiving = false;
    deadlines.parsed(parser.isInHeader(), advanced);
    batches.forEach(this::dispatch);
    batches.clear();
    flush();
    if (lastWord != null) {
      endInput(lastWord);
    }
    regulate();
  }

  @Override
  public Intake intake(Header header) {
    advanced = true;
    refusal = check(header);
    if (refusal == null && header.size() <= reception.options().limits().maxMessage()) {
      collecting = header.size();
      reception.takeMemory(collecting);
      return Intake.WHOLE;
    }
    return Intake.SKIP;
  }

  @Override
  public void frame(Header header, Buffer body) {
    advanced = true;
    reception.giveMemory(collecting);
    collecting = 0;
    Reply refused = header.size() > 0 ? null : check(header);
    if (refused == null) {
      accept(header, body);
    } else if (refused.id() >= 0) {
      replies.add(refused);
    }
  }

  /**
   * A body that was refused, or too large: then its service says so, after what else it refuses.
   */
  @Override
  public void skipped(Header header) {
    if (refusal == null) {
      accept(header, EMPTY);
    } else if (refusal.id() >= 0) {
      replies.add(refusal);
    }
    refusal = null;
  }

  @Override
  public void fault(FrameFault fault) {
    lastWord = Reply.refused(0, ErrorCode.BAD_FRAME, fault.message());
  }

  /** Why a request cannot be passed on to anybody, null if it can. */
  private Reply check(Header header) {
    Object id = header.get("id");
    if (id != null && !(id instanceof Long number && number >= 1 && number <= Header.MAX_INTEGER)) {
      return Reply.refused(
          0,
          ErrorCode.BAD_REQUEST,
          "id is " + Shown.value(id) + ", allowed is an integer from 1 to 2^53-1");
    }
    if (id != null && inFlight.contains((Long) id)) {
      return Reply.refused(
          0, ErrorCode.BAD_REQUEST, "id is " + id + ", a request under it is not answered yet");
    }
    Object op = header.get("op");
    if (!(op instanceof String text)) {
      return Reply.refused(
          id(header),
          ErrorCode.BAD_REQUEST,
          op == null
              ? "op is missing, it names the operation"
              : "op is " + Shown.value(op) + ", allowed is a string");
    }
    route = reception.route(text);
    if (route == null) {
      return Reply.refused(
          id(header), ErrorCode.UNKNOWN_OP, "no operation is called " + Shown.value(text));
    }
    long kept = Math.min(header.size(), reception.options().limits().maxMessage());
    if (kept + route.answer() > SMALL && !reception.hasMemory(kept + route.answer())) {
      return Reply.refused(
          id(header), ErrorCode.BUSY, "the server has no memory for this request now, try later");
    }
    return null;
  }

  /** The id of a request, -1 if it wants no answer. */
  private static long id(Header header) {
    return header.get("id") instanceof Long id ? id : -1;
  }

  private void accept(Header header, Buffer body) {
    long id = id(header);
    if (id < 0) {
      id = --lastUnasked;
    }
    Request request = new Request(id, header.text("op"), header, body);
    Route route = routeOf(request);
    long memory = body.length() + (long) route.answer();
    inFlight.add(id, new InFlight.Entry(route, memory));
    reception.takeMemory(memory);
    if (route instanceof Route.ToService to) {
      batches.computeIfAbsent(to.service(), s -> new ArrayList<>()).add(request);
    } else if (route instanceof Route.ToHandler to) {
      handle(to.handler(), request);
    }
  }

  /** A cancellation goes to whoever has the request that it is about. */
  private Route routeOf(Request request) {
    if (request.op().equals(Operation.CANCEL.wire())
        && request.header().get("request") instanceof Long cancelled
        && inFlight.route(cancelled) instanceof Route.ToService other) {
      return other;
    }
    return route;
  }

  private void handle(OperationHandler handler, Request request) {
    handlersAtWork++;
    Future<Reply> answer;
    try {
      request.requireSize(reception.options().limits().maxMessage());
      answer = Objects.requireNonNull(handler.handle(request), "the handler's future");
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    answer
        .map(reply -> Objects.requireNonNull(reply, "the handler's answer"))
        .onComplete(
            reply -> onLoop(() -> answered(request, reply)),
            failure -> onLoop(() -> answered(request, refused(request, failure))));
  }

  private void onLoop(Runnable action) {
    if (reception.isOnLoop()) {
      action.run();
    } else {
      reception.context().runOnContext(v -> action.run());
    }
  }

  private static Reply refused(Request request, Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return request.refused(refused);
    }
    String ref = Reception.newName().substring(0, 8);
    LOG.log(Level.ERROR, "fault " + ref + " in " + request.op(), failure);
    return request.faulted(ref);
  }

  private void answered(Request request, Reply reply) {
    handlersAtWork--;
    if (gone) {
      return;
    }
    settle(request.id());
    if (request.id() > 0) {
      replies.add(reply);
    }
    if (!receiving) {
      flush();
      finishIfDone();
      regulate();
    }
  }

  private void dispatch(Service service, List<Request> requests) {
    open(service);
    reception.bus().arrive(service, new Arrival.Requests(name, requests));
  }

  private void open(Service service) {
    if (open.add(service)) {
      reception.bus().arrive(service, new Arrival.Opened(reception.replyTo(), name));
    }
  }

  /** Takes what a service has for this connection. */
  void depart(Departure departure) {
    for (Reply reply : departure.replies()) {
      if (reply.id() != 0) {
        settle(reply.id());
      }
      if (reply.id() >= 0) {
        replies.add(reply);
      }
    }
    flush();
    if (departure.written() != null) {
      lastWrite.onComplete(v -> departure.written().run());
    }
    if (departure.last()) {
      open.remove(departure.service());
      endInput(null);
      finishIfDone();
    }
    regulate();
  }

  private void settle(long id) {
    InFlight.Entry entry = inFlight.remove(id);
    if (entry == null) {
      LOG.log(Level.ERROR, "an answer to " + socket.peer() + " answers no request: " + id);
    } else {
      reception.giveMemory(entry.bytes());
    }
  }

  /** Writes all that is to be said, in one buffer. */
  private void flush() {
    if (replies.isEmpty() || finished) {
      return;
    }
    deadlines.answered();
    FrameWriter writer = reception.writer();
    try {
      for (Reply reply : replies) {
        if (reply.body().length() < LARGE) {
          writer.add(reply.header(), reply.body());
        } else {
          write(writer.addHeader(reply.header(), reply.body().length()).take());
          write(reply.body());
        }
      }
      if (writer.length() > 0) {
        write(writer.take());
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // Half a frame may be in the writer, which the other connections share.
      writer.discard();
      LOG.log(Level.ERROR, "answers to " + socket.peer() + " were lost, it is cut", e);
      socket.abort();
    }
    replies.clear();
  }

  private void write(Buffer bytes) {
    int length = bytes.length();
    reception.takeMemory(length);
    lastWrite = socket.write(bytes).onComplete(v -> reception.giveMemory(length));
  }

  /** Reads while there is room for more requests and the peer reads its answers. */
  private void regulate() {
    if (inputEnded) {
      return;
    }
    TcpServerOptions options = reception.options();
    boolean enough =
        inFlight.size() >= options.maxInFlight()
            || inFlight.bytes() >= options.maxInFlightBytes()
            || socket.isFull();
    if (enough && !socket.isPaused()) {
      socket.pause();
    } else if (!enough && socket.isPaused()) {
      deadlines.resumed();
      socket.resume();
    }
  }

  /** From now on the connection closes as soon as it is quiet. */
  void drain() {
    draining = true;
  }

  private void peerEnded() {
    if (finished) {
      socket.close();
    } else {
      endInput(null);
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
    socket.data(chunk -> {});
    if (socket.isPaused()) {
      socket.resume();
    }
    open.forEach(service -> reception.bus().arrive(service, new Arrival.Closed(name)));
    finishIfDone();
  }

  /** Closes once every service has said its last: first our direction, then the peer its own. */
  private void finishIfDone() {
    if (!inputEnded || finished || !open.isEmpty() || handlersAtWork > 0) {
      return;
    }
    if (lastWord != null) {
      replies.add(lastWord);
    }
    flush();
    finished = true;
    lastWrite.onComplete(
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
    if (!inputEnded) {
      inputEnded = true;
      open.forEach(service -> reception.bus().arrive(service, new Arrival.Closed(name)));
    }
    reception.giveMemory(collecting + inFlight.bytes());
    collecting = 0;
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
          .overdue(now, parser, inFlight.size() > 0)
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
