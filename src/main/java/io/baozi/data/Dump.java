package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.journal.Entry;
import io.baozi.journal.JournalException;
import io.baozi.journal.RestingJournal;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a data directory holds, as a JSON object for each row. */
public final class Dump {
  private final RestingJournal from;
  private final String only;
  private final boolean withBodies;
  private final long now;
  private final Consumer<String> out;
  private final Map<Long, String> names = new HashMap<>();

  /**
   * A dump.
   *
   * @param only the queue whose rows are wanted, null for all
   * @param now milliseconds since 1970, which tell what is delayed
   * @param out gets the lines
   */
  public Dump(
      RestingJournal from, String only, boolean withBodies, long now, Consumer<String> out) {
    this.from = from;
    this.only = only;
    this.withBodies = withBodies;
    this.now = now;
    this.out = out;
  }

  /**
   * Writes it; whether the queue that was wanted is there.
   *
   * @throws JournalException if something is damaged; says what to do
   */
  public boolean run() throws JournalException {
    from.requireLogs();
    try {
      from.scan(
          this::write,
          what -> {
            throw RestingJournal.damaged(what);
          });
    } catch (UncheckedIOException e) {
      throw RestingJournal.damaged(e.getCause().getMessage());
    }
    return only == null || names.containsValue(only);
  }

  private void write(Entry entry) {
    if (entry instanceof Entry.Queue queue) {
      if (only == null || only.equals(queue.name())) {
        names.put(queue.id(), queue.name());
        out.accept(Form.header(queue).toString());
      }
    } else if (entry instanceof Entry.Message message) {
      if (isWanted(message.queue())) {
        out.accept(message(message).toString());
      }
    } else if (entry instanceof Entry.Key key) {
      if (isWanted(key.queue())) {
        out.accept(key(key).toString());
      }
    } else if (only == null) {
      out.accept(Form.header(entry).toString());
    }
  }

  private boolean isWanted(long queue) {
    return only == null || names.containsKey(queue);
  }

  /** The name of a queue; its number, if it has no row. */
  private Object name(long queue) {
    String name = names.get(queue);
    return name == null ? (Object) queue : name;
  }

  private Header key(Entry.Key key) {
    return Header.of(
        "kind", "key",
        "queue", name(key.queue()),
        "key", key.key(),
        "msg", key.msg(),
        "until", key.until());
  }

  private Header message(Entry.Message message) {
    Header header =
        Header.of(
            "kind", "message",
            "queue", name(message.queue()),
            "id", message.id(),
            "state", state(message),
            "priority", message.priority(),
            "attempt", message.attempt(),
            "putAt", message.putAt(),
            "readyAt", message.readyAt(),
            "ttl", message.ttl() < 0 ? null : (Object) message.ttl(),
            "bytes", message.length(),
            "headers", Form.json(message.headers()));
    return withBodies ? withBody(header, message) : header;
  }

  private String state(Entry.Message message) {
    if (message.dead()) {
      return "dead";
    }
    return message.readyAt() > now ? "delayed" : "ready";
  }

  private Header withBody(Header header, Entry.Message message) {
    byte[] body;
    try {
      body = from.body(message);
    } catch (JournalException e) {
      throw new UncheckedIOException(e);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return header.with("body", text);
    } catch (CharacterCodingException e) {
      return header.with("base64", Base64.getEncoder().encodeToString(body));
    }
  }
}
