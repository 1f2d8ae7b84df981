package io.baozi.net;

import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.Header;
import io.baozi.frame.Intake;
import io.baozi.message.Inflow;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;

/**
 * What one peer asks: frames become requests on their way to whoever carries them out, or refusals.
 * Belongs to its event loop.
 */
final class Inbox implements FrameHandler {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final Reception reception;
  private final InFlight inFlight;
  private final Admission admission;
  private final Services services;
  private final Handlers handlers;
  private final Outbox outbox;

  /** Told when a body that passes through may be held back or no more. */
  private final Runnable regulate;

  private long lastUnasked;

  /** What becomes of the request whose body is at hand. */
  private Verdict verdict;

  /** Bytes of the body that is being collected, 0 if none is. */
  private long collecting;

  /** The body that passes through, null if none does. */
  private Inflow inflow;

  /** Whether a header was completed since this was asked last. */
  private boolean advanced;

  private FrameFault fault;

  /**
   * @param outbox gets the refusals
   * @param regulate told when {@link #isHeldBack} may have changed
   */
  Inbox(
      Reception reception,
      InFlight inFlight,
      Services services,
      Handlers handlers,
      Outbox outbox,
      Runnable regulate) {
    this.reception = reception;
    this.inFlight = inFlight;
    this.admission = new Admission(reception, inFlight);
    this.services = services;
    this.handlers = handlers;
    this.outbox = outbox;
    this.regulate = regulate;
  }

  @Override
  public Intake intake(Header header) {
    advanced = true;
    verdict = admission.judge(header);
    if (verdict instanceof Route route && route.streamed()) {
      return Intake.PIECES;
    }
    if (verdict instanceof Route && header.size() <= reception.options().limits().maxMessage()) {
      collecting = header.size();
      reception.takeMemory(collecting);
      return Intake.WHOLE;
    }
    return Intake.SKIP;
  }

  @Override
  public void frame(Header header, Buffer body) {
    advanced = true;
    giveUp();
    apply(header.size() > 0 ? verdict : admission.judge(header), header, body);
  }

  /** What is at hand in one piece needs no stream. */
  @Override
  public void piece(Header header, Buffer piece, long left) {
    if (inflow == null && left == 0) {
      accept((Route) verdict, header, piece, null);
      return;
    }
    if (inflow == null) {
      inflow = new Inflow(header.size(), reception::run, regulate);
      accept((Route) verdict, header, EMPTY, inflow);
    }
    Inflow its = inflow;
    inflow = left == 0 ? null : its;
    its.arrive(piece);
  }

  /** Whether a body passes through that nobody takes now. */
  boolean isHeldBack() {
    return inflow != null && inflow.isHeld();
  }

  /**
   * A body that was refused, or too large: then its service says so, after what else it refuses.
   */
  @Override
  public void skipped(Header header) {
    apply(verdict, header, EMPTY);
  }

  @Override
  public void fault(FrameFault fault) {
    this.fault = fault;
  }

  /** Why nothing that follows can be read, null if it can. */
  FrameFault fault() {
    return fault;
  }

  /** Whether a header was completed since this was asked last. */
  boolean hasAdvanced() {
    boolean had = advanced;
    advanced = false;
    return had;
  }

  /** Nothing more comes: the body at hand stays incomplete. */
  void end() {
    giveUp();
    if (inflow != null) {
      Inflow its = inflow;
      inflow = null;
      its.cut();
    }
  }

  /** Collects the body at hand no longer. */
  private void giveUp() {
    reception.giveMemory(collecting);
    collecting = 0;
  }

  private void apply(Verdict verdict, Header header, Buffer body) {
    if (verdict instanceof Route route) {
      accept(route, header, body, null);
    } else if (verdict instanceof Verdict.Refused refused && refused.reply().id() >= 0) {
      outbox.add(refused.reply());
    }
  }

  private void accept(Route route, Header header, Buffer body, Inflow inflow) {
    long id = Admission.id(header);
    if (id < 0) {
      id = --lastUnasked;
    }
    Request request = new Request(id, header.text("op"), header, body, inflow);
    Route destination = admission.destination(request, route);
    long memory = body.length() + (long) destination.answer();
    inFlight.add(id, new InFlight.Entry(destination, memory));
    reception.takeMemory(memory);
    if (destination instanceof Route.ToService to) {
      services.add(to.service(), request);
    } else if (destination instanceof Route.ToHandler to) {
      handlers.handle(to.handler(), request);
    }
  }
}
