package io.baozi.frame;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Recognises the peer that came to the wrong port by its first four bytes. */
final class ForeignProtocol {
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_MAJOR = 3;
  private static final Set<String> HTTP =
      Set.of("GET ", "HEAD", "POST", "PUT ", "DELE", "OPTI", "PATC", "CONN", "TRAC", "PRI ");

  private ForeignProtocol() {}

  /** A sentence about the protocol that these four bytes begin, if it is one of those known. */
  static Optional<String> recognise(Buffer first) {
    if (first.getByte(0) == TLS_HANDSHAKE && first.getByte(1) == TLS_MAJOR) {
      return Optional.of(
          "these bytes look like TLS; this port speaks Baozi frames without it:"
              + " a 4-byte header length, a JSON header, a body");
    }
    if (HTTP.contains(first.getString(0, Integer.BYTES, StandardCharsets.ISO_8859_1.name()))) {
      return Optional.of(
          "these bytes look like HTTP; this port speaks Baozi frames:"
              + " a 4-byte header length, a JSON header, a body");
    }
    return Optional.empty();
  }
}
