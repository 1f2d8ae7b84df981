package io.baozi.broker;

import io.baozi.broker.sync.Link;
import io.baozi.broker.sync.Owner;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import java.util.List;

/** A cycle of waits as the one reads it who would have closed it. */
final class CycleForm {
  /** How many bytes the links of a cycle may take; the rest is left out. */
  private static final int MOST = 16 * 1024;

  /** How many they may take for a client that does not read what it is told, or without memory. */
  private static final int FEW = 1024;

  /** How many links the sentence tells. */
  private static final int TOLD = 4;

  /** How much of a session's name a sentence tells. */
  private static final int SHORT = 8;

  private CycleForm() {}

  /** The refusal of a wait; what it takes is accounted for until it is written. */
  static Reply refused(Broker broker, Session session, long id, List<Link> cycle) {
    Page page = new Page(broker.hasRoomFor(session, MOST) ? MOST : FEW);
    Json links = page.entries(cycle, CycleForm::header);
    broker.handOut(session, links.length());
    return Reply.refused(id, ErrorCode.DEADLOCK, message(cycle))
        .with("cycle", links, "more", page.more());
  }

  private static Header header(Link link) {
    return Header.of(
        "session",
        link.owner().session(),
        "owner",
        link.owner().name(),
        "waits",
        link.waits(),
        "holds",
        link.holds(),
        "since",
        link.since());
  }

  private static String message(List<Link> cycle) {
    Link first = cycle.get(0);
    StringBuilder message = new StringBuilder("you hold ");
    message.append(first.holds()).append(" and would wait for ").append(first.waits());
    if (cycle.size() == 1) {
      return message.append(", which you hold").toString();
    }
    for (Link link : cycle.subList(1, Math.min(cycle.size(), TOLD))) {
      message.append(", held by ").append(name(link.owner()));
      message.append(", who waits for ").append(link.waits());
    }
    int untold = cycle.size() - TOLD;
    return untold > 0
        ? message.append(", and ").append(untold).append(" more").toString()
        : message.toString();
  }

  /** An owner as a sentence tells it. */
  static String name(Owner owner) {
    String session = owner.session().substring(0, Math.min(SHORT, owner.session().length()));
    return owner.name() == null
        ? "session " + session
        : "owner " + owner.name() + " of session " + session;
  }
}
