package io.baozi.torture;

import io.baozi.torture.DiskState.Count;
import io.baozi.torture.DiskState.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/**
 * A directory on a disk that fails when told to and forgets in a power cut what was not forced, for
 * processes started with its {@link #environment()}.
 */
final class FaultyDisk {
  private static final Path SOURCE = Path.of("src", "test", "c", "faultydisk.c");

  /** Errors as Linux numbers them. */
  enum Failure {
    EIO(5),
    ENOSPC(28);

    private final int number;

    Failure(int number) {
      this.number = number;
    }
  }

  /** What is to fail, as faultydisk.c numbers it. */
  enum Part {
    /** What is in a folder called log. */
    LOG(1),
    /** All else. */
    STORE(2);

    private final int number;

    Part(int number) {
      this.number = number;
    }
  }

  private final Path directory;
  private final Path library;
  private final Path statePath;
  private final DiskState state;

  private FaultyDisk(Path directory, Path library, Path statePath) throws IOException {
    this.directory = directory;
    this.library = library;
    this.statePath = statePath;
    this.state = new DiskState(statePath);
  }

  /** Why there cannot be such a disk here; null if there can. */
  static String obstacle() throws InterruptedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      return "faulty disks need Linux, this is " + System.getProperty("os.name");
    }
    try {
      Process cc =
          new ProcessBuilder("cc", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return cc.waitFor() == 0 ? null : "cc --version failed";
    } catch (IOException e) {
      return "there is no C compiler, cc: " + e.getMessage();
    }
  }

  /**
   * Compiles the library.
   *
   * @param directory the files on the disk, made if it is not there
   * @param beside where the library and its notes go, on the same file system
   */
  static FaultyDisk of(Path directory, Path beside) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Files.createDirectories(beside);
    Path library = beside.toRealPath().resolve("faultydisk.so");
    Process cc =
        new ProcessBuilder(
                "cc",
                "-O2",
                "-fPIC",
                "-shared",
                "-o",
                library.toString(),
                SOURCE.toString(),
                "-ldl",
                "-pthread")
            .redirectErrorStream(true)
            .start();
    String said = new String(cc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (cc.waitFor() != 0) {
      throw new IOException("cc " + SOURCE + ":\n" + said);
    }
    return new FaultyDisk(
        directory.toRealPath(), library, beside.toRealPath().resolve("faultydisk"));
  }

  /** What a process needs to be on this disk. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAULTYDISK_ROOT", directory.toString(),
        "FAULTYDISK_STATE", statePath.toString());
  }

  /** Until {@link #heal()} only these fail. */
  void failOnly(Part part) {
    state.set(Word.PART, part.number);
  }

  /**
   * Lets so many writes fail, -1 for all until {@link #heal()}; on a full disk some get half in.
   */
  void failWrites(Failure failure, int times) {
    state.set(Word.WRITE_ERRORS, times);
    state.set(Word.WRITE_ERROR, failure.number);
  }

  /** Lets so many forces fail, -1 for all until {@link #heal()}. */
  void failForces(Failure failure, int times) {
    failForcesAfter(0, failure, times);
  }

  /** Lets so many forces fail once so many more have succeeded. */
  void failForcesAfter(int sound, Failure failure, int times) {
    state.set(Word.SPARED_FORCES, sound);
    state.set(Word.FORCE_ERRORS, times);
    state.set(Word.FORCE_ERROR, failure.number);
  }

  /** Lets each force take longer. */
  void slowForces(int millis) {
    state.set(Word.SLOW_FORCE, millis);
  }

  /** Lets the file system say that it has no space left, though it has. */
  void tellNoSpace() {
    state.set(Word.NO_SPACE, 1);
  }

  /** Nothing fails any more; what was lost by a force that failed stays lost. */
  void heal() {
    for (Word word :
        new Word[] {
          Word.WRITE_ERROR, Word.FORCE_ERROR, Word.SLOW_FORCE, Word.NO_SPACE, Word.PART
        }) {
      state.set(word, 0);
    }
  }

  long count(Count count) {
    return state.count(count);
  }

  /**
   * Undoes, after the process was killed, some or all of what it has not forced.
   *
   * @return what was undone, for people
   */
  String cutPower(Random random) throws IOException {
    if (state.get(Word.OVERFLOW) != 0) {
      throw new IllegalStateException("more happened on the disk than could be written down");
    }
    String undone = new PowerCut(directory, statePath, state, random).undo();
    state.clear();
    return undone;
  }
}
