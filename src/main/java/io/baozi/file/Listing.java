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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The names of a tree in their order, from one on; however many a folder has, only some of them are
 * in memory at a time. Blocks.
 */
final class Listing {
  /**
   * So many entries are in memory, of a folder and those around it together; if it has more than
   * its half of what is left it is read again for the next.
   */
  static final int SOME = 1024;

  /** So many of a folder in any case. */
  static final int FEW = 4;

  private final String prefix;
  private final String after;
  private final BiPredicate<String, BasicFileAttributes> visitor;

  /** Entries that are still to be visited of the folders around the one at hand. */
  private int held;

  /** The first entries of a folder behind the last of those before, so many at most. */
  private record Some(String path, String last, int most, TreeMap<String, Entry> entries) {
    Some(String path, String last, int most) {
      this(path, last, most, new TreeMap<>());
    }
  }

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

  /** Entries in memory beside those of the folder at hand. */
  int held() {
    return held;
  }

  /** Visits a folder whose names begin so; whether to go on. */
  private boolean visit(Path folder, String path) throws IOException {
    int most = Math.max(FEW, (SOME - held) / 2);
    boolean more = true;
    Some some = new Some(path, "", most);
    while (more) {
      gather(folder, List.of(), some);
      more = some.entries.size() >= most;
      String last = some.last;
      while (!some.entries.isEmpty()) {
        var each = some.entries.pollFirstEntry();
        if (!visit(each.getKey(), each.getValue(), some.entries.size())) {
          return false;
        }
        last = each.getKey();
      }
      some = new Some(path, last, most);
    }
    return true;
  }

  private boolean visit(String name, Entry entry, int beside) throws IOException {
    if (!entry.attributes.isDirectory()) {
      return visitor.test(name, entry.attributes);
    }
    held += beside;
    boolean goesOn = visit(entry.path, name);
    held -= beside;
    return goesOn;
  }

  /** Gathers the first entries of a folder behind the last, those of segments that go on too. */
  private void gather(Path folder, List<String> begun, Some some) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        List<String> spelt = new ArrayList<>(begun);
        spelt.add(entry.getFileName().toString());
        BasicFileAttributes attributes = attributes(entry);
        if (attributes == null) {
          continue;
        }
        if (attributes.isDirectory() && Spelling.goesOn(spelt)) {
          gather(entry, spelt, some);
        } else {
          add(spelt, new Entry(entry, attributes), some);
        }
      }
    } catch (NoSuchFileException e) {
      return; // it was removed meanwhile
    }
  }

  private void add(List<String> spelt, Entry entry, Some some) {
    Optional<String> segment = Spelling.segment(spelt);
    if (segment.isEmpty()) {
      return; // no name is spelt so: somebody else's file
    }
    boolean folder = entry.attributes.isDirectory();
    String name = some.path + segment.get() + (folder ? "/" : "");
    if (name.compareTo(some.last) > 0 && (folder ? mayHold(name) : isWanted(name))) {
      some.entries.put(name, entry);
      if (some.entries.size() > some.most) {
        some.entries.pollLastEntry();
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
