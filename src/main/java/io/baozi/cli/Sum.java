package io.baozi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** The SHA-256 of a file of this machine. */
final class Sum {
  private static final int PIECE = 256 * 1024;

  private Sum() {}

  /**
   * In lower-case hexadecimal.
   *
   * @param watcher is told, now and then, how many bytes are read; may end it by what it throws
   */
  static String of(Path file, LongConsumer watcher) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[PIECE];
      long position = 0;
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
        position += read;
        watcher.accept(position);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw Failure.input("cannot read " + file + ": " + LocalFault.reason(e));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
