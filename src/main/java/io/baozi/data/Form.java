package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.journal.Entry;
import java.nio.charset.StandardCharsets;

/** Entries as the headers of an export, and back. */
final class Form {
  private Form() {}

  /** What an entry says; of a message, all but the body. */
  static Header header(Entry entry) {
    if (entry instanceof Entry.Message message) {
      return message(message);
    }
    if (entry instanceof Entry.Queue queue) {
      return Header.of(
          "kind", "queue",
          "id", queue.id(),
          "name", queue.name(),
          "paused", queue.paused(),
          "settings", Json.part(queue.settings()));
    }
    if (entry instanceof Entry.Key key) {
      return Header.of(
          "kind", "key",
          "queue", key.queue(),
          "key", key.key(),
          "msg", key.msg(),
          "until", key.until());
    }
    if (entry instanceof Entry.Counter counter) {
      return Header.of("kind", "counter", "name", counter.name(), "value", counter.value());
    }
    throw new IllegalArgumentException("nothing that is kept: " + entry);
  }

  private static Header message(Entry.Message message) {
    return Header.of(
        "kind", "message",
        "queue", message.queue(),
        "id", message.id(),
        "dead", message.dead(),
        "priority", message.priority(),
        "putAt", message.putAt(),
        "readyAt", message.readyAt(),
        "ttl", message.ttl(),
        "attempt", message.attempt(),
        "body", message.body(),
        "headers", json(message.headers()));
  }

  static Json json(byte[] utf8) {
    return utf8 == null ? null : Json.part(new String(utf8, StandardCharsets.UTF_8));
  }

  /**
   * The entry that a frame is.
   *
   * @throws IllegalArgumentException if it is none; says why
   */
  static Entry entry(Header header, byte[] body) {
    String kind = text(header, "kind");
    return switch (kind) {
      case "counter" -> new Entry.Counter(text(header, "name"), number(header, "value"));
      case "queue" ->
          new Entry.Queue(
              number(header, "id"),
              text(header, "name"),
              object(header, "settings").toString(),
              flag(header, "paused"));
      case "message" -> message(header, body);
      case "key" ->
          new Entry.Key(
              number(header, "queue"),
              text(header, "key"),
              number(header, "msg"),
              number(header, "until"));
      default -> throw new IllegalArgumentException("there is no kind '" + kind + "'");
    };
  }

  private static Entry message(Header header, byte[] body) {
    return new Entry.Message(
        number(header, "queue"),
        number(header, "id"),
        flag(header, "dead"),
        number(header, "priority"),
        number(header, "putAt"),
        number(header, "readyAt"),
        number(header, "ttl"),
        Math.toIntExact(number(header, "attempt")),
        header.get("headers") == null ? null : utf8(object(header, "headers")),
        body.length,
        number(header, "body"),
        body.length == 0 ? null : body);
  }

  private static byte[] utf8(Json json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  static long number(Header header, String key) {
    if (header.get(key) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(key + " is no integer");
  }

  static String text(Header header, String key) {
    if (header.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key + " is no text");
  }

  private static boolean flag(Header header, String key) {
    if (header.get(key) instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(key + " is neither true nor false");
  }

  private static Json object(Header header, String key) {
    if (header.get(key) instanceof Json json && json.isObject()) {
      return json;
    }
    throw new IllegalArgumentException(key + " is no object");
  }
}
