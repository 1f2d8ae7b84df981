package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.frame.MalformedHeaderException;
import io.baozi.journal.Entry;
import java.nio.charset.StandardCharsets;

/** Entries as the headers of frames, and back. */
final class EntryForm {
  private EntryForm() {}

  /** The header of an entry that says what is there, and is no message. */
  static Header header(Entry entry) {
    if (entry instanceof Entry.Queue queue) {
      return Header.of(
          "kind",
          "queue",
          "queue",
          queue.id(),
          "name",
          queue.name(),
          "paused",
          queue.paused(),
          "settings",
          Json.part(queue.settings()));
    }
    if (entry instanceof Entry.Key key) {
      return Header.of(
          "kind",
          "key",
          "queue",
          key.queue(),
          "key",
          key.key(),
          "msg",
          key.msg(),
          "until",
          key.until());
    }
    if (entry instanceof Entry.Counter counter) {
      return Header.of("kind", "counter", "name", counter.name(), "value", counter.value());
    }
    throw new IllegalArgumentException("a message, or what is gone: " + entry);
  }

  /**
   * The header of a message.
   *
   * @param headers of the message, null for none
   */
  static Header header(Entry.Message message, byte[] headers) {
    return Header.of(
        "kind",
        "message",
        "queue",
        message.queue(),
        "msg",
        message.id(),
        "dead",
        message.dead(),
        "priority",
        message.priority(),
        "putAt",
        message.putAt(),
        "readyAt",
        message.readyAt(),
        "ttl",
        message.ttl(),
        "attempt",
        message.attempt(),
        "place",
        message.body(),
        "headers",
        headers == null ? null : Json.part(new String(headers, StandardCharsets.UTF_8)));
  }

  /**
   * The entry of a header.
   *
   * @throws IllegalArgumentException if it is none; says why
   */
  static Entry entry(Header header, byte[] body) {
    return switch (text(header, "kind")) {
      case "counter" -> new Entry.Counter(text(header, "name"), integer(header, "value"));
      case "queue" ->
          new Entry.Queue(
              integer(header, "queue"),
              text(header, "name"),
              json(header, "settings").toString(),
              flag(header, "paused"));
      case "message" -> message(header, body);
      case "key" ->
          new Entry.Key(
              integer(header, "queue"),
              text(header, "key"),
              integer(header, "msg"),
              integer(header, "until"));
      default -> throw new IllegalArgumentException("no entry is a " + text(header, "kind"));
    };
  }

  private static Entry.Message message(Header header, byte[] body) {
    return new Entry.Message(
        integer(header, "queue"),
        integer(header, "msg"),
        flag(header, "dead"),
        integer(header, "priority"),
        integer(header, "putAt"),
        integer(header, "readyAt"),
        integer(header, "ttl"),
        Math.toIntExact(integer(header, "attempt")),
        header.get("headers") == null ? null : utf8(json(header, "headers")),
        body.length,
        integer(header, "place"),
        body.length == 0 ? null : body);
  }

  private static byte[] utf8(Json json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether bytes are what headers and settings have to be. */
  static boolean isObject(byte[] json) {
    try {
      return Header.parse(json) != null;
    } catch (MalformedHeaderException e) {
      return false;
    }
  }

  static String text(Header header, String key) {
    if (header.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("its " + key + " is no text");
  }

  static long integer(Header header, String key) {
    if (header.get(key) instanceof Long integer) {
      return integer;
    }
    throw new IllegalArgumentException("its " + key + " is no integer");
  }

  private static boolean flag(Header header, String key) {
    if (header.get(key) instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException("its " + key + " is neither true nor false");
  }

  private static Json json(Header header, String key) {
    if (header.get(key) instanceof Json json && json.isObject()) {
      return json;
    }
    throw new IllegalArgumentException("its " + key + " are no JSON object");
  }
}
