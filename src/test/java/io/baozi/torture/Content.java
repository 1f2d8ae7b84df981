package io.baozi.torture;

import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * What the message of a number is made of. Those of odd numbers are put alone: they have headers,
 * and may have an empty body; the others begin with their number.
 */
final class Content {
  /** Of no message. */
  static final long UNKNOWN = -1;

  private static final int NUMBER = Long.BYTES;

  private Content() {}

  static boolean isAlone(long number) {
    return (number & 1) == 1;
  }

  static Buffer body(long number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    int length = length(random);
    if (isAlone(number) && random.nextInt(8) == 0) {
      return Buffer.buffer(0);
    }
    byte[] rest = new byte[length];
    random.nextBytes(rest);
    return Buffer.buffer(NUMBER + length).appendLong(number).appendBytes(rest);
  }

  private static int length(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> random.nextInt(200_000); // so that files of the log turn over
      case 1, 2, 3 -> random.nextInt(4_000);
      default -> random.nextInt(400);
    };
  }

  /** Null if it has none. */
  static Json headers(long number) {
    return isAlone(number) ? Json.of(fields(number)) : null;
  }

  private static Map<String, Object> fields(long number) {
    return Map.of("number", number, "filling", "包".repeat((int) (number % 50)));
  }

  /** The number that a message claims to have. */
  static long number(Buffer body, Json headers) {
    if (body.length() >= NUMBER) {
      return body.getLong(0);
    }
    Object number = headers == null ? null : map(headers).get("number");
    return number instanceof Number known ? known.longValue() : UNKNOWN;
  }

  /**
   * What is wrong with a message of this number, beside what its death has added; empty if all is
   * right.
   */
  static String fault(long number, Buffer body, Json headers) {
    if (!body(number).equals(body)) {
      return "its body of " + body.length() + " bytes is not what was put";
    }
    Map<String, Object> found = headers == null ? new HashMap<>() : map(headers);
    found.remove("dead");
    Json due = headers(number);
    return found.equals(due == null ? Map.of() : map(due))
        ? ""
        : "its headers " + found + " are not what was put";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Json headers) {
    return new HashMap<>((Map<String, Object>) headers.as(Map.class));
  }
}
