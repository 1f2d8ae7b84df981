package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The queues of the model and what they share. */
final class WorldModel {
  final Agenda agenda = new Agenda();
  final Map<String, QueueModel> queues = new LinkedHashMap<>();
  final List<String> ends = new ArrayList<>();
  final List<String> pushes = new ArrayList<>();
  long index;
  private long lastId;

  QueueModel make(String name, Settings settings) {
    QueueModel queue = new QueueModel(this, name, settings);
    queues.put(name, queue);
    return queue;
  }

  QueueModel queue(String name) {
    QueueModel queue = queues.get(name);
    if (queue == null) {
      throw new AssertionError("there is no queue " + name);
    }
    return queue;
  }

  long nextId() {
    return ++lastId;
  }

  /** What has just come waits until its deadline if it has not ended. */
  void await(WaitModel wait, long now) {
    if (!wait.hasEnded && wait.deadline <= now) {
      end(wait, Ending.TIMED_OUT, now);
    } else if (!wait.hasEnded && wait.deadline != Alarms.NEVER) {
      agenda.set(wait, wait.deadline);
    }
  }

  /** Ends one, then lets those go on whom it was in the way of. */
  void end(WaitModel wait, Ending ending, long now) {
    endAll(List.of(wait), ending, now);
  }

  /** Ends several in one step: nobody goes on before all have left. */
  void endAll(Collection<? extends WaitModel> waits, Ending ending, long now) {
    List<QueueModel> freed = new ArrayList<>();
    for (WaitModel wait : waits) {
      if (wait.isInTheWay()) {
        freed.addAll(wait.queues);
      }
      leave(wait, ending);
    }
    freed.forEach(queue -> queue.settle(now));
  }

  /** It ends, and stands nowhere any more. */
  void leave(WaitModel wait, Ending ending) {
    if (wait.hasEnded) {
      throw new AssertionError(wait.number + " ends twice");
    }
    wait.hasEnded = true;
    agenda.cancel(wait);
    wait.queues.forEach(queue -> queue.remove(wait));
    ends.add(wait.number + " " + ending + wait.brought());
  }

  /** Its waits end, all at once; then what it holds comes back, all at once. */
  void endSession(SessionModel session, List<WaitModel> waits, long now) {
    endAll(waits, Ending.CANCELLED, now);
    Set<QueueModel> touched = new LinkedHashSet<>();
    for (MessageModel message : List.copyOf(session.held)) {
      touched.add(message.queue);
      message.queue.reserved.lapse(message, Return.End.SESSION, now);
    }
    touched.forEach(queue -> queue.settle(now));
  }
}
