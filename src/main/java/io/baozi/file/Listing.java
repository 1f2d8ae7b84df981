package io.baozi.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The names of a tree in their order, from one on; however many a folder has, only some of them are
 * in memory at a time. Blocks.
 */
final class Listing {
  /** So many entries of a folder are in memory; if it has more it is read again for the next. */
  private static final int SOME = 1024;

  private final String prefix;
  private final String after;
  private final BiPredicate<String, BasicFileAttributes> visitor;

  /** An entry of a folder, with its attributes. */
  private record Entry(Path path, BasicFileAttributes attributes) {}

  /**
   * The names that begin with a prefix and come behind another.
   *
   * @param after empty for all
   * @param visitor told of one file after the other, until it says no
   */
  Listing(String prefix, String after, BiPredicate<String, BasicFileAttributes> visitor) {
    this.prefix = prefix;
    this.after = after;
    this.visitor = visitor;
  }

  /** Visits the files under a folder. */
  void of(Path root) throws IOException {
    visit(root, "");
  }

  /** Visits a folder whose names begin so; whether to go on. */
  private boolean visit(Path folder, String path) throws IOException {
    String last = "";
    NavigableMap<String, Entry> some = new TreeMap<>();
    do {
      some.clear();
      gather(folder, path, List.of(), last, some);
      for (var each : some.entrySet()) {
        String name = each.getKey();
        Entry entry = each.getValue();
        boolean goesOn =
            entry.attributes.isDirectory()
                ? visit(entry.path, name)
                : visitor.test(name, entry.attributes);
        if (!goesOn) {
          return false;
        }
        last = name;
      }
    } while (some.size() >= SOME);
    return true;
  }

  /** Gathers the first entries of a folder behind the last, those of segments that go on too. */
  private void gather(
      Path folder, String path, List<String> begun, String last, NavigableMap<String, Entry> some)
      throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        List<String> spelt = new ArrayList<>(begun);
        spelt.add(entry.getFileName().toString());
        BasicFileAttributes attributes = attributes(entry);
        if (attributes == null) {
          continue;
        }
        if (attributes.isDirectory() && Spelling.goesOn(spelt)) {
          gather(entry, path, spelt, last, some);
        } else {
          add(path, spelt, new Entry(entry, attributes), last, some);
        }
      }
    } catch (NoSuchFileException e) {
      return; // it was removed meanwhile
    }
  }

  private void add(
      String path, List<String> spelt, Entry entry, String last, NavigableMap<String, Entry> some) {
    Optional<String> segment = Spelling.segment(spelt);
    if (segment.isEmpty()) {
      return; // no name is spelt so: somebody else's file
    }
    boolean folder = entry.attributes.isDirectory();
    String name = path + segment.get() + (folder ? "/" : "");
    if (name.compareTo(last) > 0 && (folder ? mayHold(name) : isWanted(name))) {
      some.put(name, entry);
      if (some.size() > SOME) {
        some.pollLastEntry();
      }
    }
  }

  private boolean isWanted(String name) {
    return name.compareTo(after) > 0 && name.startsWith(prefix);
  }

  /** Whether a folder may hold a wanted file. */
  private boolean mayHold(String folder) {
    return (folder.compareTo(after) > 0 || after.startsWith(folder))
        && (folder.startsWith(prefix) || prefix.startsWith(folder));
  }

  /** Null for what is neither a file nor a folder, or is gone. */
  private static BasicFileAttributes attributes(Path entry) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() || attributes.isDirectory() ? attributes : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
