package io.baozi.file;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.bus.Arrival;
import io.baozi.bus.Failures;
import io.baozi.bus.ServiceBus;
import io.baozi.bus.ServiceHost;
import io.baozi.bus.ServiceSession;
import io.baozi.frame.Header;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hosts files and pipes on the bus. One instance for each server; all its fields belong to its
 * event loop, what blocks is done by workers of its own.
 */
public final class StreamVerticle extends VerticleBase {
  private static final Logger LOG = System.getLogger(StreamVerticle.class.getName());

  /** What goes on while the server drains. */
  private static final Set<Operation> TO_THE_LAST =
      EnumSet.of(Operation.PIPE_DATA, Operation.PIPE_CLOSE, Operation.CANCEL);

  private static final int WORKERS = 8;

  /** A worker may be busy with one file for so long before Vert.x takes it for stuck. */
  private static final long LONGEST_WORK_HOURS = 24;

  /** How often files that nobody goes on with are looked for. */
  private static final long SWEEP = TimeUnit.HOURS.toMillis(1);

  private final ServiceBus bus;
  private final StreamSettings settings;
  private final ServiceHost<StreamSession> host;
  private final Map<Operation, Action> actions = new EnumMap<>(Operation.class);
  private Lane lane;
  private Fences fences;
  private Puts puts;
  private Room room;

  /** Files and pipes for the clients whose requests come over this bus. */
  public StreamVerticle(ServiceBus bus, StreamSettings settings) {
    this.bus = Objects.requireNonNull(bus, "bus");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.host = new ServiceHost<>(bus, Service.STREAMS, this::open, this::carryOut);
  }

  @Override
  public Future<?> start() {
    WorkerExecutor workers =
        vertx.createSharedWorkerExecutor(
            bus.addresses().of(Service.STREAMS), WORKERS, LONGEST_WORK_HOURS, TimeUnit.HOURS);
    room = new Room(settings.quota());
    lane = new Lane((ContextInternal) context, workers, this::openStore, this::opened);
    fences = new Fences(bus);
    puts = new Puts(settings, lane, fences, room);
    actions.putAll(new FileOperations(settings, lane, fences, room, puts).actions());
    actions.putAll(new PipeOperations(vertx, lane, settings).actions());
    actions.put(Operation.CANCEL, StreamVerticle::cancel);
    return host.start(context);
  }

  private StreamSession open(Arrival.Opened opened, Consumer<ServiceSession> dirty) {
    return new StreamSession(opened, dirty, lane::run);
  }

  private Store openStore() throws IOException {
    return Store.open(settings.folder(), oldest());
  }

  private void opened(Store store) {
    room.add(store.used());
    vertx.setPeriodic(SWEEP, t -> sweep());
  }

  /** When an unfinished file that is kept was written last, at the earliest. */
  private long oldest() {
    return System.currentTimeMillis() - settings.keep().toMillis();
  }

  private void sweep() {
    long before = oldest();
    Set<String> spared = puts.keys();
    lane.inOrder(store -> store.partials().removeOld(before, spared::contains))
        .onSuccess(room::give)
        .onFailure(e -> LOG.log(Level.WARNING, "unfinished files could not be looked through", e));
  }

  @Override
  public Future<?> stop() {
    return host.stop().eventually(puts::quiet).eventually(fences::close).eventually(lane::close);
  }

  /**
   * From now on every request is answered {@code shutting_down}; files on their way go on, pipes
   * that wait for their other end do not.
   *
   * @return completes once these answers are on their way
   */
  public Future<Void> drain() {
    return host.drain(StreamVerticle::endWaits);
  }

  private static void endWaits(StreamSession session) {
    List.copyOf(session.pipes().values()).stream()
        .filter(end -> !end.isOpen())
        .forEach(end -> end.giveUp(ErrorCode.SHUTTING_DOWN, "the server is shutting down"));
  }

  private void carryOut(StreamSession session, Request request) {
    session.ask();
    try {
      Operation operation = Operation.of(request.op()).filter(actions::containsKey).orElse(null);
      if (operation == null) {
        throw new RefusedException(ErrorCode.UNKNOWN_OP, "no operation is called that here");
      }
      if (host.isDraining() && !TO_THE_LAST.contains(operation)) {
        throw new RefusedException(ErrorCode.SHUTTING_DOWN, "the server is shutting down");
      }
      actions.get(operation).run(session, request);
    } catch (RuntimeException e) {
      refuse(session, request, e);
    }
  }

  /** Answers once the body has come to its end. */
  private void refuse(StreamSession session, Request request, RuntimeException why) {
    lane.here(Bodies.skip(request)).onComplete(v -> session.answer(Failures.answer(request, why)));
  }

  private static void cancel(StreamSession session, Request request) {
    Arguments arguments = request.arguments();
    if (!arguments.has("request")) {
      throw badRequest("request is missing, it is the id of a request that waits");
    }
    long id = arguments.integer("request", 0, 1, Header.MAX_INTEGER);
    PipeEnd waiting =
        session.pipes().values().stream().filter(end -> end.isWaiting(id)).findFirst().orElse(null);
    if (waiting == null) {
      session.answer(request.refused(ErrorCode.NOT_FOUND, "no request waits under the id " + id));
    } else {
      waiting.giveUp(ErrorCode.CANCELLED, "the request was cancelled while it waited");
      session.answer(request.ok());
    }
  }
}
