package io.baozi.client;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of bytes that come one after the other. Whoever has it owns it. */
final class Sha256 {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");

  private final MessageDigest digest;
  private String hex;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether this is how one is written. */
  static boolean isWritten(String text) {
    return text != null && FORM.matcher(text).matches();
  }

  /** Adds bytes, which are left as they are. */
  void add(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
  }

  void add(ByteBuffer[] batch) {
    for (ByteBuffer bytes : batch) {
      add(bytes);
    }
  }

  /** That of all, in lower-case hexadecimal; nothing may be added afterwards. */
  String hex() {
    if (hex == null) {
      hex = HexFormat.of().formatHex(digest.digest());
    }
    return hex;
  }
}
