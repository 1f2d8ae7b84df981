package io.baozi.journal;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that goes on in another file of its log when it may open no more files. */
final class PoorLog {
  private static final long MOST = 4096;

  private PoorLog() {}

  /** Says what came of it. */
  public static void main(String[] args) throws IOException {
    try (Log log = Log.begin(Path.of(args[0]), 1, MOST, false, Strokes.TRUE)) {
      while (log.last() < 8) {
        log.append(batch(log.last() + 1));
      }
      log.release(4); // a file to be written over, which takes none to be made
      List<FileInputStream> all = new ArrayList<>();
      takeAll(Path.of(args[0]), all);
      try {
        log.append(batch(9));
        System.out.println("not refused");
      } catch (ForceException e) {
        System.out.println("taken for a force that failed: " + e.getMessage());
      } catch (IOException e) {
        System.out.println("refused, not for its force: " + e.getMessage());
      }
      for (FileInputStream one : all) {
        one.close();
      }
      log.append(batch(9));
      log.force();
      System.out.println("goes on with " + log.last());
    }
  }

  private static byte[] batch(long number) {
    return Entries.body(number, 1000);
  }

  private static void takeAll(Path any, List<FileInputStream> all) {
    try {
      Path file = LogFiles.all(any).values().iterator().next();
      while (true) {
        all.add(new FileInputStream(file.toFile()));
      }
    } catch (IOException none) {
      return; // as wanted
    }
  }
}
