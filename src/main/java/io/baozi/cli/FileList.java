package io.baozi.cli;

import io.baozi.client.FileEntry;
import io.baozi.client.FileStat;
import io.baozi.client.FileStore;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Files on the server as lines, for a person or as JSON. */
final class FileList {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** What is said of each file. */
  enum Style {
    NAMES,
    LONG,
    /** As sha256sum has it. */
    SUMS
  }

  private final Session session;
  private final FileStore files;
  private final Style style;
  private final int width;

  /**
   * Lines for files such as these.
   *
   * @param entries whose lengths are to stand below each other
   */
  FileList(Session session, Style style, List<FileEntry> entries) {
    this.session = session;
    this.files = session.client().files();
    this.style = style;
    long longest = entries.stream().mapToLong(FileEntry::length).max().orElse(0);
    this.width = ("" + longest).length();
  }

  /** A line for a person, or for a program that reads words. */
  String line(FileEntry entry) {
    return switch (style) {
      case NAMES -> entry.name();
      case LONG ->
          "%s  %s  %s"
              .formatted(
                  Width.leftPadded("" + entry.length(), width),
                  TIME.format(
                      Instant.ofEpochMilli(entry.modified()).atZone(ZoneId.systemDefault())),
                  entry.name());
      case SUMS -> stat(entry).sha256() + "  " + entry.name();
    };
  }

  JsonLine json(FileEntry entry) {
    return style == Style.SUMS ? json(stat(entry)) : JsonLine.of(entry);
  }

  /** All that is known of what is under a name. */
  static JsonLine json(FileStat stat) {
    return new JsonLine()
        .with("name", stat.name())
        .with("length", stat.length())
        .with("modified", stat.modified())
        .with("sha256", stat.sha256())
        .with("received", stat.received());
  }

  private FileStat stat(FileEntry entry) {
    return session.await(files.stat(entry.name()));
  }
}
