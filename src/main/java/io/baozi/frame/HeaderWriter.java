package io.baozi.frame;

import java.nio.charset.StandardCharsets;

/** Writes headers. */
final class HeaderWriter {
  private static final int FIRST_CAPACITY = 256;
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private HeaderWriter() {}

  /** Writes the object, with {@code size} behind its keys unless it is 0. */
  static void write(JsonBytes out, Header header, long size) {
    char before = '{';
    Object[] entries = header.entries();
    for (int i = 0; i < entries.length; i += 2) {
      out.ascii(before);
      out.string((String) entries[i]);
      out.ascii(':');
      value(out, entries[i + 1]);
      before = ',';
    }
    if (size > 0) {
      out.ascii(before);
      out.string("size");
      out.ascii(':');
      out.integer(size);
      before = ',';
    }
    if (before == '{') {
      out.ascii('{');
    }
    out.ascii('}');
  }

  private static void value(JsonBytes out, Object value) {
    if (value instanceof String text) {
      out.string(text);
    } else if (value instanceof Long integer) {
      out.integer(integer);
    } else if (value instanceof Boolean flag) {
      out.raw(flag ? TRUE : FALSE);
    } else if (value instanceof long[] integers) {
      integers(out, integers);
    } else {
      out.raw(((Json) value).utf8());
    }
  }

  private static void integers(JsonBytes out, long[] integers) {
    out.ascii('[');
    for (int i = 0; i < integers.length; i++) {
      if (i > 0) {
        out.ascii(',');
      }
      out.integer(integers[i]);
    }
    out.ascii(']');
  }

  /** The object on its own, with the size that the header has. */
  static byte[] object(Header header) {
    JsonBytes out = new JsonBytes(FIRST_CAPACITY);
    write(out, header, header.size());
    return out.toArray();
  }

  /** An array of objects, without sizes. */
  static byte[] array(Header... headers) {
    JsonBytes out = new JsonBytes(FIRST_CAPACITY);
    out.ascii('[');
    for (int i = 0; i < headers.length; i++) {
      if (i > 0) {
        out.ascii(',');
      }
      write(out, headers[i], 0);
    }
    out.ascii(']');
    return out.toArray();
  }
}
