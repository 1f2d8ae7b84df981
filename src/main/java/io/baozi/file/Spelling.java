package io.baozi.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a segment of a name is spelt on disk: as it is if it is of printable ASCII without {@code %},
 * and every other byte as {@code %} and two hexadecimal digits; so the locale makes no difference.
 * What gets too long for one folder's entry goes on inside a folder whose name ends in {@value
 * #GOES_ON}.
 */
final class Spelling {
  /** Ends the name of a folder in which a segment goes on. */
  static final String GOES_ON = "%+";

  private static final int LONGEST = 255;

  /** The most folders in which a segment goes on: of 255 bytes, each may take three. */
  private static final int MOST = 3;

  private static final String HEX = "0123456789ABCDEF";

  private Spelling() {}

  /** The entries, each in the folder before it, that a segment is spelt with. */
  static List<String> entries(String segment) {
    String escaped = escape(segment);
    List<String> entries = new ArrayList<>();
    int from = 0;
    while (escaped.length() - from > LONGEST) {
      int to = from + LONGEST - GOES_ON.length();
      entries.add(escaped.substring(from, to) + GOES_ON);
      from = to;
    }
    entries.add(escaped.substring(from));
    return entries;
  }

  /** Whether a segment that begins so goes on in the last of these entries, a folder. */
  static boolean goesOn(List<String> entries) {
    return entries.size() <= MOST && entries.get(entries.size() - 1).endsWith(GOES_ON);
  }

  /**
   * The segment that is spelt so.
   *
   * @param entries each in the folder before it
   * @return empty if no segment is
   */
  static Optional<String> segment(List<String> entries) {
    StringBuilder escaped = new StringBuilder();
    for (String entry : entries.subList(0, entries.size() - 1)) {
      if (!entry.endsWith(GOES_ON)) {
        return Optional.empty();
      }
      escaped.append(entry, 0, entry.length() - GOES_ON.length());
    }
    return unescape(escaped.append(entries.get(entries.size() - 1)).toString())
        .filter(segment -> FileName.isSegment(segment) && entries(segment).equals(entries));
  }

  private static Optional<String> unescape(String escaped) {
    ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '%') {
        bytes.put((byte) c);
      } else if (i + 2 < escaped.length()
          && HEX.indexOf(escaped.charAt(i + 1)) >= 0
          && HEX.indexOf(escaped.charAt(i + 2)) >= 0) {
        bytes.put((byte) Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String escape(String segment) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        escaped.append((char) b);
      } else {
        escaped.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      }
    }
    return escaped.toString();
  }
}
