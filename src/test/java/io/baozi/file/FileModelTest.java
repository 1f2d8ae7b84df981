package io.baozi.file;

import static io.baozi.file.FilePeer.ok;
import static io.baozi.file.FilePeer.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Json;
import io.baozi.net.Wire.Frame;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests about files, and cuts at random bytes, against what is obvious. A run prints its
 * seed; with {@code -Dbaozi.seed=N} that seed runs.
 */
@Timeout(120)
final class FileModelTest {
  private static final String[] NAMES = {"a", "a/b", "a/b/c", "a/d", "b", "b/a", "a.b"};
  private static final int STEPS = 1500;
  private static final int CUTS = 100;

  @TempDir Path data;

  private final Random random = random();

  private static Random random() {
    long seed = Long.getLong("baozi.seed", System.nanoTime());
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  @Test
  void file_cutAtRandomBytes_isWholeOnceAllOfItHasCome() throws IOException {
    byte[] body = FilePeer.bytes(random.nextLong(), 3_000_000 + random.nextInt(1000));
    try (FileServer server = new FileServer(Transport.NIO, data)) {
      long received = 0;
      for (int cut = 1; cut <= CUTS; cut++) {
        int to = (int) (body.length * (long) cut / (CUTS + 1));
        to = Math.max((int) received, to - random.nextInt(20_000));
        try (FilePeer peer = server.connect()) {
          peer.announce("file.put", body.length - received, "name", "f", "offset", received);
          peer.wire().send(Arrays.copyOfRange(body, (int) received, to));
          if (random.nextBoolean()) {
            peer.wire().reset();
          } else if (random.nextBoolean()) {
            peer.endOutput();
            peer.wire().read();
          }
        }
        if (random.nextInt(20) == 0) {
          server.restart();
        }
        try (FilePeer peer = server.connect()) {
          received = settled(peer);
        }
        assertThat(received).as("cut %d", cut).isBetween(0L, (long) to);
      }
      try (FilePeer peer = server.connect()) {
        byte[] rest = Arrays.copyOfRange(body, (int) received, body.length);
        ok(peer.put("f", rest, "offset", received, "sha256", sha256(body)));
        assertThat(peer.get("f").body()).isEqualTo(body);
        assertThat(server.partials()).isEmpty();
      }
    }
  }

  /** What has come, once the put that was cut has ended: then another one is no conflict. */
  private static long settled(FilePeer peer) throws IOException {
    long[] received = new long[1];
    Patience.until(
        () -> {
          Frame stat = peer.stat("f");
          received[0] = stat.header().get("received") instanceof Long some ? some : 0;
          Frame probe = peer.put("f", new byte[0], "offset", 1L << 52);
          return !probe.header().text("message").contains("under way");
        });
    Frame stat = peer.stat("f");
    return stat.header().get("received") instanceof Long some ? some : 0;
  }

  @Test
  void requests_bySeveralConnections_areAnsweredLikeTheObviousFolder() throws IOException {
    TreeMap<String, byte[]> model = new TreeMap<>();
    try (FileServer server = new FileServer(Transport.NIO, data)) {
      List<FilePeer> peers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        peers.add(server.connect());
      }
      for (int step = 0; step < STEPS; step++) {
        FilePeer peer = peers.get(random.nextInt(peers.size()));
        String name = NAMES[random.nextInt(NAMES.length)];
        step(peer, name, model, "step " + step + ", " + name);
      }
      for (FilePeer peer : peers) {
        peer.close();
      }
      assertThat(server.partials()).isEmpty();
    }
  }

  private void step(FilePeer peer, String name, NavigableMap<String, byte[]> model, String as)
      throws IOException {
    byte[] there = model.get(name);
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        byte[] body = FilePeer.bytes(random.nextLong(), length());
        boolean clashes =
            model.keySet().stream()
                .anyMatch(n -> n.startsWith(name + "/") || name.startsWith(n + "/"));
        Frame put = peer.put(name, body);
        assertThat(put.error()).as(as).isEqualTo(clashes ? "conflict" : null);
        if (!clashes) {
          assertThat(put.header().text("sha256")).as(as).isEqualTo(sha256(body));
          model.put(name, body);
        }
      }
      case 2 -> {
        Frame delete = peer.delete(name);
        assertThat(delete.error()).as(as).isEqualTo(there == null ? "not_found" : null);
        model.remove(name);
      }
      case 3 -> {
        Frame get = peer.get(name);
        assertThat(get.error()).as(as).isEqualTo(there == null ? "not_found" : null);
        assertThat(get.body()).as(as).isEqualTo(there == null ? new byte[0] : there);
      }
      case 4 -> {
        Frame stat = peer.stat(name);
        assertThat(stat.error()).as(as).isEqualTo(there == null ? "not_found" : null);
        assertThat(stat.header().get("length"))
            .as(as)
            .isEqualTo(there == null ? null : (Object) (long) there.length);
        assertThat(stat.header().text("sha256"))
            .as(as)
            .isEqualTo(there == null ? null : sha256(there));
      }
      default -> {
        Frame list = peer.ask("file.list", "prefix", name);
        assertThat(names(list))
            .as(as)
            .isEqualTo(model.keySet().stream().filter(n -> n.startsWith(name)).toList());
      }
    }
  }

  private int length() {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> 300_000;
      default -> random.nextInt(1000);
    };
  }

  private static List<String> names(Frame list) {
    List<String> names = new ArrayList<>();
    if (ok(list).header().get("files") instanceof Json files) {
      for (Map<?, ?> file : files.as(Map[].class)) {
        names.add((String) file.get("name"));
      }
    }
    return names;
  }
}
