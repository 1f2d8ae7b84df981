package io.baozi.file;

import io.baozi.file.Tree.Standing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * The checksums of files that were computed while they came, one small file each. One that does not
 * go with its file, by length and time of the last change, counts for nothing: so none of them need
 * be forced to disk, and files that somebody else changes are told right. Blocks.
 */
final class Sums {
  private final Path folder;

  /** The sums in a folder that is there. */
  Sums(Path folder) {
    this.folder = folder;
  }

  /** Notes the checksum of a file; the note holds for it wherever it is moved. */
  void put(FileName name, BasicFileAttributes file, String sha256) throws IOException {
    Path note = folder.resolve(name.key());
    Path fresh = folder.resolve(name.key() + ".new");
    Files.writeString(fresh, sha256 + " " + mark(file) + "\n", StandardCharsets.US_ASCII);
    Files.move(fresh, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The checksum of a file, null if it is not known. */
  String find(FileName name, Standing file) throws IOException {
    try {
      String[] note =
          Files.readString(folder.resolve(name.key()), StandardCharsets.ISO_8859_1)
              .strip()
              .split(" ", 2);
      return note.length == 2 && note[1].equals(mark(file.attributes())) ? note[0] : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Reads a whole file for its checksum. */
  static String compute(Standing file, FileChannel open) throws IOException {
    return HexFormat.of().formatHex(Sha256.digest(open, file.attributes().size()).digest());
  }

  void remove(FileName name) throws IOException {
    Files.deleteIfExists(folder.resolve(name.key()));
  }

  /** What changes with a file's content. */
  private static String mark(BasicFileAttributes file) {
    return file.size() + " " + file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }
}
