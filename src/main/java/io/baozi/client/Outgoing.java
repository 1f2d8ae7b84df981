package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A request that has no id yet.
 *
 * @param header its arguments and its operation
 * @param most bytes that the header may have on the wire; it is measured only if that is too many
 * @param patience milliseconds that its answer may take once it is sent; {@link Long#MAX_VALUE} for
 *     ever
 */
record Outgoing(Header header, Buffer body, long most, long patience) {
  /** No character takes more bytes, escaped or not. */
  private static final int CHARACTER = 6;

  /** No integer takes more, its comma included. */
  private static final int INTEGER = 21;

  /** What the operation, the id and the size take at most. */
  private static final int SHORT = 256;

  /** A request; throws at once if an argument is none that a header has. */
  static Outgoing of(String op, Buffer body, long patience, Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    all[0] = "op";
    all[1] = op;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    long most = SHORT;
    for (Object value : all) {
      most += most(value);
    }
    return new Outgoing(Header.of(all), body, most, patience);
  }

  private static long most(Object value) {
    if (value instanceof String text) {
      return (long) CHARACTER * text.length() + CHARACTER;
    }
    if (value instanceof Json json) {
      return json.length();
    }
    return value instanceof long[] integers ? (long) INTEGER * integers.length : INTEGER;
  }

  /** Whether a server of these limits would take its header for a broken frame. */
  boolean isTooLarge(Limits limits) {
    return most > limits.maxHeader() && header.json().length() + SHORT > limits.maxHeader();
  }

  RefusedException tooLarge(Limits limits) {
    return new RefusedException(
        ErrorCode.TOO_LARGE,
        "the header has "
            + header.json().length()
            + " bytes, allowed are "
            + limits.maxHeader()
            + " (maxHeader)");
  }

  Request request(long id) {
    return new Request(id, op(), header.with("id", id), body);
  }

  /**
   * The same request once more, under its id, after so many milliseconds: of its wait, that much is
   * over.
   */
  Request again(long id, long elapsed) {
    List<Object> all = new ArrayList<>();
    for (String key : header.keys()) {
      Object value = header.get(key);
      all.add(key);
      all.add(key.equals("wait") && value instanceof Long wait ? left(wait, elapsed) : value);
    }
    Header shortened = Header.of(all.toArray());
    return new Request(id, op(), shortened.with("id", id, "again", true), body);
  }

  private static long left(long wait, long elapsed) {
    return Math.max(0, wait - elapsed);
  }

  /** A request that is not answered. */
  Request unanswered() {
    return new Request(-1, op(), header, body);
  }

  String op() {
    return header.text("op");
  }

  long nanos() {
    return patience == Long.MAX_VALUE ? patience : TimeUnit.MILLISECONDS.toNanos(patience);
  }
}
