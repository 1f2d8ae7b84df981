package io.baozi.history;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.history.Line.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A history written by hand, a request with its answer a line, times in milliseconds: {@code 10 20
 * a.1 lock.acquire lock=x -> token=5 holds=1}, with {@code - } for an answer that never came and
 * {@code -> !timeout} for a refusal. A line of anything else is {@code 30 KILLED a} or {@code 30
 * GOT a.1 op=lock.lost token=5}. A connection that says no hello has a session of its own name.
 */
final class Story {
  private final List<Line> lines = new ArrayList<>();
  private final Set<String> greeted = new HashSet<>();
  private long lastId = 1000;

  static History of(String... lines) {
    Story story = new Story();
    List.of(lines).forEach(story::tell);
    return new History(story.lines);
  }

  private void tell(String text) {
    String[] words = text.split(" ", -1);
    if (words[1].matches("[A-Z]+")) {
      add(words[0], Kind.valueOf(words[1]), words[2], header(words, 3));
      return;
    }
    String[] halves = text.split(" -> ", -1);
    String[] asked = halves[0].split(" ", -1);
    Header request = Header.of("op", asked[3]).with(entries(asked, 4));
    request = request.get("id") == null ? request.with("id", ++lastId) : request;
    greet(asked[2], asked[3]);
    add(asked[0], Kind.SENT, asked[2], request);
    if (halves.length > 1) {
      Header id = Header.of("id", request.get("id"));
      String[] told = halves[1].split(" ", -1);
      add(
          asked[1],
          Kind.GOT,
          asked[2],
          told[0].startsWith("!")
              ? id.with("ok", false, "error", told[0].substring(1)).with(entries(told, 1))
              : id.with("ok", true).with(entries(told, 0)));
    }
  }

  private void greet(String connection, String op) {
    if (greeted.add(connection) && !op.equals("hello")) {
      add("0", Kind.SENT, connection, Header.of("op", "hello", "id", 1));
      add("0", Kind.GOT, connection, Header.of("id", 1, "ok", true, "session", connection));
    }
  }

  private void add(String millis, Kind kind, String name, Header header) {
    lines.add(new Line(Long.parseLong(millis) * Stretch.MILLISECOND, kind, name, header));
  }

  private static Header header(String[] words, int from) {
    return Header.of(entries(words, from));
  }

  private static Object[] entries(String[] words, int from) {
    List<Object> entries = new ArrayList<>();
    for (int i = from; i < words.length; i++) {
      if (words[i].contains("=")) {
        String[] pair = words[i].split("=", 2);
        entries.add(pair[0]);
        entries.add(value(pair[1]));
      }
    }
    return entries.toArray();
  }

  private static Object value(String text) {
    if (text.matches("-?\\d+")) {
      return Long.valueOf(text);
    }
    if (text.matches("true|false")) {
      return Boolean.valueOf(text);
    }
    return text.matches("[\\[{].*") ? Json.part(text) : text;
  }
}
