package io.baozi.file;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** As many files as one answer has room for. */
final class FilePage {
  private final List<Header> files = new ArrayList<>();
  private long room;
  private final long most;
  private boolean more;

  /**
   * An empty page.
   *
   * @param room in bytes of JSON
   * @param most files
   */
  FilePage(long room, long most) {
    this.room = room;
    this.most = most;
  }

  /**
   * Adds a file; false if it has no room for it, as for none that follows. The first always has.
   */
  boolean add(String name, BasicFileAttributes file) {
    Header entry =
        Header.of(
            "name", name, "length", file.size(), "modified", file.lastModifiedTime().toMillis());
    room -= entry.json().length();
    more = !files.isEmpty() && (room < 0 || files.size() >= most);
    if (!more) {
      files.add(entry);
    }
    return !more;
  }

  /** The fields of the answer. */
  Object[] fields() {
    return new Object[] {
      "files", Json.array(files.toArray(Header[]::new)), "more", more ? true : null
    };
  }
}
