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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar whose disk for files is full: a put is told so, and nothing of it stays. */
@Timeout(120)
class FullDiskIT {
  private static final byte[] BODY = new byte[3_000_000];

  @TempDir Path folder;

  @Test
  void put_onAFullDisk_isBusyAndLeavesNothing() throws Exception {
    String obstacle = FaultyDisk.obstacle();
    if (obstacle != null) {
      System.err.println("LEFT OUT: the test of a full disk: " + obstacle);
    }
    assumeTrue(obstacle == null, obstacle);
    Path data = folder.toRealPath().resolve("data");
    Path files = data.resolve("files");
    Files.createDirectories(files);
    FaultyDisk disk = FaultyDisk.of(files, folder.resolve("disk"));
    try (Server server =
            Server.start(
                data, folder.resolve("log"), disk.environment(), List.of("files.minFree=0"));
        Wire wire = Wire.connect(server.port())) {
      assertThat(put(wire, "a/old").error()).isNull();
      disk.failWrites(Failure.ENOSPC, -1);
      for (String name : List.of("b/c", "a/old", "d")) {
        Frame refusal = put(wire, name);
        assertThat(refusal.error()).as(refusal.json()).isEqualTo("busy");
        assertThat(refusal.header().text("message")).contains("disk", "full");
      }
      assertThat(below(files.resolve("partial"))).isEmpty();
      assertThat(below(files.resolve("tree"))).containsExactly("a", "a/old");
      Frame old = wire.ask("{\"op\":\"file.get\",\"id\":2,\"name\":\"a/old\"}");
      assertThat(old.body()).isEqualTo(BODY);
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

  private static Frame put(Wire wire, String name) throws IOException {
    String header = "{\"op\":\"file.put\",\"id\":1,\"name\":\"" + name + "\"}";
    return wire.send(Wire.frame(header, BODY, ByteOrder.BIG_ENDIAN)).read();
  }

  private static List<String> below(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      return all.skip(1).map(path -> root.relativize(path).toString()).sorted().toList();
    }
  }
}
