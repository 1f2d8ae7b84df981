package io.baozi.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baozi.client.Message;
import io.baozi.frame.Json;

/**
 * The mark of a last line that no newline ended, so that a file comes out as it went in: the header
 * {@code "newline":false}.
 */
final class LastLine {
  private static final String KEY = "newline";

  private LastLine() {}

  /** These headers, or none, and the mark. */
  static Json marked(ObjectNode headers) {
    ObjectNode marked =
        headers == null ? JsonNodeFactory.instance.objectNode() : headers.deepCopy();
    return Json.of(marked.put(KEY, false));
  }

  /** Whether a message has the mark. */
  static boolean is(Message message) {
    Json mark = message.headers() == null ? null : message.headers().value(KEY);
    return mark != null && mark.toString().equals("false");
  }
}
