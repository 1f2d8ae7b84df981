package io.baozi.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes one header. */
final class HeaderWriter {
  private HeaderWriter() {}

  /** Writes the object, with {@code size} behind its keys unless it is 0. */
  static void write(JsonGenerator json, Header header, long size) throws IOException {
    json.writeStartObject();
    Object[] entries = header.entries();
    for (int i = 0; i < entries.length; i += 2) {
      json.writeFieldName((String) entries[i]);
      value(json, entries[i + 1]);
    }
    if (size > 0) {
      json.writeNumberField("size", size);
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Long integer) {
      json.writeNumber(integer);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof long[] integers) {
      json.writeArray(integers, 0, integers.length);
    } else {
      raw(json, ((Json) value).utf8());
    }
  }

  private static void raw(JsonGenerator json, byte[] utf8) throws IOException {
    json.writeRawValue(new String(utf8, StandardCharsets.UTF_8));
  }

  static String text(Header header) {
    return text(json -> write(json, header, header.size()));
  }

  static String array(Header... headers) {
    return text(
        json -> {
          json.writeStartArray();
          for (Header header : headers) {
            write(json, header, 0);
          }
          json.writeEndArray();
        });
  }

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static String text(Content content) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JsonFormat.FACTORY.createGenerator(out)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
