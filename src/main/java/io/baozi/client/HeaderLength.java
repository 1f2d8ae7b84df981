package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.frame.Json;

/** How long a header is on the wire, measured only where it might be too long. */
final class HeaderLength {
  /** No character takes more bytes, escaped or not. */
  private static final int CHARACTER = 6;

  /** No integer of an array takes more, its comma included. */
  private static final int INTEGER = 21;

  /** What the operation, the id, the size and a short argument take at most. */
  private static final int SHORT = 128;

  private HeaderLength() {}

  /** The length in bytes if it is above {@code limit}; at most {@code limit} if it is not. */
  static long of(Header header, Object[] arguments, int limit) {
    long most = SHORT;
    for (Object argument : arguments) {
      most += most(argument);
    }
    return most <= limit ? 0 : header.json().length();
  }

  private static long most(Object argument) {
    if (argument instanceof String text) {
      return (long) CHARACTER * text.length() + CHARACTER;
    }
    if (argument instanceof Json json) {
      return json.length();
    }
    return argument instanceof long[] integers ? (long) INTEGER * integers.length : INTEGER;
  }
}
