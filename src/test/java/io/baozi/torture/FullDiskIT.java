package io.baozi.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.baozi.torture.FaultyDisk.Failure;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar whose disk for files fails: a put is told so, and what stays is what was said. */
@Timeout(120)
class FullDiskIT {
  private static final byte[] BODY = new byte[3_000_000];

  @TempDir Path folder;

  private Path files;
  private FaultyDisk disk;

  @BeforeEach
  void make() throws Exception {
    String obstacle = FaultyDisk.obstacle();
    if (obstacle != null) {
      System.err.println("LEFT OUT: the tests of a full disk: " + obstacle);
    }
    assumeTrue(obstacle == null, obstacle);
    files = folder.toRealPath().resolve("data/files");
    Files.createDirectories(files);
    disk = FaultyDisk.of(files, folder.resolve("disk"));
  }

  private Server start(String... settings) throws IOException {
    return Server.start(
        files.getParent(), folder.resolve("log"), disk.environment(), List.of(settings));
  }

  @Test
  void put_onAFullDisk_isBusyAndLeavesNothing() throws Exception {
    try (Server server = start("files.minFree=0");
        Wire wire = Wire.connect(server.port())) {
      assertThat(put(wire, "a/old").error()).isNull();
      disk.failWrites(Failure.ENOSPC, -1);
      for (String name : List.of("b/c", "a/old", "d")) {
        assertFull(put(wire, name));
      }
      assertThat(below(files.resolve("partial"))).isEmpty();
      assertThat(below(files.resolve("tree"))).containsExactly("a", "a/old");
      assertThat(get(wire, "a/old").body()).isEqualTo(BODY);
      disk.heal();
      disk.failForces(Failure.ENOSPC, -1);
      assertThat(put(wire, "e/f").error()).isEqualTo("busy");
      assertThat(below(files.resolve("partial"))).isEmpty();
      disk.heal();
      assertThat(put(wire, "b").error()).isNull();
      assertThat(put(wire, "e/f").error()).isNull();
      assertThat(server.isAlive()).isTrue();
    }
  }

  private static void assertFull(Frame refusal) {
    assertThat(refusal.error()).as(refusal.json()).isEqualTo("busy");
    assertThat(refusal.header().text("message")).contains("disk", "full");
  }

  /** Its system says so in no language that the server knows. */
  @Test
  void put_onADiskWithNothingLeft_isBusyWhateverTheFailureIsCalled() throws Exception {
    try (Server server = start("files.minFree=0");
        Wire wire = Wire.connect(server.port())) {
      byte[] frame = frame("a", BODY);
      int half = frame.length / 2;
      wire.send(Arrays.copyOf(frame, half));
      while (!Files.isDirectory(files.resolve("partial")) || bytes("partial") == 0) {
        Thread.onSpinWait();
      }
      disk.tellNoSpace();
      disk.failWrites(Failure.EIO, -1);
      assertFull(wire.send(Arrays.copyOfRange(frame, half, frame.length)).read());
      assertThat(below(files.resolve("partial"))).isEmpty();
      disk.heal();
      disk.failWrites(Failure.EIO, -1);
      assertThat(put(wire, "a").error()).isEqualTo("internal");
    }
  }

  private long bytes(String name) throws IOException {
    try (var all = Files.list(files.resolve(name))) {
      return all.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** The file itself is forced, and the folder that its folder is made in. */
  @Test
  void put_whoseNameCannotBeForced_isThereAndCountedAndSaysSo() throws Exception {
    try (Server server = start("files.minFree=0", "files.quota=8MiB");
        Wire wire = Wire.connect(server.port())) {
      disk.failForcesAfter(2, Failure.ENOSPC, -1);
      assertUnforced(put(wire, "a/new"), "the file is there");
      assertThat(get(wire, "a/new").body()).isEqualTo(BODY);
      disk.heal();
      assertThat(put(wire, "b").error()).isNull();
      assertThat(put(wire, "c").error()).isEqualTo("too_large");
      disk.failForcesAfter(1, Failure.EIO, -1);
      assertUnforced(put(wire, "b", new byte[1]), "the file is there");
      disk.heal();
      assertThat(put(wire, "c").error()).isNull();
      assertThat(put(wire, "d").error()).isEqualTo("too_large");
      disk.failForces(Failure.EIO, -1);
      assertUnforced(
          wire.ask("{\"op\":\"file.delete\",\"id\":3,\"name\":\"c\"}"), "the file is gone");
      assertThat(get(wire, "c").error()).isEqualTo("not_found");
      disk.heal();
      assertThat(put(wire, "d").error()).isNull();
      assertThat(put(wire, "e").error()).isEqualTo("too_large");
      assertThat(below(files.resolve("partial"))).isEmpty();
    }
  }

  private static void assertUnforced(Frame refusal, String done) {
    assertThat(refusal.error()).as(refusal.json()).isEqualTo("internal");
    assertThat(refusal.header().text("message")).startsWith(done).contains("power cut");
  }

  private static Frame put(Wire wire, String name) throws IOException {
    return put(wire, name, BODY);
  }

  private static Frame put(Wire wire, String name, byte[] body) throws IOException {
    return wire.send(frame(name, body)).read();
  }

  private static byte[] frame(String name, byte[] body) {
    String header = "{\"op\":\"file.put\",\"id\":1,\"name\":\"" + name + "\"}";
    return Wire.frame(header, body, ByteOrder.BIG_ENDIAN);
  }

  private static Frame get(Wire wire, String name) throws IOException {
    return wire.ask("{\"op\":\"file.get\",\"id\":2,\"name\":\"" + name + "\"}");
  }

  private static List<String> below(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      return all.skip(1).map(path -> root.relativize(path).toString()).sorted().toList();
    }
  }
}
