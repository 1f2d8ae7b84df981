package io.baozi.broker;

import io.baozi.broker.queue.Holder;
import io.baozi.broker.queue.Join;
import io.baozi.broker.queue.Message;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.State;
import io.baozi.broker.sync.Owned;
import io.baozi.broker.sync.Owner;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A join that answers its request when it ends; it waits for whoever has reserved messages. */
final class JoinRequest extends Join implements Owned {
  /** How many reserved messages are looked at for who has them. */
  private static final int MOST = 1000;

  private final Broker broker;
  private final Session session;
  private final MessageQueue queue;
  private final long id;
  private final Owner owner;
  private final long since;

  JoinRequest(
      Broker broker, Session session, MessageQueue queue, Request request, Owner owner, long now) {
    this.broker = broker;
    this.session = session;
    this.queue = queue;
    this.id = request.id();
    this.owner = owner;
    this.since = now;
  }

  @Override
  public Owner owner() {
    return owner;
  }

  @Override
  public Object at() {
    return queue;
  }

  @Override
  public String waitsFor() {
    return queue.name();
  }

  @Override
  public long since() {
    return since;
  }

  /** A session with subscriptions settles messages whatever else it waits for. */
  @Override
  public void blockers(Consumer<Owner> blockers) {
    Set<Holder> seen = new LinkedHashSet<>();
    Message next = queue.first(State.RESERVED);
    for (int i = 0; i < MOST && next != null; i++) {
      if (seen.add(next.holder())
          && next.holder() instanceof SessionHolder holder
          && holder.session() != session
          && holder.session().owners() != null
          && !holder.session().consumes()) {
        blockers.accept(holder.session().owners().of(null));
      }
      next = queue.after(State.RESERVED, next);
    }
  }

  @Override
  public boolean isGrantedIf(Predicate<Owner> giveBack) {
    List<Owner> blocked = new ArrayList<>();
    blockers(
        blocker -> {
          if (!giveBack.test(blocker)) {
            blocked.add(blocker);
          }
        });
    return blocked.isEmpty();
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    owner.waitsNoMore(this);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    return ending == Ending.GRANTED
        ? Reply.ok(id)
        : Reply.refused(
            id,
            Waits.code(ending, ErrorCode.TIMEOUT),
            Waits.message(ending, this::timedOut, "queue " + queue.name()));
  }

  private String timedOut() {
    return "queue " + queue.name() + " still holds " + queue.held() + " messages";
  }
}
