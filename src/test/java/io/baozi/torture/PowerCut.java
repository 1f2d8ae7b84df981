package io.baozi.torture;

import io.baozi.torture.DiskState.Range;
import io.baozi.torture.DiskState.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Undoes of a directory what was not forced: all of it, or as much as a seed says. */
final class PowerCut {
  /** What becomes of bytes that were not forced. */
  private enum Fate {
    /** None of them arrived. */
    LOST,
    /** Those up to some place arrived. */
    TORN,
    /** The length arrived, the bytes from some place on did not. */
    ZEROED,
    /** Bytes from some place on are of something else. */
    GARBLED,
    /** All arrived, unasked. */
    KEPT
  }

  private final Path directory;
  private final Path statePath;
  private final DiskState state;
  private final Random random;
  private final List<String> undone = new ArrayList<>();

  PowerCut(Path directory, Path statePath, DiskState state, Random random) {
    this.directory = directory;
    this.statePath = statePath;
    this.state = state;
    this.random = random;
  }

  String undo() throws IOException {
    boolean isThorough = random.nextBoolean();
    undoSteps(isThorough);
    Map<Long, Range> unforced = state.unforced();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Range range = unforced.get(((Number) Files.getAttribute(file, "unix:ino")).longValue());
        if (range != null) {
          Fate fate = isThorough ? Fate.LOST : Fate.values()[random.nextInt(Fate.values().length)];
          befall(file, range, fate);
        }
      }
    }
    return String.join(", ", undone);
  }

  /** File systems keep the order of such steps: the last ones are lost, if any. */
  private void undoSteps(boolean all) throws IOException {
    List<Step> steps = new ArrayList<>(state.steps());
    int kept = all || steps.isEmpty() ? 0 : random.nextInt(steps.size() + 1);
    List<Step> lost = steps.subList(kept, steps.size());
    Collections.reverse(lost);
    for (Step step : lost) {
      undo(step);
    }
    for (Step step : steps) {
      Files.deleteIfExists(kept(step));
    }
  }

  private void undo(Step step) throws IOException {
    undone.add("not " + step.kind() + " " + directory.relativize(step.to()));
    switch (step.kind()) {
      case CREATED -> Files.deleteIfExists(step.to());
      case RENAMED -> {
        if (Files.exists(step.to())) {
          Files.move(step.to(), step.from(), StandardCopyOption.REPLACE_EXISTING);
        }
        restore(step);
      }
      case REMOVED -> restore(step);
    }
  }

  private void restore(Step step) throws IOException {
    if (step.kept() > 0 && Files.exists(kept(step))) {
      Files.move(kept(step), step.to(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path kept(Step step) {
    return statePath.resolveSibling(statePath.getFileName() + "." + step.kept());
  }

  private void befall(Path file, Range range, Fate fate) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = Math.min(range.to(), channel.size());
      if (range.from() >= end) {
        return;
      }
      long from = fate == Fate.LOST ? range.from() : random.nextLong(range.from(), end + 1);
      // What is behind it was forced: then there is a hole instead of an end.
      boolean isTail = end == channel.size();
      switch (fate) {
        case KEPT -> from = end;
        case GARBLED -> overwrite(channel, from, end, true);
        case ZEROED -> overwrite(channel, from, end, false);
        case LOST, TORN -> {
          if (isTail) {
            channel.truncate(from);
          } else {
            overwrite(channel, from, end, false);
          }
        }
      }
      undone.add(directory.relativize(file) + " " + fate + " " + from + ".." + end);
    }
  }

  private void overwrite(FileChannel channel, long from, long end, boolean garble)
      throws IOException {
    byte[] bytes = new byte[(int) Math.min(1 << 20, end - from)];
    for (long at = from; at < end; ) {
      if (garble) {
        random.nextBytes(bytes);
      }
      ByteBuffer part = ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, end - at));
      at += channel.write(part, at);
    }
  }
}
