package io.baozi.file;

import static io.baozi.file.FilePeer.bytes;
import static io.baozi.file.FilePeer.ok;
import static io.baozi.file.FilePeer.refused;
import static io.baozi.file.FilePeer.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two clients see of a pipe between them, over whatever transport carries the bytes. */
@Timeout(60)
abstract class PipeContract {
  private static final int MIB = 1 << 20;

  private final Transport transport;

  @TempDir Path data;

  private FileServer server;
  private FilePeer one;
  private FilePeer two;

  PipeContract(Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  final void start() throws IOException {
    server = new FileServer(transport, data, "loops:2", "minFree:0");
    one = server.connect();
    two = server.connect();
  }

  @AfterEach
  final void stop() throws IOException {
    one.close();
    two.close();
    server.close();
  }

  /** Both ends open a pipe. */
  private void open(String pipe) throws IOException {
    long first = one.send("pipe.open", "pipe", pipe);
    one.lives(first);
    ok(two.ask("pipe.open", "pipe", pipe));
    one.ok(first);
  }

  private static void pushed(Frame frame, String op, String pipe) {
    assertThat(frame).isNotNull();
    assertThat(frame.header().text("op")).as(frame.json()).isEqualTo(op);
    assertThat(frame.header().text("pipe")).isEqualTo(pipe);
    assertThat(frame.id()).isEqualTo(-1);
  }

  private static void data(FilePeer peer, String pipe, byte[] body) throws IOException {
    Frame frame = peer.wire().read();
    pushed(frame, "pipe.data", pipe);
    assertThat(frame.body()).isEqualTo(body);
  }

  /** Sends a frame that wants no answer. */
  private static void pass(FilePeer peer, String pipe, byte[] body) throws IOException {
    peer.wire().send("{\"op\":\"pipe.data\",\"pipe\":\"" + pipe + "\"}", body);
  }

  @Test
  final void open_isAnsweredWhenBothEndsAreThere_andDataPassesBothWays() throws IOException {
    open("p");
    pass(one, "p", bytes("from one"));
    pass(two, "p", bytes("from two"));
    data(two, "p", bytes("from one"));
    data(one, "p", bytes("from two"));
    ok(one.answer(one.send("pipe.data", bytes("with an id"), "pipe", "p")));
    data(two, "p", bytes("with an id"));
    one.lives();
  }

  @Test
  final void open_nobodyComes_isTimeout() throws IOException {
    refused(one.ask("pipe.open", "pipe", "p", "wait", 0), "timeout", "p");
    refused(one.ask("pipe.open", "pipe", "p", "wait", 20), "timeout", "p");
    open("p");
    for (Object[] wrong : new Object[][] {{}, {"pipe", ""}, {"pipe", 7}, {"pipe", "\n"}}) {
      refused(one.ask("pipe.open", wrong), "bad_request", "pipe");
    }
    refused(one.ask("pipe.open", "pipe", "q", "wait", -1), "bad_request", "wait");
  }

  @Test
  final void open_whereTheOtherEndWaits_needsNoWait() throws IOException {
    long first = one.send("pipe.open", "pipe", "p", "wait", 60_000);
    one.lives(first);
    ok(two.ask("pipe.open", "pipe", "p", "wait", 0));
    one.ok(first);
  }

  @Test
  final void open_cancelled_isAnsweredAndThePipeIsForgotten() throws IOException {
    long waiting = one.send("pipe.open", "pipe", "p");
    long cancel = one.send("cancel", "request", waiting);
    Map<Long, Frame> answers = one.readAll(2);
    refused(answers.get(waiting), "cancelled");
    ok(answers.get(cancel));
    refused(one.ask("cancel", "request", waiting), "not_found");
    refused(two.ask("pipe.open", "pipe", "p", "wait", 0), "timeout");
  }

  @Test
  final void open_closedWhileItWaits_isCancelled() throws IOException {
    long waiting = one.send("pipe.open", "pipe", "p");
    long close = one.send("pipe.close", "pipe", "p");
    Map<Long, Frame> answers = one.readAll(2);
    refused(answers.get(waiting), "cancelled");
    ok(answers.get(close));
    refused(two.ask("pipe.open", "pipe", "p", "wait", 0), "timeout");
  }

  @Test
  final void open_theWaitingEndEndsItsOutput_isCancelledThere() throws IOException {
    long waiting = one.send("pipe.open", "pipe", "p");
    one.endOutput();
    refused(one.answer(waiting), "cancelled");
    assertThat(one.wire().read()).isNull();
    refused(two.ask("pipe.open", "pipe", "p", "wait", 0), "timeout");
  }

  @Test
  final void open_byAThirdOrBothEndsOfOneConnection_isConflict() throws IOException {
    long first = one.send("pipe.open", "pipe", "p");
    refused(one.ask("pipe.open", "pipe", "p"), "conflict", "p");
    ok(two.ask("pipe.open", "pipe", "p"));
    one.ok(first);
    refused(one.ask("pipe.open", "pipe", "p"), "conflict", "p");
    try (FilePeer third = server.connect()) {
      refused(third.ask("pipe.open", "pipe", "p"), "conflict", "p");
      refused(third.answer(third.send("pipe.data", bytes("x"), "pipe", "p")), "not_found");
      refused(third.ask("pipe.close", "pipe", "p"), "not_found");
    }
    pass(one, "p", bytes("still"));
    data(two, "p", bytes("still"));
  }

  @Test
  final void open_moreThan1024OfAConnection_isTooLarge() throws IOException {
    for (int i = 0; i < 1024; i++) {
      one.send("pipe.open", "pipe", "p" + i);
    }
    refused(one.ask("pipe.open", "pipe", "another"), "too_large", "1024", "maxPipes");
    ok(two.ask("pipe.open", "pipe", "p0"));
    one.ok(1);
    refused(two.ask("pipe.open", "pipe", "another", "wait", 0), "timeout");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000, 300_000, MIB})
  final void data_upToMaxMessage_comesInOneFrame(int length) throws IOException {
    open("p");
    byte[] body = bytes(length, length);
    pass(one, "p", body);
    pass(one, "p", bytes("behind"));
    data(two, "p", body);
    data(two, "p", bytes("behind"));
  }

  @Test
  final void data_longerThanMaxMessage_comesInSeveralFramesInOrder() throws IOException {
    open("p");
    byte[] body = bytes(1, 5 * MIB + 1);
    pass(one, "p", body);
    pass(one, "p", bytes("behind"));
    int at = 0;
    while (at < body.length) {
      Frame frame = two.wire().read();
      pushed(frame, "pipe.data", "p");
      assertThat(frame.body().length).isBetween(1, MIB);
      assertThat(frame.body()).isEqualTo(Arrays.copyOfRange(body, at, at + frame.body().length));
      at += frame.body().length;
    }
    data(two, "p", bytes("behind"));
  }

  @Test
  final void close_comesBehindAllThatWasSent() throws IOException {
    open("p");
    byte[] body = bytes(2, 900_000);
    pass(one, "p", body);
    pass(one, "p", bytes("small"));
    pass(one, "p", body);
    long last = one.send("pipe.data", bytes("last"), "pipe", "p");
    long close = one.send("pipe.close", "pipe", "p");
    long late = one.send("pipe.data", bytes("late"), "pipe", "p");
    data(two, "p", body);
    data(two, "p", bytes("small"));
    data(two, "p", body);
    data(two, "p", bytes("last"));
    pushed(two.wire().read(), "pipe.close", "p");
    Map<Long, Frame> answers = one.readAll(3);
    ok(answers.get(last));
    ok(answers.get(close));
    refused(answers.get(late), "not_found");
    for (FilePeer peer : new FilePeer[] {one, two}) {
      refused(peer.answer(peer.send("pipe.data", bytes("x"), "pipe", "p")), "not_found");
      Frame large = peer.answer(peer.send("pipe.data", new byte[2 * MIB], "pipe", "p"));
      refused(large, "not_found");
      refused(peer.ask("pipe.close", "pipe", "p"), "not_found");
      peer.lives();
    }
    open("p");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000, 900_000, 4_000_000})
  final void end_thatEndsItsOutput_closesBehindAllThatItSent(int length) throws Exception {
    open("p");
    byte[] body = bytes(3, length);
    byte[] frames =
        Wire.join(
            one.frame("pipe.data", body, "pipe", "p"),
            one.frame("pipe.data", body, "pipe", "p"),
            one.frame("pipe.data", bytes("behind"), "pipe", "p"));
    // Beside the reading: without it no more is taken than fits on the way.
    FutureTask<Void> sending =
        new FutureTask<>(
            () -> {
              one.wire().send(frames);
              one.endOutput();
              return null;
            });
    new Thread(sending, "sending").start();
    MessageDigest received = Sha256.digest();
    Frame push = two.wire().read();
    while ("pipe.data".equals(push.header().text("op"))) {
      received.update(push.body());
      push = two.wire().read();
    }
    pushed(push, "pipe.close", "p");
    String expected = sha256(Wire.join(body, body, bytes("behind")));
    assertThat(HexFormat.of().formatHex(received.digest())).isEqualTo(expected);
    sending.get();
    two.lives();
    assertThat(one.readAll()).hasSize(3).allSatisfy((id, answer) -> ok(answer));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 3 * MIB})
  final void data_whoseSenderEndsItsOutputWithinTheBody_isCancelled(int length) throws IOException {
    open("p");
    long id = one.announce("pipe.data", length, "pipe", "p");
    one.wire().send(new byte[length / 2]);
    one.endOutput();
    refused(one.answer(id), "cancelled", "cut");
    Frame push = two.wire().read();
    while ("pipe.data".equals(push.header().text("op"))) {
      push = two.wire().read();
    }
    pushed(push, "pipe.close", "p");
    two.lives();
  }

  @Test
  final void end_thatIsReset_closesTheOther() throws IOException {
    open("p");
    one.announce("pipe.data", 3 * MIB, "pipe", "p");
    one.wire().send(new byte[MIB]);
    one.wire().reset();
    Frame push = two.wire().read();
    while ("pipe.data".equals(push.header().text("op"))) {
      push = two.wire().read();
    }
    pushed(push, "pipe.close", "p");
    two.lives();
  }

  @Test
  final void data_withIdOnItsWayWhenTheOtherEndIsReset_isNotFound() throws IOException {
    open("p");
    long id = one.announce("pipe.data", 3 * MIB, "pipe", "p");
    one.wire().send(new byte[MIB]);
    pushed(two.wire().read(), "pipe.data", "p");
    two.wire().reset();
    pushed(one.wire().read(), "pipe.close", "p");
    one.wire().send(new byte[2 * MIB]);
    refused(one.answer(id), "not_found", "closed");
    one.lives();
  }

  /** The system's buffers have some of it; what the server holds is little. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 60_000, 256 * 1024, MIB, 32 * MIB})
  final void writer_whoseReaderDoesNotRead_isHeldBackUntilItDoes(int frame) throws Exception {
    open("p");
    two.close();
    two = server.connectWithSmallBuffers();
    pushed(one.wire().read(), "pipe.close", "p");
    open("p");
    byte[] body = bytes(4, frame);
    byte[] header = Wire.frame("{\"op\":\"pipe.data\",\"pipe\":\"p\",\"size\":" + frame + "}");
    int frames = 32 * MIB / frame;
    AtomicLong sent = new AtomicLong();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < frames; i++) {
                  one.wire().send(header);
                  for (int at = 0; at < frame; at += MIB) {
                    one.wire().send(Arrays.copyOfRange(body, at, Math.min(frame, at + MIB)));
                    sent.addAndGet(Math.min(frame - at, MIB));
                  }
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    awaitStandstill(sent);
    assertThat(sent.get()).as("bytes taken from the writer").isLessThan(20 * MIB);
    MessageDigest received = Sha256.digest();
    for (long read = 0; read < (long) frames * frame; ) {
      Frame push = two.wire().read();
      pushed(push, "pipe.data", "p");
      received.update(push.body());
      read += push.body().length;
    }
    writer.get();
    MessageDigest expected = Sha256.digest();
    for (int i = 0; i < frames; i++) {
      expected.update(body);
    }
    assertThat(received.digest()).isEqualTo(expected.digest());
    one.lives();
  }

  /** Until nothing more is taken, however often the server had its turn. */
  private void awaitStandstill(AtomicLong sent) throws IOException {
    try (FilePeer beside = server.connect()) {
      long before = -1;
      while (sent.get() != before || before == 0) {
        before = sent.get();
        for (int i = 0; i < 100; i++) {
          beside.lives();
        }
      }
    }
  }
}
