package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.net.Served;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and pipes on a whole server, whatever way leads to it. */
@Timeout(120)
abstract class FileClientContract {
  /** More than that many cuts let pass. */
  static final byte[] BYTES = new byte[8_000_000];

  /** More bytes than sockets and server take when nobody reads. */
  private static final long MUCH = 200_000_000;

  @TempDir static Path kept;
  static Served served;

  @TempDir Path folder;
  private Client client;
  FileStore store;

  @BeforeAll
  static void start() {
    new Random(1).nextBytes(BYTES);
    served = Served.start(Transport.NIO, "", "files:{dir:\"" + kept + "\"}");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void connect() {
    client = await(connectOne(served));
    store = client.files();
  }

  @AfterEach
  void disconnect() {
    await(client.close());
  }

  /** Connects to a server. */
  abstract Future<Client> connectOne(Served server);

  static ClientOptions options() {
    return ClientOptions.defaults().at("127.0.0.1", served.port());
  }

  Path source() throws IOException {
    return Files.write(folder.resolve("source"), BYTES);
  }

  private static ErrorCode refusal(Future<?> future) {
    Throwable thrown = catchThrowable(() -> await(future));
    assertThat(thrown).isInstanceOf(RefusedException.class);
    return ((RefusedException) thrown).code();
  }

  @Test
  void file_upAndDown_isTheSame() throws IOException {
    FileInfo up = await(store.upload("same/f", source()).future());
    FileInfo down = await(store.download("same/f", folder.resolve("target")).future());
    assertThat(down).isEqualTo(up);
    assertThat(folder.resolve("target")).hasBinaryContent(BYTES);
    FileStat stat = await(store.stat("same/f"));
    assertThat(stat.isWhole()).isTrue();
    assertThat(new FileInfo(stat.name(), stat.length(), stat.sha256())).isEqualTo(up);
    assertThat(stat.modified()).isPositive();
    assertThat(stat.received()).isNull();
  }

  @Test
  void asyncFile_upAndDown_isTheSame() throws IOException {
    AsyncFile source =
        await(served.vertx().fileSystem().open(source().toString(), new OpenOptions()));
    await(store.upload("async", source, BYTES.length, UploadOptions.DEFAULT).future());
    await(source.close());
    Path path = folder.resolve("target");
    AsyncFile target = await(served.vertx().fileSystem().open(path.toString(), new OpenOptions()));
    await(store.download("async", target, DownloadOptions.DEFAULT).future());
    assertThat(path).hasBinaryContent(BYTES);
  }

  @Test
  void files_listed_areThoseOfThePrefixByName() throws IOException {
    Path small = Files.write(folder.resolve("small"), new byte[] {1, 2, 3});
    for (String name : List.of("list/b", "list/a", "lisa")) {
      await(store.upload(name, small).future());
    }
    List<FileEntry> entries = await(store.list("list/"));
    assertThat(entries).extracting(FileEntry::name).containsExactly("list/a", "list/b");
    assertThat(entries).extracting(FileEntry::length).containsOnly(3L);
    await(store.delete("list/a"));
    assertThat(await(store.list("list/"))).extracting(FileEntry::name).containsExactly("list/b");
    assertThat(refusal(store.stat("list/a"))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(store.delete("list/a"))).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void change_fenceStale_isRefused() throws IOException {
    FileStore fenced = store.withFence(new Fence("nobody", 1));
    assertThat(refusal(fenced.upload("fenced", source()).future())).isEqualTo(ErrorCode.FENCED);
    assertThat(refusal(store.stat("fenced"))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(fenced.delete("fenced"))).isEqualTo(ErrorCode.FENCED);
  }

  @Test
  void upload_sumIsWrong_isCorruptAndKeepsWhatWasThere() throws IOException {
    Path small = Files.write(folder.resolve("small"), new byte[] {1, 2, 3});
    await(store.upload("wrong", small).future());
    UploadOptions wrong = UploadOptions.DEFAULT.withSha256("0".repeat(64));
    assertThat(refusal(store.upload("wrong", source(), wrong).future()))
        .isEqualTo(ErrorCode.CORRUPT);
    FileStat stat = await(store.stat("wrong"));
    assertThat(stat.length()).isEqualTo(3);
    assertThat(stat.received()).isNull();
  }

  @Test
  void download_overALink_writesWhatItLeadsTo() throws IOException {
    await(store.upload("linked", source()).future());
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    await(store.download("linked", link).future());
    assertThat(link).isSymbolicLink();
    assertThat(real).hasBinaryContent(BYTES);
  }

  @Test
  void download_targetIsNoRegularFile_isRefusedAndLeft() throws Exception {
    await(store.upload("special", source()).future());
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("none"));
    assertThat(catchThrowable(() -> await(store.download("special", fifo).future())))
        .hasMessageContaining("it is no regular file");
    assertThat(catchThrowable(() -> await(store.download("special", nowhere).future())))
        .hasMessageContaining("it is a link that leads nowhere");
    assertThat(Files.isRegularFile(fifo)).isFalse();
    assertThat(nowhere).isSymbolicLink();
  }

  @Test
  void upload_cancelled_leavesTheFileBeforeAndNothingElse() throws IOException {
    Path small = Files.write(folder.resolve("small"), new byte[] {1, 2, 3});
    await(store.upload("cancel", small).future());
    Promise<Void> begun = Promise.promise();
    Transfer transfer = store.upload("cancel", new Drip(begun), 1_000_000, UploadOptions.DEFAULT);
    await(begun.future());
    transfer.cancel();
    assertThat(refusal(transfer.future())).isEqualTo(ErrorCode.CANCELLED);
    FileStat stat = await(store.stat("cancel"));
    assertThat(stat.length()).isEqualTo(3);
    assertThat(stat.received()).isNull();
  }

  @Test
  void upload_streamFails_mayBeContinuedFromAPath() throws IOException {
    Promise<Void> begun = Promise.promise();
    Drip drip = new Drip(begun);
    Transfer transfer = store.upload("go-on", drip, BYTES.length, UploadOptions.DEFAULT);
    await(begun.future());
    drip.fail(new IOException("dried up"));
    assertThat(catchThrowable(() -> await(transfer.future()))).hasMessage("dried up");
    await(store.upload("go-on", source()).future());
    await(store.download("go-on", folder.resolve("target")).future());
    assertThat(folder.resolve("target")).hasBinaryContent(BYTES);
  }

  // Pipes.

  @Test
  void pipe_twoClients_passBytesBothWaysAndEnd() throws Exception {
    Client other = await(connectOne(served));
    Future<Pipe> first = client.pipe("both").open();
    Pipe here = await(other.pipe("both").open());
    Pipe there = await(first);
    BlockingQueue<String> came = new LinkedBlockingQueue<>();
    there.handler(bytes -> there.write(Buffer.buffer("re: ").appendBuffer(bytes)));
    Promise<Void> ended = Promise.promise();
    there.endHandler(v -> ended.complete());
    here.handler(bytes -> came.add(bytes.toString()));
    here.write(Buffer.buffer("a"));
    here.write(Buffer.buffer("b"));
    assertThat(List.of(came.take(), came.take())).containsExactly("re: a", "re: b");
    await(here.end());
    await(ended.future());
    await(there.end());
    await(other.close());
  }

  @Test
  void pipe_emptyWrite_comesOutAsOneToo() throws Exception {
    Client other = await(connectOne(served));
    Future<Pipe> first = client.pipe("empty").open();
    Pipe here = await(other.pipe("empty").open());
    BlockingQueue<String> came = new LinkedBlockingQueue<>();
    Promise<Void> ended = Promise.promise();
    await(first).endHandler(v -> ended.complete()).handler(bytes -> came.add(bytes.toString()));
    for (String text : List.of("a", "", "b", "")) {
      await(here.write(Buffer.buffer(text)));
    }
    await(here.end());
    await(ended.future());
    assertThat(came).containsExactly("a", "", "b", "");
    await(other.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 100_000, 1_000_000, 4_000_000})
  void pipe_slowReader_holdsBackTheWriterAndLosesNothing(int length) throws Exception {
    Client other = await(connectOne(served));
    Future<Pipe> first = client.pipe("slow").open();
    Pipe here = await(other.pipe("slow").open());
    Pipe there = await(first);
    there.pause();
    Buffer chunk = Buffer.buffer(new byte[length]);
    long written = 0;
    while (written < MUCH && !stuck(here)) {
      here.write(chunk);
      written += length;
    }
    assertThat(written).isLessThan(MUCH);
    long[] read = {0};
    Promise<Void> ended = Promise.promise();
    there.endHandler(v -> ended.complete()).handler(bytes -> read[0] += bytes.length());
    there.resume();
    await(here.end());
    await(ended.future());
    assertThat(read[0]).isEqualTo(written);
    await(other.close());
  }

  /** Whether nothing is taken from a pipe's queue for a while. */
  private static boolean stuck(Pipe pipe) {
    for (int i = 0; i < 50 && pipe.writeQueueFull(); i++) {
      await(served.vertx().timer(10));
    }
    return pipe.writeQueueFull();
  }

  @Test
  void pipe_largeWrite_comesInPiecesOfMaxMessage() throws Exception {
    Client other = await(connectOne(served));
    Future<Pipe> first = client.pipe("large").open();
    Pipe here = await(other.pipe("large").open());
    Pipe there = await(first);
    Buffer all = Buffer.buffer();
    Promise<Void> ended = Promise.promise();
    there.endHandler(v -> ended.complete()).handler(all::appendBuffer);
    here.write(Buffer.buffer(BYTES));
    await(here.end());
    await(ended.future());
    assertThat(all.getBytes()).isEqualTo(BYTES);
    await(other.close());
  }

  @Test
  void pipe_otherClientGone_ends() {
    Client other = await(connectOne(served));
    Future<Pipe> first = client.pipe("gone").open();
    await(other.pipe("gone").open());
    Promise<Void> ended = Promise.promise();
    await(first).endHandler(v -> ended.complete()).handler(bytes -> {});
    await(other.close());
    await(ended.future());
  }

  @Test
  void pipe_ownClientClosedWhileMuchIsHeld_leavesNoWriteOpen() {
    Client other = await(connectOne(served));
    Future<Pipe> first = client.pipe("held").open();
    Pipe pipe = await(other.pipe("held").open());
    await(first);
    List<Future<Void>> writes = new ArrayList<>();
    while (!stuck(pipe)) {
      writes.add(pipe.write(Buffer.buffer(BYTES)));
    }
    await(other.close());
    assertThat(catchThrowable(() -> await(Future.join(writes)))).isInstanceOf(IOException.class);
  }

  @Test
  void pipe_openedByNobodyElse_timesOutAndIsFree() {
    assertThat(refusal(client.pipe("alone").open(Duration.ZERO))).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(refusal(client.pipe("alone").open(Duration.ofMillis(50))))
        .isEqualTo(ErrorCode.TIMEOUT);
    Future<Pipe> first = client.pipe("alone").open();
    Pipe second = await(client.pipe("alone").open());
    await(first);
    assertThat(refusal(client.pipe("alone").open())).isEqualTo(ErrorCode.CONFLICT);
    await(second.end());
  }
}
