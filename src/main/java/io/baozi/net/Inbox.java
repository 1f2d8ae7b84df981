package io.baozi.net;

import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.Header;
import io.baozi.frame.Intake;
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

  private long lastUnasked;

  /** What becomes of the request whose body is at hand. */
  private Verdict verdict;

  /** Bytes of the body that is being collected, 0 if none is. */
  private long collecting;

  /** Whether a header was completed since this was asked last. */
  private boolean advanced;

  private FrameFault fault;

  /**
   * @param outbox gets the refusals
   */
  Inbox(
      Reception reception, InFlight inFlight, Services services, Handlers handlers, Outbox outbox) {
    this.reception = reception;
    this.inFlight = inFlight;
    this.admission = new Admission(reception, inFlight);
    this.services = services;
    this.handlers = handlers;
    this.outbox = outbox;
  }

  @Override
  public Intake intake(Header header) {
    advanced = true;
    verdict = admission.judge(header);
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

  /** Collects the body at hand no longer. */
  void giveUp() {
    reception.giveMemory(collecting);
    collecting = 0;
  }

  private void apply(Verdict verdict, Header header, Buffer body) {
    if (verdict instanceof Route route) {
      accept(route, header, body);
    } else if (verdict instanceof Verdict.Refused refused && refused.reply().id() >= 0) {
      outbox.add(refused.reply());
    }
  }

  private void accept(Route route, Header header, Buffer body) {
    long id = Admission.id(header);
    if (id < 0) {
      id = --lastUnasked;
    }
    Request request = new Request(id, header.text("op"), header, body);
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
