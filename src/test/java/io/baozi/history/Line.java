package io.baozi.history;

import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import java.nio.charset.StandardCharsets;

/**
 * A line of a history.
 *
 * @param at nanoseconds of the machine's monotonic clock, which all its processes share
 * @param name the connection, {@code c2.5} for the fifth of client c2; for what befalls a process
 *     the client, or {@code server}
 * @param header the frame's header, empty where there is none
 */
record Line(long at, Kind kind, String name, Header header) implements Comparable<Line> {
  /** What may happen. */
  enum Kind {
    /** The client is about to write this frame. */
    SENT,
    /** The client has read this frame. */
    GOT,
    /** The client has seen the connection end. */
    ENDED,
    /** The connection is about to be cut. */
    CUT,
    /** The process is about to be killed. */
    KILLED,
    /** The process is about to be stopped for a while. */
    STOPPED,
    /** The process goes on. */
    CONTINUED
  }

  static Line now(Kind kind, String name, Header header) {
    return new Line(System.nanoTime(), kind, name, header);
  }

  static Line parse(String text) {
    String[] parts = text.split(" ", 4);
    try {
      Header header = Header.parse(parts[3].getBytes(StandardCharsets.UTF_8));
      return new Line(Long.parseLong(parts[0]), Kind.valueOf(parts[1]), parts[2], header);
    } catch (MalformedHeaderException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The client whose connection it is, or to which it happens. */
  String client() {
    return name.replaceFirst("\\..*", "");
  }

  String text(String key) {
    return header.text(key);
  }

  /** The integer under a key. */
  long number(String key, long absent) {
    return header.get(key) instanceof Long number ? number : absent;
  }

  @Override
  public int compareTo(Line other) {
    return Long.compare(at, other.at);
  }

  @Override
  public String toString() {
    return at + " " + kind + " " + name + " " + header;
  }
}
