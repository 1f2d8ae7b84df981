package io.baozi.file;

import static io.baozi.file.FilePeer.bytes;
import static io.baozi.file.FilePeer.ok;
import static io.baozi.file.FilePeer.refused;
import static io.baozi.file.FilePeer.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.frame.Json;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of files, over whatever transport carries the bytes. */
@Timeout(60)
abstract class FileContract {
  /** More than the windows of a put and what the system keeps of a read. */
  private static final int LARGE = 3_000_000;

  private final Transport transport;

  @TempDir Path data;

  private FileServer server;
  private FilePeer peer;

  FileContract(Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  final void start() throws IOException {
    server = new FileServer(transport, data);
    peer = server.connect();
  }

  @AfterEach
  final void stop() throws IOException {
    peer.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 70_000, LARGE})
  final void put_ofAnyLength_isWhatIsGot(int length) throws IOException {
    byte[] body = bytes(length, length);
    Frame put = ok(peer.put("a/file", body, "sha256", sha256(body)));
    assertThat(put.json())
        .isEqualTo(
            "{\"id\":1,\"ok\":true,\"length\":" + length + ",\"sha256\":\"" + sha256(body) + "\"}");
    Frame get = ok(peer.get("a/file"));
    assertThat(get.header().get("length")).isEqualTo((long) length);
    assertThat(get.header().text("sha256")).isEqualTo(sha256(body));
    assertThat(get.body()).isEqualTo(body);
    Frame stat = ok(peer.stat("a/file"));
    assertThat(stat.header().get("length")).isEqualTo((long) length);
    assertThat(stat.header().get("received")).isNull();
    assertThat(Files.readAllBytes(server.tree().resolve("a/file"))).isEqualTo(body);
    assertThat(server.partials()).isEmpty();
  }

  @Test
  final void get_ofAPart_hasTheBytesInTheFile() throws IOException {
    byte[] body = bytes(1, LARGE);
    ok(peer.put("f", body));
    for (int[] part :
        new int[][] {{0, 1}, {1, 70_000}, {LARGE - 1, 1}, {12345, 0}, {LARGE, 5}, {0, LARGE}}) {
      Frame get = ok(peer.ask("file.get", "name", "f", "offset", part[0], "length", part[1]));
      int to = Math.min(LARGE, part[0] + part[1]);
      assertThat(get.body()).isEqualTo(Arrays.copyOfRange(body, part[0], to));
      assertThat(get.header().get("length")).isEqualTo((long) LARGE);
      assertThat(get.header().text("sha256")).isEqualTo(sha256(body));
    }
    Frame rest = ok(peer.ask("file.get", "name", "f", "offset", 1000));
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(body, 1000, LARGE));
    Frame past = peer.ask("file.get", "name", "f", "offset", LARGE + 1);
    refused(past, "bad_request", "offset", "3000001", "3000000");
    refused(peer.ask("file.get", "name", "f", "offset", -1), "bad_request", "offset");
    refused(peer.ask("file.get", "name", "f", "length", "1"), "bad_request", "length");
    peer.lives();
  }

  @Test
  final void requests_withoutOrWithABadName_areBadRequestAfterTheirBodies() throws IOException {
    for (String op : List.of("file.put", "file.get", "file.stat", "file.delete")) {
      refused(peer.ask(op), "bad_request", "name");
      refused(peer.ask(op, "name", 7), "bad_request", "name");
      for (String name : List.of("", "/a", "a/", "a//b", "..", "a/../b", ".", "a\\b", "a\0b")) {
        byte[] body = new byte[op.equals("file.put") ? 200_000 : 10];
        refused(peer.answer(peer.send(op, body, "name", name)), "bad_request", "name");
      }
    }
    peer.lives();
  }

  @Test
  final void body_ofARequestThatHasNone_isTooLargeOverMaxMessage() throws IOException {
    ok(peer.put("f", bytes("x")));
    byte[] body = new byte[(1 << 20) + 1];
    for (String op : List.of("file.get", "file.stat", "file.list", "file.delete", "pipe.open")) {
      Frame refusal = peer.answer(peer.send(op, body, "name", "f", "pipe", "p", "wait", 0));
      refused(refusal, "too_large", "maxMessage");
    }
    ok(peer.stat("f"));
  }

  @Test
  final void arguments_outOfRange_areBadRequest() throws IOException {
    byte[] body = new byte[100_000];
    for (Object[] wrong :
        new Object[][] {
          {"sha256", "abc"},
          {"sha256", "A".repeat(64)},
          {"offset", -1},
          {"offset", "0"},
          {"offset", (1L << 53) - 1}
        }) {
      refused(peer.put("f", body, wrong), "bad_request", (String) wrong[0]);
    }
    refused(peer.ask("file.list", "max", 0), "bad_request", "max");
    refused(peer.ask("file.list", "prefix", 3), "bad_request", "prefix");
    refused(peer.ask("file.list", "after", "a".repeat(1025)), "bad_request", "after");
    refused(peer.stat("f"), "not_found");
  }

  @Test
  final void file_thatIsNotThere_isNotFound() throws IOException {
    ok(peer.put("a/b", bytes("x")));
    for (String name : List.of("c", "a", "a/c", "a/b/c", "A/b")) {
      refused(peer.get(name), "not_found", name);
      refused(peer.stat(name), "not_found", name);
      refused(peer.delete(name), "not_found", name);
    }
  }

  @Test
  final void put_whereAFolderOrAFileIsInTheWay_isConflictAfterItsBody() throws IOException {
    ok(peer.put("a/b", bytes("x")));
    refused(peer.put("a", new byte[LARGE]), "conflict", "folder");
    refused(peer.put("a/b/c", new byte[LARGE]), "conflict", "file");
    assertThat(server.partials()).isEmpty();
    ok(peer.delete("a/b"));
    ok(peer.put("a", bytes("y")));
    assertThat(peer.get("a").body()).isEqualTo(bytes("y"));
  }

  @Test
  final void put_whoseNameIsTakenByAFolderMeanwhile_isConflictAndKeepsNothing() throws IOException {
    long id = peer.announce("file.put", 100_000, "name", "a");
    peer.wire().send(new byte[50_000]);
    try (FilePeer other = server.connect()) {
      other.awaitReceived("a", 50_000);
      ok(other.put("a/b", bytes("x")));
      peer.wire().send(new byte[50_000]);
      refused(peer.answer(id), "conflict", "folder");
      assertThat(server.partials()).isEmpty();
      refused(other.stat("a"), "not_found");
    }
  }

  @Test
  final void put_overAFileThatIsBeingGot_leavesTheGetTheOldOne() throws IOException {
    byte[] old = bytes(1, 20_000_000);
    byte[] fresh = bytes(2, LARGE);
    ok(peer.put("f", old));
    try (FilePeer reader = server.connectWithSmallBuffers()) {
      long id = reader.send("file.get", "name", "f");
      awaitOpen(1);
      ok(peer.put("f", fresh));
      ok(peer.delete("f"));
      ok(peer.put("f", fresh));
      Frame got = reader.ok(id);
      assertThat(got.header().text("sha256")).isEqualTo(sha256(old));
      assertThat(got.body()).isEqualTo(old);
      assertThat(reader.get("f").body()).isEqualTo(fresh);
    }
    awaitOpen(0);
  }

  private void awaitOpen(long files) throws IOException {
    Patience.until(() -> server.open() == files);
  }

  @Test
  final void put_withAnotherChecksum_isCorruptAndKeepsNothing() throws IOException {
    byte[] old = bytes("old");
    ok(peer.put("f", old));
    Frame refusal = peer.put("f", new byte[LARGE], "sha256", sha256(old));
    refused(refusal, "corrupt", sha256(old), sha256(new byte[LARGE]));
    assertThat(server.partials()).isEmpty();
    assertThat(peer.get("f").body()).isEqualTo(old);
    assertThat(peer.stat("f").header().get("received")).isNull();
    refused(peer.put("g", new byte[0], "sha256", sha256(old)), "corrupt");
    refused(peer.stat("g"), "not_found");
  }

  @Test
  final void put_whileAnotherOfTheNameIsUnderWay_isConflictAndTheFirstGoesOn() throws IOException {
    byte[] body = bytes(5, 200_000);
    long id = peer.announce("file.put", body.length, "name", "f");
    peer.wire().send(Arrays.copyOf(body, 100_000));
    try (FilePeer other = server.connect()) {
      other.awaitReceived("f", 100_000);
      refused(other.put("f", new byte[LARGE]), "conflict", "under way");
      Frame resumption = other.put("f", new byte[100_000], "offset", 100_000);
      refused(resumption, "conflict", "under way");
      refused(other.delete("f"), "not_found");
      other.lives();
    }
    peer.wire().send(Arrays.copyOfRange(body, 100_000, body.length));
    ok(peer.answer(id));
    assertThat(peer.get("f").body()).isEqualTo(body);
  }

  @Test
  final void put_thatWasCut_goesOnFromWhatWasReceived() throws IOException {
    byte[] body = bytes(6, LARGE);
    ok(peer.put("f", bytes("old")));
    cut("f", body, 0, 1_000_001);
    Frame stat = ok(peer.stat("f"));
    assertThat(stat.header().get("length")).isEqualTo(3L);
    for (int wrong : new int[] {1, 1_000_000, 1_000_002, LARGE}) {
      Frame refusal = peer.put("f", new byte[LARGE - wrong], "offset", wrong);
      refused(refusal, "conflict", "offset", "" + wrong, "1000001");
    }
    byte[] rest = Arrays.copyOfRange(body, 1_000_001, LARGE);
    Frame put = ok(peer.put("f", rest, "offset", 1_000_001, "sha256", sha256(body)));
    assertThat(put.header().get("length")).isEqualTo((long) LARGE);
    assertThat(put.header().text("sha256")).isEqualTo(sha256(body));
    assertThat(peer.get("f").body()).isEqualTo(body);
    assertThat(peer.stat("f").header().get("received")).isNull();
  }

  @Test
  final void put_thatWasCutBeforeARestart_goesOnAfterIt() throws IOException {
    byte[] body = bytes(7, LARGE);
    cut("f", body, 0, 700_000);
    restart();
    assertThat(ok(peer.stat("f")).header().get("received")).isEqualTo(700_000L);
    cut("f", body, 700_000, 1_700_000);
    restart();
    byte[] rest = Arrays.copyOfRange(body, 1_700_000, LARGE);
    ok(peer.put("f", rest, "offset", 1_700_000, "sha256", sha256(body)));
    restart();
    assertThat(peer.get("f").body()).isEqualTo(body);
  }

  private void restart() throws IOException {
    server.restart();
    peer.close();
    peer = server.connect();
  }

  /** Puts a part of a file and is cut then. */
  private void cut(String name, byte[] body, int from, int to) throws IOException {
    try (FilePeer other = server.connect()) {
      other.announce("file.put", body.length - from, "name", name, "offset", from);
      other.wire().send(Arrays.copyOfRange(body, from, to));
      peer.awaitReceived(name, to);
      other.wire().reset();
    }
    awaitOpen(0);
  }

  @Test
  final void put_fromTheStartOfAFileThatWasCut_startsOver() throws IOException {
    byte[] body = bytes(8, 50_000);
    cut("f", new byte[LARGE], 0, 1_000_000);
    ok(peer.put("f", body));
    assertThat(peer.get("f").body()).isEqualTo(body);
    assertThat(server.partials()).isEmpty();
  }

  @Test
  final void put_thatWasCutBeforeAByteCame_leavesNothing() throws IOException {
    try (FilePeer other = server.connect()) {
      other.announce("file.put", LARGE, "name", "f");
      other.endOutput();
      assertThat(other.wire().read()).isNull();
    }
    refused(peer.stat("f"), "not_found");
  }

  @Test
  final void put_whoseClientEndsItsOutputWithinTheBody_isCancelledAndKept() throws IOException {
    try (FilePeer other = server.connect()) {
      long id = other.announce("file.put", LARGE, "name", "f");
      other.wire().send(new byte[2_000_000]);
      other.endOutput();
      refused(other.answer(id), "cancelled", "2000000");
      assertThat(other.wire().read()).isNull();
    }
    assertThat(ok(peer.stat("f")).header().get("received")).isEqualTo(2_000_000L);
    refused(peer.get("f"), "not_found");
    ok(peer.delete("f"));
    assertThat(server.partials()).isEmpty();
  }

  @Test
  final void requests_ofAClientThatEndsItsOutput_areAnsweredInFull() throws IOException {
    byte[] body = bytes(9, LARGE);
    ok(peer.put("f", body));
    try (FilePeer other = server.connect()) {
      long first = other.send("file.get", "name", "f");
      long second = other.send("file.get", "name", "f", "offset", 1);
      long third = other.send("file.put", body, "name", "g");
      other.endOutput();
      Map<Long, Frame> answers = other.readAll();
      assertThat(ok(answers.get(first)).body()).isEqualTo(body);
      assertThat(ok(answers.get(second)).body()).hasSize(LARGE - 1);
      ok(answers.get(third));
      assertThat(answers).hasSize(3);
    }
    assertThat(peer.get("g").body()).isEqualTo(body);
  }

  @Test
  final void puts_withoutId_takeEffectAndAreNotAnswered() throws IOException {
    Wire wire = peer.wire();
    byte[] body = bytes(10, LARGE);
    wire.send("{\"op\":\"file.put\",\"name\":\"small\"}", bytes("x"));
    wire.send("{\"op\":\"file.put\",\"name\":\"..\"}", body);
    wire.send("{\"op\":\"file.put\",\"name\":\"large\"}", body);
    peer.lives();
    Patience.until(() -> peer.stat("large").error() == null);
    assertThat(peer.get("large").body()).isEqualTo(body);
    assertThat(peer.get("small").body()).isEqualTo(bytes("x"));
    wire.send("{\"op\":\"file.delete\",\"name\":\"small\"}");
    Patience.until(() -> peer.stat("small").error() != null);
  }

  @Test
  final void gets_withoutId_leaveNoFileOpen() throws IOException {
    ok(peer.put("f", bytes(1, 100_000)));
    for (int i = 0; i < 20; i++) {
      peer.wire().send("{\"op\":\"file.get\",\"name\":\"f\"}");
    }
    assertThat(peer.get("f").body()).hasSize(100_000);
    assertThat(server.open()).as("open but for the last").isLessThanOrEqualTo(1);
  }

  @Test
  final void requests_aroundABody_areAnsweredWhileItIsOnItsWay() throws IOException {
    byte[] body = bytes(11, LARGE);
    long before = peer.send("ping");
    long put = peer.announce("file.put", LARGE, "name", "f");
    peer.ok(before);
    peer.wire().send(Arrays.copyOf(body, LARGE - 1));
    try (FilePeer other = server.connect()) {
      other.awaitReceived("f", LARGE - 1);
    }
    byte[] behind = peer.frame("echo", bytes("behind"));
    peer.wire().send(Wire.join(new byte[] {body[LARGE - 1]}, behind));
    Map<Long, Frame> answers = peer.readAll(2);
    ok(answers.get(put));
    assertThat(ok(answers.get(put + 1)).body()).isEqualTo(bytes("behind"));
    assertThat(peer.get("f").body()).isEqualTo(body);
  }

  @Test
  final void requests_onOneNameBehindOneAnother_takeEffectInTheOrderSent() throws IOException {
    byte[] large = bytes(12, 1_000_000);
    for (int round = 0; round < 20; round++) {
      peer.wire()
          .send(
              Wire.join(
                  peer.frame("file.put", bytes("one"), "name", "f"),
                  peer.frame("file.get", new byte[0], "name", "f"),
                  peer.frame("file.put", large, "name", "f"),
                  peer.frame("file.get", new byte[0], "name", "f"),
                  peer.frame("file.delete", new byte[0], "name", "f"),
                  peer.frame("file.get", new byte[0], "name", "f")));
      Map<Long, Frame> answers = peer.readAll(6);
      long id = 1 + round * 6L;
      ok(answers.get(id));
      assertThat(ok(answers.get(id + 1)).body()).isEqualTo(bytes("one"));
      ok(answers.get(id + 2));
      assertThat(ok(answers.get(id + 3)).body()).isEqualTo(large);
      ok(answers.get(id + 4));
      refused(answers.get(id + 5), "not_found");
    }
  }

  @Test
  final void gets_pipelined_areAllAnsweredWithPingsBetween() throws IOException {
    byte[] body = bytes(13, 500_000);
    ok(peer.put("f", body));
    List<Long> gets = new ArrayList<>();
    List<Long> pings = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      gets.add(peer.send("file.get", "name", "f", "offset", i * 20_000));
      pings.add(peer.send("ping"));
    }
    Map<Long, Frame> answers = peer.readAll(40);
    for (int i = 0; i < 20; i++) {
      byte[] part = Arrays.copyOfRange(body, i * 20_000, body.length);
      assertThat(ok(answers.get(gets.get(i))).body()).isEqualTo(part);
      ok(answers.get(pings.get(i)));
    }
    assertThat(answers.keySet().stream().filter(gets::contains)).containsExactlyElementsOf(gets);
  }

  @Test
  final void pings_whileSixteenTransfersRun_areAnswered() throws Exception {
    byte[] body = bytes(14, 8_000_000);
    ok(peer.put("f", body));
    List<FilePeer> others = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      FilePeer reader = server.connectWithSmallBuffers();
      reader.send("file.get", "name", "f");
      FilePeer writer = server.connect();
      writer.announce("file.put", body.length, "name", "to/" + i);
      writer.wire().send(Arrays.copyOf(body, 1_000_000));
      others.addAll(List.of(reader, writer));
    }
    awaitOpen(16);
    for (int i = 0; i < 100; i++) {
      peer.lives();
    }
    for (int i = 0; i < 8; i++) {
      others.get(2 * i + 1).wire().send(Arrays.copyOfRange(body, 1_000_000, body.length));
      ok(others.get(2 * i + 1).wire().read());
      assertThat(others.get(2 * i).wire().read().body()).isEqualTo(body);
      assertThat(peer.get("to/" + i).header().text("sha256")).isEqualTo(sha256(body));
    }
    for (FilePeer other : others) {
      other.close();
    }
    awaitOpen(0);
  }

  @Test
  final void put_sentAgainWithTheChecksumThatStands_isAnsweredAsDone() throws IOException {
    byte[] body = bytes(15, LARGE);
    ok(peer.put("f", body));
    FileTime modified = FileTime.of(peer.stat("f"));
    Frame again = ok(peer.put("f", body, "sha256", sha256(body), "again", true));
    assertThat(again.header().get("length")).isEqualTo((long) LARGE);
    assertThat(again.header().text("sha256")).isEqualTo(sha256(body));
    assertThat(FileTime.of(peer.stat("f"))).isEqualTo(modified);
    ok(peer.put("g", body, "sha256", sha256(body), "again", true));
    assertThat(peer.get("g").body()).isEqualTo(body);
    byte[] other = bytes("other");
    ok(peer.put("f", other, "sha256", sha256(other), "again", true));
    assertThat(peer.get("f").body()).isEqualTo(other);
    ok(peer.delete("f"));
    refused(peer.delete("f"), "not_found");
    ok(peer.ask("file.delete", "name", "f", "again", true));
  }

  /** When a file was last changed. */
  private record FileTime(Object modified) {
    static FileTime of(Frame stat) {
      assertThat(stat.header().get("modified")).isInstanceOf(Long.class);
      return new FileTime(stat.header().get("modified"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  final void requests_overALink_areBadRequestAfterTheirBodies(boolean again) throws IOException {
    Path outside = Files.createDirectories(data.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    ok(peer.put("a/b", bytes("x")));
    Files.createSymbolicLink(server.tree().resolve("link"), outside);
    Files.createSymbolicLink(server.tree().resolve("a/leaf"), outside.resolve("secret"));
    byte[] body = new byte[LARGE];
    for (String name : List.of("link", "link/secret", "link/new", "a/leaf", "a/leaf/below")) {
      Frame refusal = peer.put(name, body, "sha256", sha256(body), "again", again);
      refused(refusal, "bad_request", "name");
      for (String op : List.of("file.get", "file.stat", "file.delete")) {
        refused(peer.ask(op, "name", name, "again", again), "bad_request", "name");
      }
    }
    assertThat(Files.readString(outside.resolve("secret"))).isEqualTo("secret");
    try (var left = Files.list(outside)) {
      assertThat(left).hasSize(1);
    }
    assertThat(peer.ask("file.list").json()).contains("a/b").doesNotContain("leaf", "link");
  }

  @Test
  final void fence_staleAtTheStart_isFencedAndNothingIsKept() throws IOException {
    Object stale = new Fence("l", 1).json();
    refused(peer.put("f", new byte[LARGE], "fence", stale), "fenced");
    refused(peer.put("f", bytes("x"), "fence", stale), "fenced");
    refused(peer.put("f", bytes("x"), "fence", "l"), "bad_request", "fence");
    refused(peer.stat("f"), "not_found");
    ok(peer.put("f", bytes("x")));
    refused(peer.ask("file.delete", "name", "f", "fence", stale), "fenced");
    ok(peer.stat("f"));
    try (FilePeer holder = server.connect()) {
      Frame lock = ok(holder.ask("lock.acquire", "lock", "l"));
      Object fence = new Fence("l", (Long) lock.header().get("token")).json();
      ok(peer.put("f", new byte[LARGE], "fence", fence));
      ok(peer.ask("file.delete", "name", "f", "fence", fence));
    }
  }

  @Test
  final void fence_staleByTheEndOfTheBody_isFencedAndNothingIsKept() throws IOException {
    try (FilePeer holder = server.connect();
        FilePeer other = server.connect()) {
      Frame lock = ok(holder.ask("lock.acquire", "lock", "l"));
      Object fence = new Fence("l", (Long) lock.header().get("token")).json();
      long id = peer.announce("file.put", 100_000, "name", "f", "fence", fence);
      peer.wire().send(new byte[99_999]);
      other.awaitReceived("f", 99_999);
      ok(holder.ask("lock.release", "lock", "l"));
      peer.wire().send(new byte[1]);
      refused(peer.answer(id), "fenced");
      refused(other.stat("f"), "not_found");
      assertThat(server.partials()).isEmpty();
    }
  }

  /** What a request carries to be refused when a lock is no longer held. */
  private record Fence(String lock, long token) {
    Object json() {
      return Json.of(Map.of("lock", lock, "token", token));
    }
  }

  @Test
  final void list_ofAPrefix_hasTheNamesInOrderPageByPage() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : List.of("a", "b/1", "b/2", "b.c", "b0", "c/d/e", "\u00fc", "\ud83e\udd5f")) {
      ok(peer.put(name, bytes(name)));
      names.add(name);
    }
    names.sort(null);
    assertThat(names(peer.ask("file.list"))).isEqualTo(names);
    assertThat(names(peer.ask("file.list", "prefix", "b")))
        .containsExactly("b.c", "b/1", "b/2", "b0");
    assertThat(names(peer.ask("file.list", "prefix", "b/"))).containsExactly("b/1", "b/2");
    assertThat(names(peer.ask("file.list", "prefix", "nothing"))).isEmpty();
    List<String> paged = new ArrayList<>();
    Frame page = peer.ask("file.list", "max", 3);
    paged.addAll(names(page));
    while (page.header().get("more") != null) {
      page = peer.ask("file.list", "max", 3, "after", paged.get(paged.size() - 1));
      assertThat(names(page)).isNotEmpty();
      paged.addAll(names(page));
    }
    assertThat(paged).isEqualTo(names);
  }

  private static List<String> names(Frame list) {
    List<String> names = new ArrayList<>();
    if (!(ok(list).header().get("files") instanceof Json files)) {
      return names; // an empty array
    }
    for (Map<?, ?> file : files.as(Map[].class)) {
      names.add((String) file.get("name"));
    }
    return names;
  }

  /** Each name takes 1 KB on the wire, so a header has room for few. */
  @Test
  final void list_ofMoreThanAHeaderHasRoomFor_saysThatThereIsMore() throws IOException {
    String folder = "\u00fc".repeat(120) + "/" + "\u00fc".repeat(120) + "/";
    for (int i = 0; i < 100; i++) {
      ok(peer.put(folder + (1000 + i), new byte[0]));
    }
    List<String> all = new ArrayList<>();
    Frame page = peer.ask("file.list");
    all.addAll(names(page));
    assertThat(page.header().get("more")).isEqualTo(true);
    while (page.header().get("more") != null) {
      page = peer.ask("file.list", "after", all.get(all.size() - 1));
      all.addAll(names(page));
    }
    assertThat(all).hasSize(100).isSorted().doesNotHaveDuplicates();
  }

  @Test
  final void file_changedByHand_isToldByItsNewChecksum() throws IOException {
    byte[] changed = bytes("changed by hand");
    ok(peer.put("f", bytes("as it came")));
    Files.write(server.tree().resolve("f"), changed);
    Files.write(server.tree().resolve("placed"), changed);
    List<FilePeer> others = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      others.add(server.connect());
      others.get(i).send("file.stat", "name", "placed");
    }
    for (FilePeer other : others) {
      assertThat(ok(other.wire().read()).header().text("sha256")).isEqualTo(sha256(changed));
      other.close();
    }
    for (String name : List.of("f", "placed")) {
      Frame get = ok(peer.get(name));
      assertThat(get.header().text("sha256")).isEqualTo(sha256(changed));
      assertThat(get.body()).isEqualTo(changed);
    }
  }

  @Test
  final void file_shortenedByHandWhileItIsGot_cutsTheConnection() throws IOException {
    ok(peer.put("f", bytes(1, 20_000_000)));
    try (FilePeer reader = server.connectWithSmallBuffers()) {
      reader.send("file.get", "name", "f");
      awaitOpen(1);
      Files.write(server.tree().resolve("f"), bytes("short"));
      assertThatThrownBy(() -> reader.wire().read()).isInstanceOf(IOException.class);
    }
    awaitOpen(0);
    peer.lives();
  }
}
