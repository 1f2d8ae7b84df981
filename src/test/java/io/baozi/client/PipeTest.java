package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.baozi.frame.Header;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pipes, against a server that does as it is told. */
@Timeout(60)
final class PipeTest extends FakeFilesFixture {
  private final BlockingQueue<String> came = new LinkedBlockingQueue<>();

  private Pipe open(FakeFiles.PipeScript script) {
    server.pipe = script;
    return await(client.pipe("p").open(Duration.ofSeconds(5)));
  }

  private static void data(Socket socket, String body) throws IOException {
    FakeFiles.push(socket, "{\"op\":\"pipe.data\",\"pipe\":\"p\"}", body);
  }

  private static void closed(Socket socket) throws IOException {
    FakeFiles.push(socket, "{\"op\":\"pipe.close\",\"pipe\":\"p\"}", "");
  }

  /** Reads until the client closes the pipe, and says so. */
  private void readToTheClose(Socket socket, DataInputStream in) throws IOException {
    Header header;
    while ((header = FakeFiles.header(in)) != null) {
      if ("pipe.close".equals(header.text("op"))) {
        came.add("close");
        FakeFiles.ok(socket, header, "");
        return;
      }
      came.add(new String(in.readNBytes((int) header.size()), StandardCharsets.UTF_8));
    }
  }

  @Test
  void data_bothWays_comesInOrderBufferByBufferAndEnds() throws Exception {
    Pipe pipe =
        open(
            (s, socket, in) -> {
              data(socket, "one");
              data(socket, "two");
              closed(socket);
            });
    Promise<Void> ended = Promise.promise();
    pipe.endHandler(v -> ended.complete()).handler(bytes -> came.add(bytes.toString()));
    await(ended.future());
    assertThat(came).containsExactly("one", "two");
  }

  @Test
  void end_afterWrites_closesBehindThem() throws Exception {
    Pipe pipe = open((s, socket, in) -> readToTheClose(socket, in));
    Promise<Void> ended = Promise.promise();
    pipe.endHandler(v -> ended.complete());
    pipe.write(Buffer.buffer("a"));
    pipe.write(Buffer.buffer("b"));
    await(pipe.end());
    await(ended.future());
    assertThat(came).containsExactly("a", "b", "close");
    assertThat(catchThrowable(() -> await(pipe.write(Buffer.buffer("c")))))
        .hasMessageContaining("this end has closed pipe p");
    await(pipe.end());
  }

  @Test
  void write_afterTheOtherEndClosed_fails() throws Exception {
    Pipe pipe = open((s, socket, in) -> closed(socket));
    Promise<Void> ended = Promise.promise();
    pipe.endHandler(v -> ended.complete()).handler(bytes -> {});
    await(ended.future());
    assertThat(catchThrowable(() -> await(pipe.write(Buffer.buffer("c")))))
        .hasMessageContaining("the other end has closed pipe p");
    await(pipe.end());
  }

  @Test
  void cut_open_isAnExceptionAndNoEnd() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    Pipe pipe = open((s, socket, in) -> cut.await());
    Promise<Throwable> thrown = Promise.promise();
    pipe.endHandler(v -> came.add("end")).handler(bytes -> {});
    pipe.exceptionHandler(thrown::complete);
    await(client.ping());
    cut.countDown();
    assertThat(await(thrown.future())).isInstanceOf(IOException.class);
    assertThat(catchThrowable(() -> await(pipe.write(Buffer.buffer("c")))))
        .isInstanceOf(IOException.class);
    assertThat(catchThrowable(() -> await(pipe.end()))).isInstanceOf(IOException.class);
    assertThat(came).isEmpty();
  }

  @Test
  void cut_beforeAnybodyListens_isToldToWhoeverThenDoes() {
    Pipe pipe = open((s, socket, in) -> socket.close());
    assertThat(catchThrowable(() -> await(pipe.end()))).isInstanceOf(IOException.class);
    Promise<Throwable> thrown = Promise.promise();
    pipe.exceptionHandler(thrown::complete);
    assertThat(await(thrown.future())).isInstanceOf(IOException.class);
  }

  @Test
  void fetch_amount_deliversNoMoreThanThat() throws Exception {
    Pipe pipe =
        open(
            (s, socket, in) -> {
              for (int i = 0; i < 5; i++) {
                data(socket, Integer.toString(i));
              }
              closed(socket);
            });
    Promise<Void> ended = Promise.promise();
    pipe.pause().endHandler(v -> ended.complete()).handler(bytes -> came.add(bytes.toString()));
    pipe.fetch(2);
    assertThat(List.of(came.take(), came.take())).containsExactly("0", "1");
    await(vertx.timer(50));
    assertThat(came).isEmpty();
    pipe.resume();
    await(ended.future());
    assertThat(came).containsExactly("2", "3", "4");
  }

  @Test
  void pause_reader_holdsBackTheServer() throws Exception {
    int frames = 1000;
    String large = "x".repeat(100_000);
    CountDownLatch sent = new CountDownLatch(frames);
    Pipe pipe =
        open(
            (s, socket, in) -> {
              for (int i = 0; i < frames; i++) {
                data(socket, large);
                sent.countDown();
              }
              closed(socket);
            });
    long[] bytes = {0};
    Promise<Void> ended = Promise.promise();
    pipe.pause().endHandler(v -> ended.complete()).handler(b -> bytes[0] += b.length());
    long before;
    do {
      before = sent.getCount();
      await(vertx.timer(100));
    } while (before != sent.getCount());
    assertThat(before).isPositive();
    pipe.resume();
    await(ended.future());
    assertThat(bytes[0]).isEqualTo(100_000L * frames);
  }

  @Test
  void write_slowReader_fillsTheQueueAndDrains() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    Pipe pipe =
        open(
            (s, socket, in) -> {
              read.await();
              readToTheClose(socket, in);
            });
    Buffer chunk = Buffer.buffer(new byte[100_000]);
    int written = 0;
    do {
      pipe.write(chunk);
      written++;
      if (written % 10 == 0) {
        await(vertx.timer(1));
      }
    } while (!pipe.writeQueueFull() && written < 1000);
    assertThat(pipe.writeQueueFull()).isTrue();
    Promise<Void> drained = Promise.promise();
    pipe.drainHandler(v -> drained.tryComplete());
    read.countDown();
    await(drained.future());
    await(pipe.end());
    assertThat(came).hasSize(written + 1);
  }

  @Test
  void open_clientClosed_fails() {
    server.pipe = (s, socket, in) -> in.read();
    Pipe pipe = await(client.pipe("p").open());
    Promise<Throwable> thrown = Promise.promise();
    pipe.exceptionHandler(thrown::complete);
    await(client.close());
    assertThat(await(thrown.future())).hasMessage("the client was closed");
    assertThat(catchThrowable(() -> await(client.pipe("p").open())))
        .hasMessage("the client was closed");
  }
}
