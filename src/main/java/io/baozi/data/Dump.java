package io.baozi.data;

import io.baozi.frame.Json;
import io.baozi.journal.Archive;
import io.baozi.journal.Entry;
import io.baozi.journal.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** All rows of a data directory, for people and programs to read: one map of members a row. */
public final class Dump {
  /**
   * What is wanted.
   *
   * @param queue of which alone, null for all
   * @param bodies whether bodies are among the members, as {@code byte[]}
   */
  public record Terms(String queue, boolean bodies) {}

  private final Terms terms;
  private final long now = System.currentTimeMillis();
  private final Consumer<Map<String, Object>> to;
  private final Watcher watcher;
  private final Map<Long, String> queues = new HashMap<>();
  private boolean isFound;

  private Dump(Terms terms, Consumer<Map<String, Object>> to, Watcher watcher) {
    this.terms = terms;
    this.to = to;
    this.watcher = watcher;
  }

  /**
   * Dumps a directory that no server uses; nothing in it changes but who holds its lock.
   *
   * @param to gets counters, queues, messages and keys: texts, numbers, flags, {@link Json}, bytes
   * @throws JournalException if it is no data directory, is in use, of another format or damaged,
   *     or has no such queue
   */
  public static void run(
      Path directory, Terms terms, Consumer<Map<String, Object>> to, Watcher watcher)
      throws IOException {
    try (Archive archive = Archive.take(directory)) {
      archive.open();
      watcher.begin("dumping", Watcher.Unit.MESSAGES, archive.messages());
      new Dump(terms, to, watcher).read(archive);
    }
  }

  private void read(Archive archive) throws IOException {
    if (terms.bodies()) {
      Bodies bodies = new Bodies(archive, this::row);
      Sound.read(archive, bodies);
      bodies.end();
    } else {
      Sound.read(archive, entry -> row(entry, null));
    }
    if (terms.queue() != null && !isFound) {
      throw new JournalException("no queue is called " + terms.queue() + " in " + archive.path());
    }
  }

  private void row(Entry entry, byte[] body) {
    if (entry instanceof Entry.Message message) {
      watcher.step(1);
      if (isWanted(name(message.queue()))) {
        to.accept(members(message, body));
      }
    } else if (entry instanceof Entry.Queue queue) {
      queues.put(queue.id(), queue.name());
      if (isWanted(queue.name())) {
        isFound = true;
        to.accept(members(queue));
      }
    } else if (entry instanceof Entry.Key key && isWanted(name(key.queue()))) {
      to.accept(members(key));
    } else if (entry instanceof Entry.Counter counter && terms.queue() == null) {
      to.accept(members(counter));
    }
  }

  private boolean isWanted(String queue) {
    return terms.queue() == null || terms.queue().equals(queue);
  }

  private String name(long queue) {
    return queues.getOrDefault(queue, "number " + queue);
  }

  private static Map<String, Object> members(Entry.Counter counter) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", "counter");
    members.put("name", counter.name());
    members.put("value", counter.value());
    return members;
  }

  private static Map<String, Object> members(Entry.Queue queue) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", "queue");
    members.put("queue", queue.name());
    members.put("number", queue.id());
    members.put("paused", queue.paused());
    members.put("settings", Json.part(queue.settings()));
    return members;
  }

  private Map<String, Object> members(Entry.Message message, byte[] body) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", "message");
    members.put("queue", name(message.queue()));
    members.put("msg", message.id());
    members.put("state", state(message));
    members.put("priority", message.priority());
    members.put("attempt", message.attempt());
    members.put("putAt", message.putAt());
    members.put("readyAt", message.readyAt());
    members.put("ttl", message.ttl());
    members.put("size", message.length());
    if (message.headers() != null) {
      members.put("headers", Json.part(new String(message.headers(), StandardCharsets.UTF_8)));
    }
    if (terms.bodies()) {
      members.put("body", body);
    }
    return members;
  }

  private String state(Entry.Message message) {
    if (message.dead()) {
      return "dead";
    }
    return message.readyAt() > now ? "delayed" : "ready";
  }

  private Map<String, Object> members(Entry.Key key) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", "key");
    members.put("queue", name(key.queue()));
    members.put("key", key.key());
    members.put("msg", key.msg());
    members.put("until", key.until());
    return members;
  }
}
