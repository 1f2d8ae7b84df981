package io.baozi.file;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Shown;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The files that are whole, in folders as their names say. No link is followed: what leads through
 * one is refused. Blocks, so it is used on one lane of worker threads, one operation at a time.
 */
final class Tree {
  private static final Logger LOG = System.getLogger(Tree.class.getName());

  private final Path root;

  /**
   * The files under a folder that is there.
   *
   * @param root real, so that links on the way to it are the operator's
   */
  Tree(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** A file that stands: where, and what the file system says of it. */
  record Standing(Path path, BasicFileAttributes attributes) {}

  /** The file of a name, if there is one. */
  Optional<Standing> find(FileName name) throws IOException {
    Path path = root;
    for (String segment : name.segments()) {
      for (String entry : Spelling.entries(segment)) {
        if (path != root && !isFolder(path, name)) {
          return Optional.empty();
        }
        path = path.resolve(entry);
      }
    }
    BasicFileAttributes attributes = attributes(path, name);
    return attributes != null && attributes.isRegularFile()
        ? Optional.of(new Standing(path, attributes))
        : Optional.empty();
  }

  /** Opens what was found. */
  FileChannel open(Standing file) throws IOException {
    return FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Refuses a name under which no file can appear: a folder stands there, or a file on the way. */
  void requirePlace(FileName name) throws IOException {
    Path path = root;
    for (String segment : name.segments()) {
      for (String entry : Spelling.entries(segment)) {
        BasicFileAttributes way = path == root ? null : attributes(path, name);
        if (way != null && !way.isDirectory()) {
          throw conflict(name, "a file stands where it needs a folder");
        }
        path = path.resolve(entry);
      }
    }
    BasicFileAttributes there = attributes(path, name);
    if (there != null && !there.isRegularFile()) {
      throw conflict(name, "a folder stands there");
    }
  }

  /**
   * Has a file appear under a name, on disk, in the place of the one that stood there.
   *
   * @param file forced to disk, on the same file system
   * @return whether it is certain to outlive a power cut; it stands there if not, too
   */
  boolean publish(FileName name, Path file) throws IOException {
    requirePlace(name);
    Path target = target(name);
    try {
      makeFolders(target.getParent());
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      removeEmpty(target.getParent());
      throw e;
    }
    return Disk.tryForce(target.getParent());
  }

  /**
   * Forces a file that was found, and its name.
   *
   * @return whether it is certain to outlive a power cut
   */
  boolean force(Standing file) throws IOException {
    Disk.force(file.path());
    return Disk.tryForce(file.path().getParent());
  }

  private Path target(FileName name) {
    Path path = root;
    for (String segment : name.segments()) {
      for (String entry : Spelling.entries(segment)) {
        path = path.resolve(entry);
      }
    }
    return path;
  }

  private void makeFolders(Path folder) throws IOException {
    if (!folder.equals(root) && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      makeFolders(folder.getParent());
      Files.createDirectory(folder);
      Disk.force(folder.getParent());
    }
  }

  /**
   * Removes a file that was found, and the folders that nothing is in any more.
   *
   * @return whether it is certain to stay away after a power cut; it is gone if not, too
   */
  boolean delete(Standing file) throws IOException {
    Files.delete(file.path());
    Path folder = file.path().getParent();
    boolean forced = Disk.tryForce(folder);
    tryRemoveEmpty(folder);
    return forced;
  }

  /** Removes a folder and those around it that nothing is in, as far as they are there. */
  private void removeEmpty(Path deepest) throws IOException {
    Path folder = deepest;
    try {
      while (!folder.equals(root)) {
        Files.deleteIfExists(folder);
        folder = folder.getParent();
      }
    } catch (DirectoryNotEmptyException e) {
      return; // it is needed still
    }
  }

  /** The same after a change that stands whatever comes of this: the log has what failed. */
  private void tryRemoveEmpty(Path deepest) {
    try {
      removeEmpty(deepest);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "an empty folder could not be removed", e);
    }
  }

  private static boolean isFolder(Path path, FileName name) throws IOException {
    BasicFileAttributes attributes = attributes(path, name);
    return attributes != null && attributes.isDirectory();
  }

  /** What stands there, null if nothing does; a link is refused. */
  private static BasicFileAttributes attributes(Path path, FileName name) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink() || attributes.isOther()) {
        throw badRequest(
            "name is "
                + Shown.value(name.text())
                + ", it leads to what is neither a file nor a folder on the server");
      }
      return attributes;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static RefusedException conflict(FileName name, String why) {
    return new RefusedException(
        ErrorCode.CONFLICT, "no file can be " + Shown.value(name.text()) + ": " + why);
  }
}
