package io.baozi.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that has its name only when it is whole and on the disk. */
public final class ExportFile implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final Path fresh;
  private final FileChannel channel;
  private final OutputStream stream;
  private boolean finished;

  private ExportFile(Path file, Path fresh, FileChannel channel) {
    this.file = file;
    this.fresh = fresh;
    this.channel = channel;
    this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  /**
   * Begins it, under another name.
   *
   * @param replaces whether one of this name may be there
   * @throws DataException if it may not and is, or it cannot be made
   */
  public static ExportFile create(Path file, boolean replaces) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      refuse(file, replaces);
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      return new ExportFile(
          file,
          fresh,
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE));
    } catch (NoSuchFileException e) {
      throw new DataException("cannot write " + file + ": there is no such directory");
    } catch (IOException e) {
      throw new DataException("cannot write " + file + ": " + e.getMessage());
    }
  }

  private static void refuse(Path file, boolean replaces) throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + " is there, and no file that could be replaced");
    }
    if (!replaces) {
      throw new DataException(file + " is there already; --force replaces it");
    }
  }

  /** Where to write it; not to be closed. */
  public OutputStream stream() {
    return stream;
  }

  /** It is whole: forces it to disk and gives it its name. */
  public void finish() throws IOException {
    stream.flush();
    channel.force(true);
    channel.close();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(file.toAbsolutePath().getParent())) {
      names.force(true);
    }
    finished = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!finished) {
      Files.deleteIfExists(fresh);
    }
  }
}
