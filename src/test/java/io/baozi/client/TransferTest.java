package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads and downloads, against a server that misbehaves on cue. */
@Timeout(60)
final class TransferTest extends FakeFilesFixture {
  private static final byte[] BYTES = bytes(3_000_000, 1);
  private static final byte[] OTHERS = bytes(2_500_000, 2);
  private static final Duration LONGER_THAN_ANY_PAUSE = Duration.ofMillis(2500);

  @TempDir Path folder;
  private FileStore store;

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void ask() {
    store = client.files();
  }

  private Path source() throws IOException {
    return Files.write(folder.resolve("source"), BYTES);
  }

  private Path target() {
    return folder.resolve("target");
  }

  private Path part() {
    return folder.resolve(".target.baozi-part");
  }

  /** Where the server stops before the next body. */
  private Halt halted() {
    Halt halt = new Halt();
    server.before.add(halt);
    return halt;
  }

  private static ErrorCode refusal(Future<?> future) {
    Throwable thrown = catchThrowable(() -> await(future));
    assertThat(thrown).isInstanceOf(RefusedException.class);
    return ((RefusedException) thrown).code();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  // Uploads.

  @Test
  void upload_path_isThereWithItsSum() throws IOException {
    Transfer transfer = store.upload("a/b", source());
    FileInfo file = await(transfer.future());
    assertThat(file).isEqualTo(new FileInfo("a/b", BYTES.length, FakeFiles.sum(BYTES)));
    assertThat(server.files.get("a/b")).isEqualTo(BYTES);
    assertThat(transfer.progress()).isEqualTo(new TransferProgress(BYTES.length, BYTES.length));
  }

  @Test
  void upload_emptyFile_isThere() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(await(store.upload("e", empty).future()).length()).isZero();
    assertThat(server.files.get("e")).isEmpty();
  }

  @Test
  void upload_cuts_goesOnFromWhatWasReceived() throws IOException {
    server.cuts.addAll(List.of(0, 1_000_000, 1, 700_000));
    await(store.upload("f", source()).future());
    assertThat(server.files.get("f")).isEqualTo(BYTES);
    assertThat(server.offsets).containsExactly(0L, 0L, 1_000_000L, 1_000_001L, 1_700_001L);
  }

  @Test
  void upload_cutsAndOnlyThen_announcesTheSum() throws IOException {
    server.cuts.add(1_000_000);
    await(store.upload("f", source()).future());
    assertThat(server.puts.get(0).text("sha256")).isNull();
    assertThat(server.puts.get(1).text("sha256")).isEqualTo(FakeFiles.sum(BYTES));
  }

  @Test
  void upload_sumKnown_isAnnounced() throws IOException {
    String sum = FakeFiles.sum(BYTES);
    await(
        store
            .upload("f", source(), UploadOptions.DEFAULT.withSha256(sum.toUpperCase(Locale.ROOT)))
            .future());
    assertThat(server.puts.get(0).text("sha256")).isEqualTo(sum);
  }

  @Test
  void upload_fence_travels() throws IOException {
    await(store.withFence(new Fence("l", 7)).upload("f", source()).future());
    assertThat(server.puts.get(0).get("fence")).hasToString("{\"lock\":\"l\",\"token\":7}");
  }

  @Test
  void upload_answerLost_isNotSentAgain() throws IOException {
    server.losesAnswer = true;
    await(store.upload("f", source()).future());
    assertThat(server.offsets).containsExactly(0L);
  }

  @Test
  void upload_anothersBeginning_startsOverOnce() throws IOException {
    server.parts.put("f", OTHERS);
    await(store.upload("f", source()).future());
    assertThat(server.files.get("f")).isEqualTo(BYTES);
    assertThat(server.offsets).containsExactly((long) OTHERS.length, 0L);
  }

  @Test
  void upload_ownBeginning_goesOnUnlessToldOtherwise() throws IOException {
    server.parts.put("f", Arrays.copyOf(BYTES, 1_234_567));
    await(store.upload("f", source()).future());
    server.parts.put("g", Arrays.copyOf(BYTES, 1_234_567));
    await(store.upload("g", source(), UploadOptions.DEFAULT.withResume(false)).future());
    assertThat(server.files.get("f")).isEqualTo(BYTES);
    assertThat(server.files.get("g")).isEqualTo(BYTES);
    assertThat(server.offsets).containsExactly(1_234_567L, 0L);
  }

  @Test
  void upload_longerBeginning_startsOver() throws IOException {
    server.parts.put("f", Arrays.copyOf(BYTES, BYTES.length + 1));
    await(store.upload("f", source()).future());
    assertThat(server.offsets).containsExactly(0L);
  }

  @Test
  void upload_damagedOnItsWay_isSentAgainAndThenCorrupt() throws IOException {
    server.damages.add(true);
    await(store.upload("mended", source()).future());
    assertThat(server.files.get("mended")).isEqualTo(BYTES);
    server.damages.addAll(List.of(true, true));
    assertThat(refusal(store.upload("f", source()).future())).isEqualTo(ErrorCode.CORRUPT);
    assertThat(server.offsets).containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  void upload_streamDamagedOnItsWay_isCorrupt() throws IOException {
    server.damages.add(true);
    AsyncFile file = await(vertx.fileSystem().open(source().toString(), new OpenOptions()));
    assertThat(refusal(store.upload("f", file, BYTES.length, UploadOptions.DEFAULT).future()))
        .isEqualTo(ErrorCode.CORRUPT);
    await(file.close());
  }

  @Test
  void upload_conflictAfterACut_waitsForTheServerToNoticeIt() throws IOException {
    server.cuts.add(1_000_000);
    server.refusals.addAll(List.of("conflict", "conflict"));
    await(store.upload("f", source()).future());
    assertThat(server.files.get("f")).isEqualTo(BYTES);
  }

  @Test
  void upload_refusedAtOnce_failsWithTheCode() throws IOException {
    for (String error : List.of("conflict", "too_large", "busy", "fenced", "bad_request")) {
      server.refusals.add(error);
      assertThat(refusal(store.upload(error, source()).future()).wire()).isEqualTo(error);
    }
    assertThat(server.puts).hasSize(5);
  }

  @Test
  void upload_serverDrains_isTriedAgain() throws IOException {
    server.refusals.add("shutting_down");
    await(store.upload("f", source()).future());
    assertThat(server.files.get("f")).isEqualTo(BYTES);
  }

  @Test
  void upload_cutWithoutEnd_failsOnceItsPatienceIsOver() throws IOException {
    for (int i = 0; i < 1000; i++) {
      server.cuts.add(0);
    }
    UploadOptions impatient = UploadOptions.DEFAULT.withPatience(LONGER_THAN_ANY_PAUSE);
    assertThat(catchThrowable(() -> await(store.upload("f", source(), impatient).future())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no progress for 2500 ms (patience)")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void transfer_serverGoesAway_isConnectedUntilThen() throws IOException {
    Halt halt = halted();
    Transfer transfer = store.upload("f", source());
    halt.awaitReached();
    assertThat(transfer.isConnected()).isTrue();
    server.close();
    while (transfer.isConnected()) {
      await(vertx.timer(10));
    }
    assertThat(transfer.future().isComplete()).isFalse();
    transfer.cancel();
    halt.end();
  }

  @Test
  void upload_connectionStandsStill_anotherIsMade() throws IOException {
    Halt halt = halted();
    UploadOptions impatient = UploadOptions.DEFAULT.withPatience(Duration.ofSeconds(12));
    Path large = Files.write(folder.resolve("large"), bytes(20_000_000, 3));
    Transfer transfer = store.upload("f", large, impatient);
    assertThat(await(transfer.future()).length()).isEqualTo(20_000_000);
    halt.end();
  }

  @Test
  void upload_noSuchFile_failsAndAsksNothing() {
    Throwable thrown =
        catchThrowable(() -> await(store.upload("f", folder.resolve("none")).future()));
    assertThat(thrown).isInstanceOf(NoSuchFileException.class);
    assertThat(server.puts).isEmpty();
  }

  @Test
  void upload_asyncFile_isThere() throws IOException {
    AsyncFile file =
        await(vertx.fileSystem().open(source().toString(), new OpenOptions().setWrite(false)));
    FileInfo info = await(store.upload("f", file, BYTES.length, UploadOptions.DEFAULT).future());
    assertThat(info.sha256()).isEqualTo(FakeFiles.sum(BYTES));
    assertThat(server.files.get("f")).isEqualTo(BYTES);
    await(file.close());
  }

  @Test
  void upload_streamAndACut_failsWithTheCut() throws IOException {
    server.cuts.add(1_000_000);
    AsyncFile file = await(vertx.fileSystem().open(source().toString(), new OpenOptions()));
    assertThat(
            catchThrowable(
                () -> await(store.upload("f", file, BYTES.length, UploadOptions.DEFAULT).future())))
        .isInstanceOf(IOException.class);
    assertThat(server.puts).hasSize(1);
    await(file.close());
  }

  @Test
  void upload_streamOfAnotherLength_fails() throws IOException {
    for (int wrong : new int[] {BYTES.length - 1, BYTES.length + 1}) {
      AsyncFile file = await(vertx.fileSystem().open(source().toString(), new OpenOptions()));
      assertThat(
              catchThrowable(
                  () -> await(store.upload("f", file, wrong, UploadOptions.DEFAULT).future())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the source");
      await(file.close());
    }
    assertThat(server.files).isEmpty();
  }

  @Test
  void upload_paused_standsStillUntilResumed() throws Exception {
    Halt halt = halted();
    Path large = Files.write(folder.resolve("large"), bytes(40_000_000, 3));
    Transfer transfer = store.upload("f", large);
    halt.awaitReached();
    transfer.pause();
    halt.end();
    await(client.ping());
    long before = settled(transfer);
    assertThat(before).isLessThan(40_000_000);
    transfer.resume();
    await(transfer.future());
    assertThat(server.files.get("f")).hasSize(40_000_000);
  }

  /** Where a transfer that is paused comes to a stop. */
  private static long settled(Transfer transfer) {
    long last = -1;
    while (last != transfer.progress().done()) {
      last = transfer.progress().done();
      await(vertx.timer(100));
    }
    return last;
  }

  @Test
  void upload_serverReadsNothing_holdsBackTheStream() {
    Halt halt = halted();
    long length = 1000 * 64 * 1024;
    Spring spring = new Spring(vertx, length);
    Transfer transfer = store.upload("f", spring, length, UploadOptions.DEFAULT);
    while (transfer.progress().done() == 0) {
      Thread.onSpinWait();
    }
    settled(transfer);
    assertThat(spring.given()).isLessThan(length / 2);
    halt.end();
    assertThat(await(transfer.future()).length()).isEqualTo(length);
  }

  @Test
  void upload_cancelled_leavesTheFileBeforeAndNothingElse() throws Exception {
    byte[] before = {1};
    server.files.put("f", before);
    Halt halt = halted();
    server.cuts.add(1000);
    Transfer transfer = store.upload("f", source());
    halt.awaitReached();
    transfer.cancel();
    halt.end();
    assertThat(refusal(transfer.future())).isEqualTo(ErrorCode.CANCELLED);
    assertThat(server.files.get("f")).isEqualTo(before);
    assertThat(server.puts).hasSize(2);
    assertThat(server.puts.get(1).size()).isZero();
  }

  @Test
  void transfer_clientClosed_fails() throws Exception {
    Halt halt = halted();
    Transfer transfer = store.upload("f", source());
    halt.awaitReached();
    await(client.close());
    assertThat(catchThrowable(() -> await(transfer.future())))
        .isInstanceOf(IOException.class)
        .hasMessage("the client was closed");
    halt.end();
    assertThat(catchThrowable(() -> await(store.upload("g", source()).future())))
        .hasMessage("the client was closed");
  }

  // Downloads.

  @Test
  void download_path_isThereAndNothingBesideIt() throws IOException {
    server.files.put("f", BYTES);
    Transfer transfer = store.download("f", target());
    assertThat(await(transfer.future()))
        .isEqualTo(new FileInfo("f", BYTES.length, FakeFiles.sum(BYTES)));
    assertThat(target()).hasBinaryContent(BYTES);
    assertThat(left()).containsExactly("target");
    assertThat(transfer.progress()).isEqualTo(new TransferProgress(BYTES.length, BYTES.length));
  }

  @Test
  void download_emptyFile_isThere() throws IOException {
    server.files.put("f", new byte[0]);
    await(store.download("f", target()).future());
    assertThat(target()).isEmptyFile();
  }

  @Test
  void download_cuts_goesOnFromWhatCame() throws IOException {
    server.files.put("f", BYTES);
    server.cuts.addAll(List.of(0, 1_000_000, 1, 700_000));
    await(store.download("f", target()).future());
    assertThat(target()).hasBinaryContent(BYTES);
    assertThat(server.offsets).containsExactly(0L, 0L, 1_000_000L, 1_000_001L, 1_700_001L);
  }

  @Test
  void download_replacedBetweenCuts_startsOver() throws IOException {
    server.files.put("f", BYTES);
    server.cuts.add(1_000_000);
    server.before.add(() -> server.files.put("f", OTHERS));
    await(store.download("f", target()).future());
    assertThat(target()).hasBinaryContent(OTHERS);
    assertThat(server.offsets).containsExactly(0L, 1_000_000L, 0L);
  }

  @Test
  void download_streamAndReplacedBetweenCuts_fails() throws IOException {
    server.files.put("f", BYTES);
    server.cuts.add(1_000_000);
    server.before.add(() -> server.files.put("f", OTHERS));
    AsyncFile file = await(vertx.fileSystem().open(target().toString(), new OpenOptions()));
    assertThat(
            catchThrowable(
                () -> await(store.download("f", file, DownloadOptions.DEFAULT).future())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("replaced");
    await(file.close());
  }

  @Test
  void download_wrongSum_isCorruptAndLeavesNothing() throws IOException {
    server.files.put("f", BYTES);
    server.lies.add("0".repeat(64));
    assertThat(refusal(store.download("f", target()).future())).isEqualTo(ErrorCode.CORRUPT);
    assertThat(left()).isEmpty();
  }

  @Test
  void download_partOfAnEarlierOne_goesOn() throws IOException {
    server.files.put("f", BYTES);
    Files.write(part(), Arrays.copyOf(BYTES, 1_234_567));
    await(store.download("f", target()).future());
    assertThat(target()).hasBinaryContent(BYTES);
    assertThat(server.offsets).containsExactly(1_234_567L);
  }

  @Test
  void download_partOfAnotherFile_startsOver() throws IOException {
    server.files.put("f", OTHERS);
    Files.write(part(), Arrays.copyOf(BYTES, 1_234_567));
    await(store.download("f", target()).future());
    assertThat(target()).hasBinaryContent(OTHERS);
    assertThat(server.offsets).containsExactly(1_234_567L, 0L);
  }

  @Test
  void download_partLongerThanTheFile_startsOver() throws IOException {
    server.files.put("f", OTHERS);
    Files.write(part(), BYTES);
    await(store.download("f", target()).future());
    assertThat(target()).hasBinaryContent(OTHERS);
  }

  @Test
  void download_partAndNoResume_startsOver() throws IOException {
    server.files.put("f", BYTES);
    Files.write(part(), OTHERS);
    await(store.download("f", target(), DownloadOptions.DEFAULT.withResume(false)).future());
    assertThat(target()).hasBinaryContent(BYTES);
    assertThat(server.offsets).containsExactly(0L);
  }

  @Test
  void download_fails_keepsWhatCameOnlyToResume() throws IOException {
    server.files.put("f", BYTES);
    for (boolean resume : new boolean[] {false, true}) {
      server.cuts.add(1_000_000);
      server.refusals.addAll(List.of("ok", "internal"));
      DownloadOptions options = DownloadOptions.DEFAULT.withResume(resume);
      assertThat(refusal(store.download("f", target(), options).future()))
          .isEqualTo(ErrorCode.INTERNAL);
      assertThat(left()).isEqualTo(resume ? List.of(".target.baozi-part") : List.of());
    }
    assertThat(Files.size(part())).isEqualTo(1_000_000);
  }

  @Test
  void download_twiceToOnePath_theSecondFails() throws Exception {
    server.files.put("f", BYTES);
    Halt halt = halted();
    Transfer first = store.download("f", target());
    halt.awaitReached();
    assertThat(catchThrowable(() -> await(store.download("f", target()).future())))
        .hasMessageContaining("another download to the same path has it");
    halt.end();
    await(first.future());
    assertThat(target()).hasBinaryContent(BYTES);
  }

  @Test
  void download_asyncFileThroughCuts_isRightAndClosed() throws IOException {
    server.files.put("f", BYTES);
    server.cuts.addAll(List.of(1_000_000, 1));
    AsyncFile file = await(vertx.fileSystem().open(target().toString(), new OpenOptions()));
    await(store.download("f", file, DownloadOptions.DEFAULT).future());
    assertThat(target()).hasBinaryContent(BYTES);
    assertThat(catchThrowable(() -> file.write(Buffer.buffer("x")))).hasMessageContaining("closed");
  }

  @Test
  void download_notFound_failsAndLeavesNothing() throws IOException {
    assertThat(refusal(store.download("f", target()).future())).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(left()).isEmpty();
  }

  @Test
  void download_cancelled_leavesNothing() throws Exception {
    server.files.put("f", BYTES);
    server.cuts.addAll(List.of(1_000_000));
    server.before.add(() -> {});
    Halt halt = halted();
    Transfer transfer = store.download("f", target());
    halt.awaitReached();
    assertThat(Files.exists(part())).isTrue();
    transfer.cancel();
    assertThat(refusal(transfer.future())).isEqualTo(ErrorCode.CANCELLED);
    halt.end();
    assertThat(left()).isEmpty();
  }

  @Test
  void download_paused_standsStillUntilResumed() {
    byte[] large = bytes(40_000_000, 3);
    server.files.put("f", large);
    Transfer transfer = store.download("f", target());
    while (transfer.progress().done() == 0) {
      Thread.onSpinWait();
    }
    transfer.pause();
    await(client.ping());
    long before = settled(transfer);
    assertThat(before).isLessThan(40_000_000);
    transfer.resume();
    await(transfer.future());
    assertThat(target()).hasBinaryContent(large);
  }

  @Test
  void download_targetIsFull_isHeldBackUntilItDrains() {
    byte[] large = bytes(40_000_000, 3);
    server.files.put("f", large);
    Sluice sluice = new Sluice();
    Transfer transfer = store.download("f", sluice, DownloadOptions.DEFAULT);
    while (transfer.progress().done() == 0) {
      Thread.onSpinWait();
    }
    assertThat(settled(transfer)).isLessThan(1_000_000);
    sluice.open();
    FileInfo file = await(transfer.future());
    assertThat(sluice.sum()).isEqualTo(file.sha256());
  }
}
