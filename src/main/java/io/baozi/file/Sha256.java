package io.baozi.file;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.message.Arguments;
import io.baozi.message.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** The checksum of files, SHA-256, as 64 lower-case hexadecimal digits. */
final class Sha256 {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
  private static final int CHUNK = 256 * 1024;

  private Sha256() {}

  /** A digest of nothing. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A digest of the first bytes of a file. */
  static MessageDigest digest(FileChannel file, long length) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, length)));
    long at = 0;
    while (at < length) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), length - at));
      int read = file.read(chunk, at);
      if (read < 0) {
        throw new IOException("the file ends at byte " + at + ", it had " + length);
      }
      at += read;
      digest.update(chunk.flip());
    }
    return digest;
  }

  /** The checksum under {@code sha256}, null if there is none. */
  static String of(Arguments arguments) {
    String text = arguments.text("sha256");
    if (text != null && !FORM.matcher(text).matches()) {
      throw badRequest(
          "sha256 is " + Shown.value(text) + ", allowed are 64 lower-case hexadecimal digits");
    }
    return text;
  }
}
