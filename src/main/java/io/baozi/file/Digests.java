package io.baozi.file;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The digests of files that were cut short, so that what came of them need not be read again when
 * they go on. Only the latest are kept. On the service's event loop.
 */
final class Digests {
  private static final int MOST = 1024;

  /** A digest of so many bytes. */
  private record Kept(long length, MessageDigest digest) {}

  private final Map<String, Kept> byKey =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST;
        }
      };

  void keep(String key, long length, MessageDigest digest) {
    byKey.put(key, new Kept(length, digest));
  }

  /** The digest of so many bytes of a file, which is kept no longer; null if it is not known. */
  MessageDigest take(String key, long length) {
    Kept kept = byKey.remove(key);
    return kept != null && kept.length == length ? kept.digest : null;
  }
}
