package io.baozi.net;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.message.Region;
import io.baozi.message.Reply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An outbox on the socket of a peer that reads when it is told to. */
@Timeout(60)
final class OutboxTest {
  /** More bytes than the system takes when the peer does not read. */
  private static final int MUCH = 64 << 20;

  /** So many replies behind a part of a file are much. */
  private static final int MANY = 256;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final Reception reception = new Reception(TcpServerOptions.at("127.0.0.1", 0));
  private Wire peer;
  private Outbox outbox;

  // On the loop only.
  private int writes;
  private int regulated;

  @BeforeEach
  void connect() throws IOException {
    Promise<NetSocket> accepted = Promise.promise();
    NetServer server =
        await(
            onLoop(
                    () ->
                        vertx
                            .createNetServer()
                            .connectHandler(accepted::complete)
                            .listen(0, "127.0.0.1"))
                .compose(listening -> listening));
    peer = Wire.connect(server.actualPort());
    NetSocketInternal socket = (NetSocketInternal) await(accepted.future());
    await(
        onLoop(
            () -> {
              socket.channelHandlerContext().pipeline().addFirst(new Counter());
              outbox = new Outbox(reception, new Socket(socket, loop), () -> regulated++);
              return null;
            }));
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    await(vertx.close());
  }

  /** Counts what leaves the outbox for the system. */
  private final class Counter extends ChannelOutboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The promise tells of it.
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      writes++;
      context.write(message, promise);
    }
  }

  private <T> Future<T> onLoop(Callable<T> call) {
    Promise<T> promise = Promise.promise();
    loop.runOnContext(
        v -> {
          try {
            promise.complete(call.call());
          } catch (Exception | AssertionError e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }

  /** What is done to the outbox in one task of its loop. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private void run(Step step) {
    await(
        onLoop(
            () -> {
              step.run();
              return null;
            }));
  }

  private static Reply reply(long id) {
    return Reply.ok(id);
  }

  private Reply file(long id, int length) throws IOException {
    Path path = Files.write(folder.resolve("file" + id), new byte[length]);
    return reply(id).withRegion(new Region(FileChannel.open(path), 0, length));
  }

  private void assertReads(long id, int size) throws IOException {
    Wire.Frame frame = peer.read();
    assertThat(frame).as("the frame with id " + id).isNotNull();
    assertThat(frame.id()).isEqualTo(id);
    assertThat(frame.body()).hasSize(size);
  }

  private boolean hasAllMemory() {
    return reception.hasMemory(reception.options().memory());
  }

  @Test
  void replies_flushedTogether_areOneWriteInOrder() throws Exception {
    run(
        () -> {
          for (int id = 1; id <= 3; id++) {
            outbox.add(reply(id).withBody(Buffer.buffer(new byte[id])));
          }
          assertThat(outbox.isEmpty()).isFalse();
          assertThat(writes).isZero();
          outbox.flush();
          assertThat(outbox.isEmpty()).isTrue();
          assertThat(writes).isEqualTo(1);
        });
    for (int id = 1; id <= 3; id++) {
      assertReads(id, id);
    }
  }

  @Test
  void reply_withALargeBody_keepsItsPlace() throws Exception {
    run(
        () -> {
          outbox.add(reply(1));
          outbox.add(reply(2).withBody(Buffer.buffer(new byte[1_000_000])));
          outbox.add(reply(3));
          outbox.flush();
        });
    assertReads(1, 0);
    assertReads(2, 1_000_000);
    assertReads(3, 0);
  }

  @Test
  void replies_whileAPartOfAFileIsWritten_waitUntilItHasLeftAndGoBeforeTheNext() throws Exception {
    run(
        () -> {
          outbox.add(file(2, MUCH));
          outbox.add(file(5, 10));
          outbox.add(reply(1));
          outbox.flush();
          assertThat(outbox.isStreaming()).isTrue();
          int before = writes;
          outbox.add(reply(3));
          outbox.flush();
          outbox.add(reply(4));
          outbox.flush();
          assertThat(writes).isEqualTo(before);
          assertThat(outbox.isEmpty()).isFalse();
        });
    assertReads(1, 0);
    assertReads(2, MUCH);
    assertReads(3, 0);
    assertReads(4, 0);
    assertReads(5, 10);
    await(onLoop(outbox::written).compose(written -> written));
    run(
        () -> {
          assertThat(outbox.isStreaming()).isFalse();
          assertThat(outbox.isEmpty()).isTrue();
          assertThat(regulated).isEqualTo(2);
        });
  }

  @Test
  void outbox_withManyBehindAPartOfAFile_holdsMuchUntilThatHasLeft() throws Exception {
    run(
        () -> {
          for (int id = 0; id < MANY; id++) {
            outbox.add(reply(id));
          }
          assertThat(outbox.isHoldingMuch()).isFalse();
          outbox.flush();
          outbox.add(file(MANY, MUCH));
          outbox.flush();
          for (int id = 1; id < MANY; id++) {
            outbox.add(reply(MANY + id));
          }
          assertThat(outbox.isHoldingMuch()).isFalse();
          outbox.add(reply(2 * MANY));
          assertThat(outbox.isHoldingMuch()).isTrue();
          assertThat(regulated).isZero();
        });
    for (int id = 0; id <= 2 * MANY; id++) {
      assertReads(id, id == MANY ? MUCH : 0);
    }
    run(
        () -> {
          assertThat(outbox.isHoldingMuch()).isFalse();
          assertThat(regulated).isEqualTo(1);
        });
  }

  @Test
  void bytes_thatThePeerHasNotTaken_areOnTheAccountUntilItHas() throws Exception {
    Future<Void> written =
        await(
            onLoop(
                () -> {
                  outbox.add(reply(1).withBody(Buffer.buffer(new byte[MUCH])));
                  assertThat(hasAllMemory()).isTrue();
                  outbox.flush();
                  return outbox.written();
                }));
    run(
        () -> {
          assertThat(written.isComplete()).isFalse();
          assertThat(reception.hasMemory(reception.options().memory() - MUCH + 1)).isFalse();
        });
    assertReads(1, MUCH);
    await(written);
    run(() -> assertThat(hasAllMemory()).isTrue());
  }

  @Test
  void written_ofWhatWaitsBehindAPartOfAFile_completesWhenThatIsTakenToo() throws Exception {
    Future<Void> written =
        await(
            onLoop(
                () -> {
                  assertThat(outbox.written().isComplete()).isTrue();
                  outbox.add(file(1, MUCH));
                  outbox.flush();
                  outbox.add(reply(2));
                  return outbox.written();
                }));
    run(() -> assertThat(written.isComplete()).isFalse());
    assertReads(1, MUCH);
    assertReads(2, 0);
    await(written);
  }

  @Test
  void written_ofAPartOfAFileBehindOneThatLeavesAtOnce_completesWhenItIsTaken() throws Exception {
    Future<Void> written =
        await(
            onLoop(
                () -> {
                  outbox.add(file(1, 10));
                  outbox.add(file(2, MUCH));
                  outbox.flush();
                  return outbox.written();
                }));
    run(() -> assertThat(written.isComplete()).isFalse());
    assertReads(1, 10);
    assertReads(2, MUCH);
    await(written);
  }

  @Test
  void close_whileMuchWaits_closesTheFilesAndKeepsNobodyWaiting() throws Exception {
    Reply waiting = file(2, 10);
    Reply late = file(3, 10);
    Future<Void> written =
        await(
            onLoop(
                () -> {
                  outbox.add(file(1, MUCH));
                  outbox.flush();
                  outbox.add(waiting);
                  return outbox.written();
                }));
    run(
        () -> {
          assertThat(written.isComplete()).isFalse();
          outbox.close();
          outbox.add(late);
          outbox.add(reply(4));
          assertThat(outbox.isEmpty()).isTrue();
        });
    await(written);
    assertThat(waiting.region().file().isOpen()).isFalse();
    assertThat(late.region().file().isOpen()).isFalse();
    assertReads(1, MUCH);
  }

  @Test
  void reply_thatCannotBeWritten_cutsThePeerAndLeavesNoHalfOfAFrame() throws Exception {
    run(
        () -> {
          outbox.add(reply(1));
          outbox.add(reply(2).withBody(broken()));
          outbox.flush();
          assertThat(writes).isZero();
          assertThat(reception.writer().length()).isZero();
          assertThat(outbox.isEmpty()).isTrue();
        });
    assertThat(peer.read()).isNull();
  }

  /** A body that says how long it is, and no more. */
  private static Buffer broken() {
    return (Buffer)
        Proxy.newProxyInstance(
            Buffer.class.getClassLoader(),
            new Class<?>[] {Buffer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("length")) {
                return 10;
              }
              throw new IllegalStateException("broken on cue");
            });
  }
}
