package io.baozi.file;

import static io.baozi.file.FilePeer.bytes;
import static io.baozi.file.FilePeer.ok;
import static io.baozi.file.FilePeer.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.vertx.core.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What files may not take, and what becomes of them when the server ends. */
@Timeout(60)
final class FileLimitsTest {
  @TempDir Path data;

  private FileServer server;
  private FilePeer peer;

  private void start(String section, String files) throws IOException {
    server = new FileServer(Transport.NIO, data, section, files);
    peer = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    server.close();
  }

  private void restart() throws IOException {
    server.restart();
    peer.close();
    peer = server.connect();
  }

  private void awaitOpen(long files) throws IOException {
    Patience.until(() -> server.open() == files);
  }

  /** Puts the first bytes of a file and is cut then. */
  private void cut(String name, int length, int sent) throws IOException {
    try (FilePeer other = server.connect()) {
      other.announce("file.put", length, "name", name);
      other.wire().send(new byte[sent]);
      peer.awaitReceived(name, sent);
    }
    awaitOpen(0);
  }

  @Test
  void put_overMaxFile_isTooLargeAfterItsBody() throws IOException {
    start("", "minFree:0,maxFile:1000000");
    refused(peer.put("f", new byte[1_000_001]), "too_large", "1000001", "files.maxFile");
    ok(peer.put("f", new byte[1_000_000]));
    cut("g", 1_000_000, 500_000);
    Frame refusal = peer.put("g", new byte[500_001], "offset", 500_000);
    refused(refusal, "too_large", "1000001", "files.maxFile");
    ok(peer.put("g", new byte[500_000], "offset", 500_000));
  }

  @Test
  void put_overTheQuota_isTooLargeUntilThereIsRoom() throws IOException {
    start("", "minFree:0,quota:1000000");
    ok(peer.put("a", new byte[600_000]));
    refused(peer.put("b", new byte[400_001]), "too_large", "600000", "1000000", "files.quota");
    ok(peer.put("b", new byte[400_000]));
    refused(peer.put("c", new byte[1]), "too_large", "files.quota");
    ok(peer.put("c", new byte[0]));
    ok(peer.delete("a"));
    refused(peer.put("b", new byte[600_001]), "too_large", "files.quota");
    ok(peer.put("b", new byte[600_000]));
    ok(peer.put("a", new byte[400_000]));
    refused(peer.put("c", new byte[1]), "too_large", "files.quota");
  }

  @Test
  void quota_whateverBecameOfAPut_isWhatThereIs() throws IOException {
    start("", "minFree:0,quota:1000000");
    String another = "0".repeat(64);
    refused(peer.put("a", new byte[900_000], "sha256", another), "corrupt");
    cut("b", 900_000, 300_000);
    refused(peer.put("c", new byte[700_001]), "too_large", "300000");
    ok(peer.put("c", new byte[700_000]));
    ok(peer.delete("c"));
    Frame corrupt = peer.put("b", new byte[600_000], "offset", 300_000, "sha256", another);
    refused(corrupt, "corrupt");
    cut("b", 900_000, 400_000);
    ok(peer.put("b", new byte[100_000]));
    refused(peer.put("b", new byte[100_000], "offset", 5), "conflict");
    ok(peer.put("c", new byte[900_000]));
    refused(peer.put("d", new byte[1]), "too_large", "1000000 of 1000000");
  }

  @Test
  void quota_ofFilesThatStoodBefore_countsFromTheFirstPut() throws IOException {
    start("", "minFree:0,quota:1000000");
    ok(peer.put("a/b", new byte[500_000]));
    cut("c", 1_000_000 - 500_000, 400_000);
    restart();
    refused(peer.put("d", new byte[100_001]), "too_large", "900000", "files.quota");
    ok(peer.put("d", new byte[100_000]));
  }

  @Test
  void put_withLessFreeThanMinFree_isBusyAfterItsBody() throws IOException {
    start("", "minFree:\"8000000GiB\"");
    refused(peer.put("f", new byte[1_000_000]), "busy", "1000000", "files.minFree");
    refused(peer.stat("f"), "not_found");
    assertThat(server.partials()).isEmpty();
    peer.lives();
  }

  @Test
  void puts_moreThanThereIsMemoryFor_areBusy() throws IOException {
    start("memory:\"4MiB\"", "minFree:0");
    List<FilePeer> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      FilePeer other = server.connect();
      others.add(other);
      other.announce("file.put", 200_000, "name", "f" + i);
      other.wire().send(new byte[100_000]);
      peer.awaitReceived("f" + i, 100_000);
    }
    refused(peer.put("more", new byte[200_000]), "busy", "4 puts");
    for (FilePeer other : others) {
      other.wire().send(new byte[100_000]);
      ok(other.answer(1));
      other.close();
    }
    ok(peer.put("more", new byte[200_000]));
  }

  @Test
  void gets_ofAClientThatNeverReads_keepOneFileOpenAndItIsCut() throws IOException {
    start("writeTimeout:\"2s\"", "minFree:0");
    ok(peer.put("f", bytes(1, 8_000_000)));
    try (FilePeer other = server.connectWithSmallBuffers()) {
      for (int i = 0; i < 500; i++) {
        other.send("file.get", "name", "f");
      }
      awaitOpen(1);
      peer.lives();
      assertThat(server.open()).isLessThanOrEqualTo(1);
      awaitOpen(0);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 500; i++) {
                  other.answer(i + 1);
                }
              })
          .isInstanceOf(IOException.class);
    }
    peer.lives();
  }

  /** So many answers wait behind the file that no more is read; then it is again. */
  @Test
  void answers_manyBehindAGet_allComeBehindIt() throws IOException {
    start("", "minFree:0");
    ok(peer.put("f", bytes(1, 8_000_000)));
    for (int round = 0; round < 5; round++) {
      try (FilePeer other = server.connectWithSmallBuffers()) {
        long get = other.send("file.get", "name", "f");
        awaitOpen(1);
        for (int i = 0; i < 1000; i++) {
          other.send("ping");
        }
        assertThat(other.answer(get).body()).hasSize(8_000_000);
        assertThat(other.readAll(1000)).hasSize(1000);
      }
    }
  }

  /** What is answered while a file leaves is held; not much of it. */
  @Test
  void answers_behindAGetThatIsNotRead_holdBackTheRequests() throws Exception {
    start("", "minFree:0");
    ok(peer.put("f", bytes(1, 8_000_000)));
    try (FilePeer other = server.connectWithSmallBuffers()) {
      long get = other.send("file.get", "name", "f");
      awaitOpen(1);
      byte[] echo = bytes(2, 1 << 20);
      AtomicLong sent = new AtomicLong();
      CompletableFuture<Void> asking =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 32; i++) {
                    other.send("echo", echo);
                    sent.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      long before = -1;
      while (sent.get() != before || before < 2) {
        before = sent.get();
        for (int i = 0; i < 100; i++) {
          peer.lives();
        }
      }
      assertThat(sent.get()).as("MiB taken").isLessThan(20);
      assertThat(other.answer(get).body()).hasSize(8_000_000);
      for (int i = 0; i < 32; i++) {
        assertThat(ok(other.wire().read()).body()).isEqualTo(echo);
      }
      asking.get();
    }
  }

  @Test
  void put_whoseClientFallsSilent_isTimeoutAndKept() throws IOException {
    start("bodyTimeout:\"1s\"", "minFree:0");
    long id = peer.announce("file.put", 300_000, "name", "f");
    peer.wire().send(new byte[200_000]);
    refused(peer.answer(id), "cancelled", "200000");
    refused(peer.wire().read(), "timeout", "bodyTimeout");
    assertThat(peer.wire().read()).isNull();
    try (FilePeer other = server.connect()) {
      assertThat(ok(other.stat("f")).header().get("received")).isEqualTo(200_000L);
    }
  }

  @Test
  void drain_inTheMiddleOfTransfers_letsThemEnd() throws Exception {
    start("", "minFree:0");
    byte[] body = bytes(3, 8_000_000);
    ok(peer.put("f", body));
    try (FilePeer reader = server.connectWithSmallBuffers();
        FilePeer writer = server.connect();
        FilePeer waiting = server.connect()) {
      long get = reader.send("file.get", "name", "f");
      long put = writer.announce("file.put", 1_000_000, "name", "g");
      writer.wire().send(Arrays.copyOf(body, 500_000));
      peer.awaitReceived("g", 500_000);
      long open = waiting.send("pipe.open", "pipe", "p");
      waiting.lives(open);
      awaitOpen(2);
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(20)));
      refused(waiting.answer(open), "shutting_down");
      Frame late = peer.put("late", new byte[100_000]);
      refused(late, "shutting_down");
      writer.wire().send(Arrays.copyOfRange(body, 500_000, 1_000_000));
      ok(writer.answer(put));
      assertThat(ok(reader.answer(get)).body()).isEqualTo(body);
      assertThat(reader.wire().read()).isNull();
      assertThat(writer.wire().read()).isNull();
      stopped.get();
    }
    restart();
    assertThat(peer.get("g").body()).isEqualTo(Arrays.copyOf(body, 1_000_000));
  }

  @Test
  void drain_inTheMiddleOfAFencedPut_letsItEnd() throws Exception {
    start("", "minFree:0");
    byte[] body = bytes(4, 1_000_000);
    try (FilePeer writer = server.connect();
        FilePeer waiting = server.connect()) {
      Frame lock = ok(writer.ask("lock.acquire", "lock", "l"));
      Json fence = Json.of(Map.of("lock", "l", "token", lock.header().get("token")));
      long put = writer.announce("file.put", body.length, "name", "f", "fence", fence);
      writer.wire().send(Arrays.copyOf(body, 500_000));
      peer.awaitReceived("f", 500_000);
      long open = waiting.send("pipe.open", "pipe", "p");
      waiting.lives(open);
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(20)));
      refused(waiting.answer(open), "shutting_down");
      writer.wire().send(Arrays.copyOfRange(body, 500_000, body.length));
      ok(writer.answer(put));
      stopped.get();
    }
    restart();
    assertThat(peer.get("f").body()).isEqualTo(body);
  }

  @Test
  void drain_whoseTimeIsUpInTheMiddleOfTransfers_cutsThemAndKeepsWhatCame() throws Exception {
    start("", "minFree:0");
    ok(peer.put("f", bytes(3, 8_000_000)));
    try (FilePeer reader = server.connectWithSmallBuffers();
        FilePeer writer = server.connect()) {
      long get = reader.send("file.get", "name", "f");
      writer.announce("file.put", 1_000_000, "name", "g");
      writer.wire().send(new byte[500_000]);
      peer.awaitReceived("g", 500_000);
      awaitOpen(2);
      server.stop(Duration.ofMillis(300));
      assertThatThrownBy(() -> reader.answer(get)).isInstanceOf(IOException.class);
    }
    assertThat(server.open()).isZero();
    restart();
    assertThat(ok(peer.stat("g")).header().get("received")).isEqualTo(500_000L);
  }

  @Test
  void unfinishedFile_olderThanItIsKept_isGoneAfterARestart() throws IOException {
    start("", "minFree:0,keep:\"1h\",quota:1000000");
    cut("old", 900_000, 300_000);
    Path old = server.partials().get(0);
    cut("fresh", 500_000, 200_000);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    restart();
    ok(peer.ask("file.list")); // opens the folder: what is too old goes behind that
    refused(peer.stat("nothing"), "not_found");
    refused(peer.stat("old"), "not_found");
    assertThat(ok(peer.stat("fresh")).header().get("received")).isEqualTo(200_000L);
    ok(peer.put("all", new byte[800_000]));
  }

  @Test
  void folder_ofAnotherServer_isRefusedAndLoggedThere() throws IOException {
    start("", "minFree:0");
    ok(peer.put("f", bytes("x")));
    FileServer first = server;
    FilePeer its = peer;
    start("", "minFree:0");
    refused(peer.put("f", new byte[1_000_000]), "internal");
    refused(peer.stat("f"), "internal");
    peer.lives();
    its.close();
    first.close();
    ok(peer.put("f", bytes("y")));
  }

  /** One that announces more than there is must not be what all others find no room beside. */
  @Test
  void put_whileARefusedOneIsStillSent_findsRoom() throws IOException {
    start("", "minFree:0");
    try (FilePeer other = server.connect()) {
      byte[] mark = other.frame("file.put", bytes(1, 10), "name", "mark");
      byte[] huge = other.announcement("file.put", Header.MAX_INTEGER, "name", "huge");
      other.wire().send(joined(List.of(mark, huge, new byte[1])));
      ok(other.answer(1));
      ok(peer.put("f", bytes(2, 10)));
      other.wire().send(new byte[100]);
      ok(peer.put("huge", bytes(3, 10)));
    }
    ok(peer.get("huge"));
  }

  @Test
  void requests_beyondTheMemory_areBusyAndTheRestIsAnswered() throws IOException {
    start("memory:\"1MiB\"", "minFree:0");
    ok(peer.put("f", bytes(1, 10)));
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      frames.add(peer.frame("file.stat", new byte[0], "name", "f"));
    }
    peer.wire().send(joined(frames));
    Map<Long, Frame> answers = peer.readAll(frames.size());
    ok(answers.get(2L));
    assertThat(answers.values()).anySatisfy(answer -> refused(answer, "busy", "memory"));
    ok(peer.stat("f"));
  }

  @Test
  void framesOfAPipe_beyondTheMemory_waitAndAreAllPassedBeforeTheEnd() throws IOException {
    start("memory:\"1MiB\"", "minFree:0");
    try (FilePeer other = server.connect()) {
      long opening = peer.send("pipe.open", "pipe", "p");
      ok(other.ask("pipe.open", "pipe", "p"));
      ok(peer.answer(opening));
      byte[] frame = Wire.frame("{\"op\":\"pipe.data\",\"pipe\":\"p\"}");
      int count = 5_000;
      other.wire().send(joined(Collections.nCopies(count, frame)));
      other.endOutput();
      for (int i = 0; i < count; i++) {
        assertThat(peer.wire().read().header().text("op")).as("frame %d", i).isEqualTo("pipe.data");
      }
      assertThat(peer.wire().read().header().text("op")).isEqualTo("pipe.close");
      assertThat(other.wire().read()).isNull();
    }
    peer.lives();
  }

  private static byte[] joined(List<byte[]> frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    frames.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
