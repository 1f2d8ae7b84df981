package io.baozi.journal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of the log, which says all about it that its records do not.
 *
 * @param place among the files, each has one more than that before it
 * @param first number of the first record that is written into it
 * @param salt which the checksums of its records begin with, so that neither what an earlier use of
 *     the file has left nor what a body contains is ever taken for a record
 * @param isStart whether all records before the first are in the store, so that no older file is
 *     needed
 */
record LogName(long place, long first, long salt, boolean isStart) implements Comparable<LogName> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{10,18})-(\\d{1,18})-(\\p{XDigit}{16})(-start)?\\.log");

  /** What a file is called; empty if it is none of the log. */
  static Optional<LogName> of(Path file) {
    Matcher form = FORM.matcher(file.getFileName().toString());
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new LogName(
            Long.parseLong(form.group(1)),
            Long.parseLong(form.group(2)),
            Long.parseUnsignedLong(form.group(3), 16),
            form.group(4) != null));
  }

  Path in(Path directory) {
    return directory.resolve(
        "%010d-%d-%016x%s.log".formatted(place, first, salt, isStart ? "-start" : ""));
  }

  @Override
  public int compareTo(LogName other) {
    return Long.compare(place, other.place);
  }
}
