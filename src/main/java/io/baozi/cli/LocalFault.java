package io.baozi.cli;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Why something cannot be done with a file of this machine, in a few words. */
final class LocalFault {
  private LocalFault() {}

  static String reason(Exception e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemLoopException) {
      return "a link that leads back to a directory above it";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "a directory is there";
    }
    if (e instanceof InvalidPathException invalid) {
      return reason(invalid);
    }
    boolean hasReason = e instanceof FileSystemException f && f.getReason() != null;
    return hasReason ? ((FileSystemException) e).getReason() : e.getMessage();
  }

  /** In a plain locale Java has no paths but those of ASCII. */
  private static String reason(InvalidPathException e) {
    return e.getReason().startsWith("Malformed input")
        ? "the locale has no such characters; LC_ALL=C.UTF-8 has them"
        : e.getReason();
  }
}
