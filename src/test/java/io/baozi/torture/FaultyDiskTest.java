package io.baozi.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baozi.torture.DiskState.Count;
import io.baozi.torture.FaultyDisk.Failure;
import io.baozi.torture.FaultyDisk.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** The disk that the crash test runs on forgets what was not forced, and nothing else. */
@Timeout(120)
class FaultyDiskTest {
  @TempDir Path folder;

  private FaultyDisk disk;
  private Path data;

  @BeforeEach
  void compile() throws Exception {
    String obstacle = FaultyDisk.obstacle();
    if (obstacle != null) {
      System.err.println("LEFT OUT: the tests of the faulty disk: " + obstacle);
    }
    assumeTrue(obstacle == null, obstacle);
    data = folder.toRealPath().resolve("data");
    disk = FaultyDisk.of(data, folder.resolve("disk"));
  }

  private Process start(String what) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DiskWriter.class.getName(),
            data.toString(),
            what);
    builder.environment().putAll(disk.environment());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void kill(Process process) throws InterruptedException {
    process.toHandle().destroyForcibly(); // process.destroyForcibly() would close its output, too
    process.waitFor();
  }

  /** A seed whose power cut is a thorough one, or not. */
  private static Random seed(boolean isThorough) {
    long seed = 0;
    while (new Random(seed).nextBoolean() != isThorough) {
      seed++;
    }
    return new Random(seed);
  }

  private static void awaitLine(BufferedReader output, String line) throws IOException {
    String read = output.readLine();
    while (read != null && !read.equals(line)) {
      read = output.readLine();
    }
    assertThat(read).isEqualTo(line);
  }

  private String text(String file) throws IOException {
    return Files.readString(data.resolve(file));
  }

  @Test
  void powerCut_filesAndNames_areAsLastForced() throws Exception {
    Process writer = start("files");
    awaitLine(writer.inputReader(), "ready");
    assertThat(text("tail")).isEqualTo("kept and not kept");
    assertThat(text("replaced")).isEqualTo("old");
    kill(writer);
    disk.cutPower(seed(true));
    assertThat(text("forced")).isEqualTo("kept");
    assertThat(text("tail")).isEqualTo("kept");
    assertThat(text("old")).isEqualTo("old");
    assertThat(text("replaced")).isEqualTo("kept");
    assertThat(text("removed")).isEqualTo("kept");
    assertThat(data.resolve("nameless")).doesNotExist();
    try (var left = Files.list(folder.resolve("disk"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("faultydisk", "faultydisk.so");
    }
  }

  @Test
  void kill_filesAndNames_areAsLastWritten() throws Exception {
    Process writer = start("files");
    awaitLine(writer.inputReader(), "ready");
    kill(writer);
    assertThat(text("tail")).isEqualTo("kept and not kept");
    assertThat(text("replaced")).isEqualTo("old");
    assertThat(text("nameless")).isEqualTo("new");
    assertThat(data.resolve("removed")).doesNotExist();
  }

  @Test
  void powerCut_unthorough_leavesWhatWasForced() throws Exception {
    Process writer = start("files");
    awaitLine(writer.inputReader(), "ready");
    kill(writer);
    disk.cutPower(seed(false));
    assertThat(text("forced")).isEqualTo("kept");
    assertThat(text("tail")).startsWith("kept");
  }

  @Test
  void part_thatIsNotToFail_doesNot() throws Exception {
    Process writer = start("files");
    BufferedReader output = writer.inputReader();
    awaitLine(output, "ready");
    disk.failOnly(Part.LOG);
    disk.failWrites(Failure.EIO, -1);
    disk.failForces(Failure.EIO, -1);
    writer.getOutputStream().write('\n');
    writer.getOutputStream().flush();
    assertThat(output.readLine()).isEqualTo("forced");
    kill(writer);
    assertThat(disk.count(Count.FAILED_FORCES)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"LOG, log", "STORE, data"})
  void part_thatIsToFail_fails(Part part, String name) throws Exception {
    data = folder.toRealPath().resolve(name);
    disk = FaultyDisk.of(data, folder.resolve("disk-of-" + name));
    Process writer = start("files");
    BufferedReader output = writer.inputReader();
    awaitLine(output, "ready");
    disk.failOnly(part);
    disk.failForces(Failure.EIO, 1);
    writer.getOutputStream().write('\n');
    writer.getOutputStream().flush();
    assertThat(output.readLine()).isEqualTo("Input/output error");
    kill(writer);
    assertThat(disk.count(Count.FAILED_FORCES)).isEqualTo(1);
  }

  @Test
  void forces_toldToFail_failAndKeepNothing() throws Exception {
    Process writer = start("files");
    BufferedReader output = writer.inputReader();
    awaitLine(output, "ready");
    disk.failForces(Failure.EIO, 1);
    writer.getOutputStream().write('\n');
    writer.getOutputStream().flush();
    assertThat(output.readLine()).isEqualTo("Input/output error");
    assertThat(output.readLine()).isEqualTo("forced");
    awaitLine(output, "done");
    kill(writer);
    assertThat(disk.count(Count.FAILED_FORCES)).isEqualTo(1);
    disk.cutPower(seed(true));
    assertThat(text("forced")).isEqualTo("kept\0!!");
  }

  @Test
  void writes_toldToFail_fail() throws Exception {
    Process writer = start("files");
    BufferedReader output = writer.inputReader();
    awaitLine(output, "ready");
    disk.failWrites(Failure.ENOSPC, 2);
    writer.getOutputStream().write('\n');
    writer.getOutputStream().flush();
    assertThat(output.readLine()).isEqualTo("No space left on device");
    assertThat(output.readLine()).isEqualTo("No space left on device");
    assertThat(output.readLine()).isEqualTo("forced");
    kill(writer);
    disk.cutPower(seed(true));
    assertThat(text("forced")).isEqualTo("kept!");
  }

  @Test
  void rocks_powerCut_hasWhatItForced() throws Exception {
    List<String> cuts = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      int forced = writeRocks(60 + 400 * seed);
      cuts.add(disk.cutPower(new Random(seed)));
      assertThat(rocksUpTo(forced)).as("seed %d, %s", seed, cuts).isTrue();
    }
    assertThat(cuts).as("what was undone").anyMatch(cut -> !cut.isEmpty());
  }

  /** Lets it write at least so much; returns the last number that it said was forced. */
  private int writeRocks(int atLeast) throws Exception {
    Process writer = start("rocks");
    BufferedReader output = writer.inputReader();
    int forced = 0;
    while (forced < atLeast) {
      forced = Integer.parseInt(output.readLine());
    }
    kill(writer);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      forced = Integer.parseInt(line);
    }
    return forced;
  }

  private boolean rocksUpTo(int last) throws Exception {
    RocksDB.loadLibrary();
    try (Options options = new Options();
        RocksDB db = RocksDB.open(options, data.toString())) {
      for (int i = 0; i <= last; i++) {
        assertThat(db.get(RocksContents.key(i)))
            .as("%d of %d", i, last)
            .isEqualTo(RocksContents.value(i));
      }
    }
    return true;
  }
}
