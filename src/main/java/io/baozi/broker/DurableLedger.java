package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.Ledger;
import io.baozi.broker.queue.Message;
import io.baozi.journal.Entry;
import java.nio.charset.StandardCharsets;

/** The ledger of a queue that outlives the server: what becomes of it goes into the journal. */
final class DurableLedger implements Ledger {
  private final long queue;
  private final Changes changes;

  /** Of the queue that the journal knows under this number. */
  DurableLedger(long queue, Changes changes) {
    this.queue = queue;
    this.changes = changes;
  }

  @Override
  public void keeps(Message message, boolean dead, long readyAt) {
    Content content = message.content();
    boolean carried = content.length() > 0 && content.place() == 0;
    if (carried) {
      content.placeAt(message.id());
    }
    changes.add(
        new Entry.Message(
            queue,
            message.id(),
            dead,
            message.priority(),
            message.putAt(),
            readyAt,
            content.terms().ttl(),
            message.attempt(),
            headers(content),
            content.length(),
            content.place(),
            carried ? content.body() : null));
    if (carried) {
      changes.carries(content);
    }
  }

  private static byte[] headers(Content content) {
    return content.headers() == null
        ? null
        : content.headers().toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void drops(Message message) {
    passesOn(message);
    if (message.content().place() > 0) {
      changes.add(new Entry.BodyGone(message.content().place()));
    }
  }

  @Override
  public void passesOn(Message message) {
    changes.add(new Entry.MessageGone(queue, message.id()));
  }

  @Override
  public void remembers(String key, long msg, long until) {
    changes.add(new Entry.Key(queue, key, msg, until));
  }

  @Override
  public void forgets(String key) {
    changes.add(new Entry.KeyGone(queue, key));
  }
}
