package io.baozi.file;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.message.Arguments;
import io.baozi.message.RefusedException;
import io.baozi.message.Shown;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a file: a relative path of plain segments, none of them empty, {@code .} or {@code
 * ..}, without backslash and control characters; 255 bytes a segment, 1024 in all, in UTF-8.
 *
 * @param text as on the wire
 */
record FileName(String text) {
  private static final int LONGEST = 1024;
  private static final int LONGEST_SEGMENT = 255;

  FileName {
    require(text);
  }

  /** The name under {@code name}; {@code bad_request} if it is missing or none. */
  static FileName of(Arguments arguments) {
    String name = arguments.text("name");
    if (name == null) {
      throw badRequest("name is missing, it names the file");
    }
    return new FileName(name);
  }

  /** The segments, from the outermost folder to the file. */
  List<String> segments() {
    return List.of(text.split("/", -1));
  }

  /** What stands for the name where there are no folders: 64 hexadecimal digits. */
  String key() {
    MessageDigest digest = Sha256.digest();
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void require(String name) {
    requireCharacters(name);
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw badRequest("name has " + length + " bytes, allowed are " + LONGEST + " in UTF-8");
    }
    for (String segment : name.split("/", -1)) {
      requireSegment(name, segment);
    }
  }

  private static void requireSegment(String name, String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw badRequest(
          "name is "
              + Shown.value(name)
              + ", a relative path has no empty segment, no \".\" and no \"..\"");
    }
    int length = segment.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SEGMENT) {
      throw badRequest(
          "name has a segment of " + length + " bytes, allowed are " + LONGEST_SEGMENT);
    }
  }

  /** Whether a name may have this segment. */
  static boolean isSegment(String text) {
    try {
      return new FileName(text).segments().size() == 1;
    } catch (RefusedException e) {
      return false;
    }
  }

  private static void requireCharacters(String name) {
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (Character.isISOControl(c)
          || c == '\\'
          || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
        throw badRequest(
            "name has U+%04X at character %d, it has no backslash, control character or lone surrogate"
                .formatted(c, name.codePointCount(0, i)));
      }
      i += Character.charCount(c);
    }
  }
}
