package io.baozi.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.baozi.frame.FrameLimits;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Shown;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What somebody on the event bus says, as it leaves for a client.
 *
 * @param headers an object of strings, null if there are none; of a name with several values the
 *     first, as {@link MultiMap#get} has it
 * @param body the bytes of a Buffer or an array; text in UTF-8; JSON of a JsonObject, a JsonArray,
 *     a number or a boolean; empty for null
 */
record Outward(Json headers, Buffer body) {
  /** What a header and the objects around it take besides the bytes of a message. */
  private static final int OVERHEAD = 512;

  /** Longest text of a consumer that is passed on as an error message. */
  private static final int LONGEST_TEXT = 1024;

  /**
   * Reads it from a message.
   *
   * @throws RefusedException with {@code failed} if its body has no form outside, with {@code
   *     too_large} if its body or headers are over a limit
   */
  static Outward of(Message<?> message, FrameLimits limits) {
    Buffer body = bytes(message.body());
    requireSize("body has", body.length(), limits.maxMessage(), "maxMessage");
    MultiMap headers = message.headers();
    if (headers.isEmpty()) {
      return new Outward(null, body);
    }
    Map<String, String> first = new LinkedHashMap<>();
    headers.forEach((name, value) -> first.putIfAbsent(wellFormed(name), wellFormed(value)));
    Json json = Json.of(first);
    requireSize("headers have", (long) json.length() + OVERHEAD, limits.maxHeader(), "maxHeader");
    return new Outward(json, body);
  }

  /** The memory that it takes until it is written. */
  long bytes() {
    return (long) OVERHEAD + body.length() + (headers == null ? 0 : headers.length());
  }

  /** Text of a consumer's, short and well-formed; {@code otherwise} if there is none. */
  static String text(String text, String otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    return wellFormed(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
  }

  private static Buffer bytes(Object body) {
    if (body == null) {
      return Buffer.buffer(0);
    }
    if (body instanceof Buffer buffer) {
      return buffer;
    }
    if (body instanceof byte[] bytes) {
      return Buffer.buffer(bytes);
    }
    if (body instanceof String || body instanceof Character) {
      return Buffer.buffer(body.toString());
    }
    if (body instanceof JsonObject
        || body instanceof JsonArray
        || body instanceof Number
        || body instanceof Boolean) {
      return io.vertx.core.json.Json.encodeToBuffer(body);
    }
    throw new RefusedException(
        ErrorCode.FAILED,
        "the consumer's message is a "
            + Shown.text(body.getClass().getSimpleName())
            + ", which has no form outside; allowed are Buffer, byte[], String, JsonObject,"
            + " JsonArray, numbers, booleans and null");
  }

  private static void requireSize(String what, long size, int limit, String key) {
    if (size > limit) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "the consumer's "
              + what
              + " "
              + size
              + " bytes, allowed are "
              + limit
              + " ("
              + key
              + ")");
    }
  }

  /** Lone surrogates, which no UTF-8 has, become question marks. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
