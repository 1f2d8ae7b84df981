package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baozi.message.ErrorCode;
import io.baozi.message.Inflow;
import io.baozi.message.RefusedException;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class UploadTest {
  @TempDir Path folder;

  private Vertx vertx;
  private WorkerExecutor workers;
  private Path path;
  private FileChannel file;
  private final CountDownLatch busy = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    vertx = Vertx.vertx();
    workers = vertx.createSharedWorkerExecutor("upload", 1);
    path = folder.resolve("part");
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @AfterEach
  void stop() throws Exception {
    busy.countDown();
    vertx.close().await(10, TimeUnit.SECONDS);
    file.close();
  }

  private Upload upload(FileChannel file, Inflow source) {
    return new Upload(workers, file, Sha256.digest(), source);
  }

  private static Inflow inflow(long length) {
    Object lock = new Object();
    return new Inflow(
        length,
        task -> {
          synchronized (lock) {
            task.run();
          }
        },
        () -> {});
  }

  private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The disk is slow: nothing is written until that is let go. */
  private void blockTheDisk() {
    workers.executeBlocking(() -> busy.await(10, TimeUnit.SECONDS), false);
  }

  @Test
  void body_inRandomPieces_isInTheFileWithItsDigest() throws Exception {
    byte[] body = FilePeer.bytes(1, 2_000_000);
    Random random = new Random(1);
    Upload upload = upload(file, null);
    int at = 0;
    while (at < body.length) {
      int to = Math.min(body.length, at + 1 + random.nextInt(3000));
      upload.piece(Buffer.buffer(body).slice(at, to), body.length - to);
      at = to;
    }
    assertThat(await(upload.end())).isEqualTo(Upload.End.WHOLE);
    assertThat(Files.readAllBytes(path)).isEqualTo(body);
    assertThat(upload.digest().digest()).isEqualTo(Sha256.digest().digest(body));
    assertThat(upload.written()).isEqualTo(body.length);
    assertThat(file.isOpen()).isFalse();
  }

  @Test
  void body_ofNoBytes_isWhole() throws Exception {
    Upload upload = upload(file, null);
    upload.empty();
    assertThat(await(upload.end())).isEqualTo(Upload.End.WHOLE);
    assertThat(file.isOpen()).isFalse();
  }

  @Test
  void source_isHeldBackWhileAWindowWaits() throws Exception {
    blockTheDisk();
    int piece = Upload.WINDOW / 4;
    Inflow source = inflow(8L * piece);
    Upload upload = upload(file, source);
    source.to(upload);
    for (int i = 0; i < 3; i++) {
      source.arrive(Buffer.buffer(new byte[piece]));
      assertThat(source.isHeld()).isFalse();
    }
    source.arrive(Buffer.buffer(new byte[piece]));
    assertThat(source.isHeld()).isTrue();
    assertThat(upload.written()).isZero();
    busy.countDown();
    for (int i = 0; i < 4; i++) {
      source.arrive(Buffer.buffer(new byte[piece]));
    }
    assertThat(await(upload.end())).isEqualTo(Upload.End.WHOLE);
    assertThat(Files.size(path)).isEqualTo(8L * piece);
  }

  @Test
  void body_thatIsCut_isInTheFileAsFarAsItCame() throws Exception {
    Upload upload = upload(file, null);
    byte[] body = FilePeer.bytes(2, 1000);
    upload.piece(Buffer.buffer(Arrays.copyOf(body, 400)), 600);
    upload.piece(Buffer.buffer(Arrays.copyOfRange(body, 400, 700)), 300);
    upload.cut();
    assertThat(await(upload.end())).isEqualTo(Upload.End.CUT);
    assertThat(upload.written()).isEqualTo(700);
    assertThat(Files.readAllBytes(path)).isEqualTo(Arrays.copyOf(body, 700));
    byte[] digest = Sha256.digest().digest(Arrays.copyOf(body, 700));
    assertThat(upload.digest().digest()).isEqualTo(digest);
  }

  @Test
  void disk_thatFailsInTheMiddle_failsAtTheEndOfTheBodyAndNotBefore() throws Exception {
    Upload upload = upload(file, null);
    upload.piece(Buffer.buffer("ab"), 4);
    while (upload.written() < 2) {
      Thread.onSpinWait();
    }
    file.close();
    upload.piece(Buffer.buffer("cd"), 2);
    await(workers.executeBlocking(() -> null, false));
    assertThat(upload.end().isComplete()).isFalse();
    upload.piece(Buffer.buffer("ef"), 0);
    assertThat(failure(upload)).isInstanceOf(ClosedChannelException.class);
    assertThat(upload.written()).isEqualTo(2);
  }

  @Test
  void source_resumedTooLate_isHeldBackAtTheNextPiece() throws Exception {
    blockTheDisk();
    Inflow source = inflow(4L * Upload.WINDOW);
    Upload upload = upload(file, source);
    source.to(upload);
    source.arrive(Buffer.buffer(new byte[Upload.WINDOW]));
    source.resume();
    source.arrive(Buffer.buffer(new byte[Upload.WINDOW]));
    assertThat(source.isHeld()).isTrue();
    busy.countDown();
    source.arrive(Buffer.buffer(new byte[2 * Upload.WINDOW]));
    assertThat(await(upload.end())).isEqualTo(Upload.End.WHOLE);
  }

  @Test
  void disk_thatIsFull_isToldAsBusy() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    FileChannel device = FileChannel.open(full, StandardOpenOption.WRITE);
    Upload upload = upload(device, null);
    upload.piece(Buffer.buffer("ab"), 2);
    upload.cut();
    assertThat(Disk.told(failure(upload)))
        .isInstanceOfSatisfying(
            RefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BUSY))
        .hasMessageContaining("full");
    assertThat(device.isOpen()).isFalse();
  }

  @Test
  void disk_thatIsFullInAnotherLanguage_isToldAsBusyByWhatIsLeftOfIt() {
    IOException german = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");
    assertThat(Disk.told(german, 4096))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BUSY));
    assertThat(Disk.told(german, 1 << 20)).isSameAs(german);
    assertThat(Disk.told(german)).isSameAs(german);
    RuntimeException other = new IllegalStateException("no disk");
    assertThat(Disk.told(other, 0)).isSameAs(other);
  }

  private static Throwable failure(Upload upload) throws Exception {
    try {
      throw new AssertionError("it ended as " + await(upload.end()));
    } catch (IOException e) {
      return e;
    }
  }
}
