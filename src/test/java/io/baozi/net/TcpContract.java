package io.baozi.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.net.Wire.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a TCP peer sees of a server, over whatever transport carries the bytes. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TcpContract {
  private final Transport transport;
  private Served served;
  private int lastQueue;

  TcpContract(Transport transport) {
    this.transport = transport;
  }

  @BeforeAll
  final void start() {
    served = Served.start(transport, "");
  }

  @AfterAll
  final void stop() {
    served.close();
  }

  @Test
  final void conversation_cutAtEveryByte_isAnsweredAlike() throws IOException {
    byte[] all = conversation("cut");
    try (Wire beside = served.connect()) {
      List<String> expected = converse(all, all.length, beside);
      assertThat(expected).hasSize(8);
      for (int cut = 1; cut < all.length; cut++) {
        assertThat(converse(all, cut, beside))
            .as("cut at %d", cut)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  private static byte[] conversation(String queue) {
    return Wire.join(
        Wire.frame("{\"op\":\"hello\",\"id\":1,\"version\":1}"),
        frame("{\"op\":\"queue.put\",\"id\":2,\"queue\":\"" + queue + "\"}", "baozi"),
        frame(
            "{\"op\":\"queue.put\",\"id\":3,\"queue\":\"" + queue + "\",\"sizes\":[2,0,1]}", "abc"),
        Wire.frame(
            "{\"op\":\"queue.take\",\"id\":4,\"queue\":\""
                + queue
                + "\",\"max\":9,\"autoAck\":true}"),
        frame("{\"op\":\"echo\"}", "nobody waits for this"),
        frame("{\"op\":\"echo\",\"id\":5}", "\0\1\2{}"),
        frame("{\"op\":\"no.such\",\"id\":6}", "skipped"),
        frame("{\"op\":\"no.such\"}", "skipped without a word"),
        Wire.frame("{\"op\":\"ping\",\"id\":7}"),
        Wire.frame("{\"op\":\"bye\",\"id\":8}"));
  }

  /** The answers to a conversation in two reads, as far as the server can be made to take two. */
  private List<String> converse(byte[] all, int cut, Wire beside) throws IOException {
    List<String> answers = new ArrayList<>();
    try (Wire wire = served.connect()) {
      wire.send(Arrays.copyOf(all, cut));
      beside.ask("{\"op\":\"ping\",\"id\":1}");
      wire.send(Arrays.copyOfRange(all, cut, all.length));
      for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
        String json = frame.json().replaceAll("\"session\":\"\\w+\"", "");
        answers.add(
            json.replaceAll("\"msg\":\\d+", "").replaceAll("\"msgs\":\\[[\\d,]+]", "")
                + new String(frame.body(), UTF_8));
      }
    }
    return answers;
  }

  @Test
  final void frames_manyInOneWrite_areAllAnsweredInOrder() throws IOException {
    try (Wire wire = served.connect()) {
      byte[][] frames = new byte[5000][];
      for (int i = 0; i < frames.length; i++) {
        frames[i] = Wire.frame("{\"op\":\"ping\",\"id\":" + (i + 1) + "}");
      }
      wire.send(Wire.join(frames));
      for (int i = 0; i < frames.length; i++) {
        assertThat(wire.read().id()).isEqualTo(i + 1);
      }
    }
  }

  @Test
  final void request_thatWaits_doesNotHoldUpThoseBehindIt() throws IOException {
    String queue = newQueue();
    try (Wire wire = served.connect()) {
      wire.send(take(1, queue));
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":2}").id()).isEqualTo(2);
      wire.send(put(3, queue), new byte[] {7});
      Frame one = wire.read();
      Frame other = wire.read();
      assertThat(List.of(one.id(), other.id())).containsExactlyInAnyOrder(1L, 3L);
    }
  }

  @Test
  final void id_ofARequestStillOutstanding_isBadRequestWithoutId() throws IOException {
    String queue = newQueue();
    try (Wire wire = served.connect()) {
      wire.send(take(1, queue));
      Frame refusal = wire.ask("{\"op\":\"ping\",\"id\":1}");
      assertThat(refusal.id()).isEqualTo(-1);
      assertThat(refusal.error()).isEqualTo("bad_request");
      wire.send(put(2, queue), new byte[] {7});
      long one = wire.read().id();
      long other = wire.read().id();
      assertThat(List.of(one, other)).containsExactlyInAnyOrder(1L, 2L);
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":1}").json()).contains("\"ok\":true");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1.5", "1e3", "\"7\"", "true", "[1]", "{}", "9007199254740992"})
  final void id_ofTheWrongTypeOrRange_isBadRequestWithoutId(String id) throws IOException {
    try (Wire wire = served.connect()) {
      Frame refusal = wire.ask("{\"op\":\"ping\",\"id\":" + id + "}");
      assertThat(refusal.id()).isEqualTo(-1);
      assertThat(refusal.error()).isEqualTo("bad_request");
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":9007199254740991}").id())
          .isEqualTo(9007199254740991L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":4}", "{\"id\":4,\"op\":5}", "{\"id\":4,\"op\":null}"})
  final void op_missingOrNoText_isBadRequest(String header) throws IOException {
    try (Wire wire = served.connect()) {
      Frame refusal = wire.ask(header);
      assertThat(refusal.id()).isEqualTo(4);
      assertThat(refusal.error()).isEqualTo("bad_request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":1}", "{\"op\":\"no.such\"}", "{\"op\":7}", "{\"op\":\"queue.take\"}"})
  final void refusal_ofARequestWithoutId_isNotSent(String header) throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(header).send(header, new byte[5]).send(header, new byte[100_000]);
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":1}").json()).isEqualTo("{\"id\":1,\"ok\":true}");
    }
  }

  static List<byte[]> badFrames() {
    List<byte[]> bad = new ArrayList<>();
    for (int length : new int[] {0, 1, 65537, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      bad.add(ByteBuffer.allocate(4).putInt(length).array());
    }
    for (String header :
        new String[] {
          "[]",
          "17",
          "null",
          "{",
          "{}}",
          "{\"op\":\"ping\",\"op\":\"ping\"}",
          "{\"op\":\"ping\"} x",
          "{\"size\":null}",
          "{\"size\":1.0}",
          "{\"size\":-1}",
          "{\"size\":\"1\"}",
          "{\"size\":9007199254740992}",
          "{\"size\":1,\"size\":1}",
          "{'op':'ping'}"
        }) {
      bad.add(Wire.frame(header));
    }
    bad.add(new byte[] {0, 0, 0, 9, '{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'});
    return bad;
  }

  @ParameterizedTest
  @MethodSource("badFrames")
  final void badFrame_withAMegabyteBehindIt_isAnsweredOnceThenTheStreamEnds(byte[] bad)
      throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(Wire.join(Wire.frame("{\"op\":\"ping\",\"id\":1}"), bad));
      wire.send(new byte[1 << 20]);
      assertThat(wire.read().id()).isEqualTo(1);
      Frame refusal = wire.read();
      assertThat(refusal.error()).isEqualTo("bad_frame");
      assertThat(refusal.id()).isEqualTo(-1);
      assertThat(wire.read()).isNull();
    }
  }

  @Test
  final void badFrame_behindARequestThatWaits_cancelsItFirst() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(take(1, newQueue())).send(new byte[4]);
      assertThat(wire.read().error()).isEqualTo("cancelled");
      assertThat(wire.read().error()).isEqualTo("bad_frame");
      assertThat(wire.read()).isNull();
    }
  }

  @Test
  final void http_getRequest_isToldInWords() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("GET / HTTP/1.1\r\nHost: baozi\r\n\r\n".getBytes(UTF_8));
      assertThat(wire.read().header().text("message")).contains("HTTP");
      assertThat(wire.read()).isNull();
    }
  }

  @Test
  final void tls_clientHello_isToldInWords() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
      assertThat(wire.read().header().text("message")).contains("TLS");
      assertThat(wire.read()).isNull();
    }
  }

  @Test
  final void halfClose_peer_getsItsAnswersAndWhatWaitsIsCancelled() throws IOException {
    String queue = newQueue();
    String empty = newQueue();
    try (Wire wire = served.connect();
        Wire beside = served.connect()) {
      wire.send(
          Wire.join(
              Wire.frame(take(1, empty)),
              frame(put(2, queue), "m"),
              Wire.frame(take(3, queue)),
              Wire.frame("{\"op\":\"ping\",\"id\":4}")));
      wire.endOutput();
      List<String> answers = new ArrayList<>();
      for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
        answers.add(frame.id() + " " + frame.error());
      }
      assertThat(answers).containsExactly("2 null", "3 null", "4 null", "1 cancelled");
      Frame again = beside.ask(take(1, queue));
      assertThat(again.json()).contains("\"attempt\":2");
    }
  }

  @Test
  final void halfClose_whileNotRead_stillAnswersAllThatWasSent() throws IOException {
    try (Served narrow = Served.start(transport, "maxInFlight:1");
        Wire wire = narrow.connect();
        Wire beside = narrow.connect()) {
      wire.send(take(1, "q"));
      beside.ask("{\"op\":\"ping\",\"id\":1}");
      wire.send("{\"op\":\"ping\",\"id\":2}").send("{\"op\":\"ping\",\"id\":3}");
      wire.endOutput();
      Set<String> answers = new HashSet<>();
      for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
        answers.add(frame.id() + " " + frame.error());
      }
      assertThat(answers).containsExactlyInAnyOrder("2 null", "3 null", "1 cancelled");
    }
  }

  @Test
  final void reset_inTheMiddleOfAFrame_givesBackWhatThePeerHeld() throws IOException {
    String queue = newQueue();
    try (Wire beside = served.connect()) {
      Wire wire = served.connect();
      wire.send(put(1, queue), new byte[] {1}).send(take(2, queue));
      wire.read();
      wire.read();
      beside.send(take(1, queue));
      wire.send(new byte[] {0, 0, 0, 50, '{'});
      wire.reset();
      assertThat(beside.read().json()).contains("\"attempt\":2");
    }
  }

  @Test
  final void body_tooLarge_isSkippedAndTheConnectionLives() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("{\"op\":\"echo\",\"id\":1}", new byte[(1 << 20) + 1]);
      Frame refusal = wire.ask("{\"op\":\"ping\",\"id\":2}");
      assertThat(refusal.id()).isEqualTo(1);
      assertThat(refusal.error()).isEqualTo("too_large");
      assertThat(refusal.header().text("message")).contains("maxMessage", "1048577");
      assertThat(wire.read().id()).isEqualTo(2);
    }
  }

  @Test
  final void body_ofTheLargestMessage_comesBackWhole() throws IOException {
    byte[] body = new byte[1 << 20];
    new java.util.Random(1).nextBytes(body);
    try (Wire wire = served.connect()) {
      wire.send("{\"op\":\"echo\",\"id\":1}", body);
      assertThat(wire.read().body()).isEqualTo(body);
    }
  }

  @Test
  final void body_ofAnUnknownOperation_isSkippedWhateverItsLength() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("{\"op\":\"no.such\",\"id\":1}", new byte[3 << 20]);
      assertThat(wire.read().error()).isEqualTo("unknown_op");
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":2}").id()).isEqualTo(2);
    }
  }

  @Test
  final void halfClose_sessionWithGrace_isAnsweredCancelledAndStays() throws IOException {
    String queue = newQueue();
    try (Wire wire = served.connect();
        Wire next = served.connect()) {
      String session = greet(wire, "\"grace\":60000");
      wire.send(put(2, queue), new byte[] {7}).send(take(3, queue)).send(take(4, queue));
      wire.endOutput();
      assertThat(List.of(wire.read().id(), wire.read().id())).containsExactly(2L, 3L);
      assertThat(wire.read().error()).isEqualTo("cancelled");
      assertThat(wire.read()).isNull();
      assertThat(resume(next, session).json()).contains("\"resumed\":true");
      assertThat(next.ask(ack(5, queue)).json()).contains("\"acked\":0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100_000})
  final void resume_afterAReset_answersATakeAgainWithItsBody(int length) throws IOException {
    String queue = newQueue();
    byte[] body = new byte[length];
    new java.util.Random(length).nextBytes(body);
    Wire wire = served.connect();
    final String session = greet(wire, "\"grace\":60000");
    wire.send(put(2, queue), body).send(take(3, queue));
    assertThat(wire.read().error()).isNull();
    Frame taken = wire.read();
    wire.reset();
    try (Wire next = served.connect()) {
      assertThat(resume(next, session).json()).contains("\"resumed\":true");
      String again = take(3, queue).replace("}", ",\"again\":true}");
      for (int i = 0; i < 2; i++) {
        Frame frame = next.ask(again);
        assertThat(frame.json()).isEqualTo(taken.json()).contains("\"attempt\":1");
        assertThat(frame.body()).isEqualTo(body);
      }
    }
  }

  @Test
  final void resume_whileTheOldConnectionStands_cancelsItsWaitsAndClosesIt() throws IOException {
    String queue = newQueue();
    try (Wire wire = served.connect();
        Wire next = served.connect()) {
      String session = greet(wire, "\"grace\":60000");
      wire.send(take(2, queue));
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":3}").id()).isEqualTo(3);
      assertThat(resume(next, session).json()).contains("\"resumed\":true");
      wire.send("{\"op\":\"ping\",\"id\":4}");
      assertThat(wire.read().error()).isEqualTo("cancelled");
      assertThat(wire.read()).isNull();
      Frame info = next.ask("{\"op\":\"server.info\",\"id\":2}");
      assertThat(info.error()).isNull();
    }
  }

  @Test
  final void heartbeat_peerIsSilentForTwo_isCutAndItsSessionGivesBack() throws IOException {
    String queue = newQueue();
    try (Wire beside = served.connect();
        Wire wire = served.connect()) {
      wire.send(put(2, queue), new byte[] {7}).send(take(3, queue));
      assertThat(List.of(wire.read().id(), wire.read().id())).containsExactly(2L, 3L);
      beside.send(take(1, queue));
      long since = System.nanoTime();
      greet(wire, "\"heartbeat\":200");
      assertThat(wire.read().json()).isEqualTo("{\"op\":\"ping\"}");
      assertThat(beside.read().json()).contains("\"attempt\":2");
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(millis(399));
      for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
        assertThat(frame.json()).isEqualTo("{\"op\":\"ping\"}");
      }
    }
  }

  @Test
  final void heartbeat_anyBytesOfThePeer_breakItsSilence() throws IOException {
    try (Wire wire = served.connect()) {
      greet(wire, "\"heartbeat\":1000");
      byte[] ping = Wire.frame("{\"op\":\"ping\",\"id\":2}");
      for (int i = 0; i < 4; i++) {
        assertThat(wire.read().json()).isEqualTo("{\"op\":\"ping\"}");
        wire.send(new byte[] {ping[i]});
      }
      wire.send(Arrays.copyOfRange(ping, 4, ping.length));
      assertThat(wire.read().id()).isEqualTo(2);
      assertThat(wire.ask("{\"op\":\"hello\",\"id\":3,\"heartbeat\":0}").id()).isEqualTo(3);
    }
  }

  @Test
  final void heartbeat_whileTheServerDoesNotRead_silenceDoesNotCount() throws IOException {
    try (Served narrow = Served.start(transport, "maxInFlight:1");
        Wire wire = narrow.connect();
        Wire beside = narrow.connect()) {
      greet(wire, "\"heartbeat\":500");
      wire.send(take(2, "q"));
      for (int i = 0; i < 5; i++) {
        assertThat(wire.read().json()).isEqualTo("{\"op\":\"ping\"}");
      }
      beside.send(put(1, "q"), new byte[] {7});
      assertThat(beside.read().error()).isNull();
      Frame frame = wire.read();
      while (frame.id() < 0) {
        frame = wire.read();
      }
      assertThat(frame.body()).containsExactly(7);
    }
  }

  /** Says hello; gives the name of the session. */
  private static String greet(Wire wire, String arguments) throws IOException {
    return wire.ask("{\"op\":\"hello\",\"id\":1," + arguments + "}").header().text("session");
  }

  private static Frame resume(Wire wire, String session) throws IOException {
    return wire.ask("{\"op\":\"hello\",\"id\":1,\"session\":\"" + session + "\"}");
  }

  private static String ack(long id, String queue) {
    return "{\"op\":\"queue.ack\",\"id\":" + id + ",\"queue\":\"" + queue + "\",\"msgs\":[]}";
  }

  @Test
  final void bye_asked_isAnsweredAndTheStreamEnds() throws IOException {
    try (Wire wire = served.connect()) {
      assertThat(wire.ask("{\"op\":\"bye\",\"id\":1}").json()).isEqualTo("{\"id\":1,\"ok\":true}");
      assertThat(wire.read()).isNull();
    }
  }

  @Test
  final void cancel_ofAWaitingTake_isAnsweredToBoth() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(take(1, newQueue())).send("{\"op\":\"cancel\",\"id\":2,\"request\":1}");
      assertThat(wire.read().error()).isEqualTo("cancelled");
      assertThat(wire.read().json()).isEqualTo("{\"id\":2,\"ok\":true}");
    }
  }

  @Test
  final void header_notCompleteInTime_isToldSoAndCut() throws IOException {
    try (Served strict = Served.start(transport, "headerTimeout:\"200ms\"");
        Wire wire = strict.connect()) {
      wire.send(new byte[] {0, 0, 0});
      endsWith(wire, "timeout", "headerTimeout");
    }
  }

  @Test
  final void body_withoutProgress_isToldSoAndCut() throws IOException {
    try (Served strict = Served.start(transport, "bodyTimeout:\"200ms\"");
        Wire wire = strict.connect()) {
      wire.send(frame("{\"op\":\"ping\",\"id\":1,\"size\":100}", ""));
      endsWith(wire, "timeout", "bodyTimeout");
    }
  }

  @Test
  final void idlePeer_longEnough_isToldSoAndCut() throws IOException {
    try (Served strict = Served.start(transport, "idleTimeout:\"1s\"");
        Wire wire = strict.connect()) {
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":1}").id()).isEqualTo(1);
      endsWith(wire, "timeout", "idleTimeout");
    }
  }

  @Test
  final void idlePeer_justAnswered_isNotIdleYet() throws IOException {
    try (Served strict = Served.start(transport, "idleTimeout:\"1s\"");
        Wire wire = strict.connect()) {
      wire.send("{\"op\":\"queue.take\",\"id\":1,\"queue\":\"q\",\"wait\":2000}");
      assertThat(wire.read().error()).isEqualTo("empty");
      long answered = System.nanoTime();
      endsWith(wire, "timeout", "idleTimeout");
      assertThat(Duration.ofNanos(System.nanoTime() - answered)).isGreaterThan(millis(600));
    }
  }

  private static void endsWith(Wire wire, String error, String word) throws IOException {
    Frame last = wire.read();
    assertThat(last.error()).isEqualTo(error);
    assertThat(last.id()).isEqualTo(-1);
    assertThat(last.header().text("message")).contains(word);
    assertThat(wire.read()).isNull();
  }

  @Test
  final void peer_thatNeverReads_isCutAndTheOneBesideItDoesNotNotice() throws Exception {
    try (Served strict = Served.start(transport, "writeTimeout:\"500ms\"");
        Wire deaf = Wire.withSmallBuffers(strict.port());
        Wire beside = strict.connect()) {
      CompletableFuture<Long> sent =
          CompletableFuture.supplyAsync(
              () -> {
                long bytes = 0;
                try {
                  byte[] body = new byte[64 * 1024];
                  for (int id = 1; bytes < 1L << 30; id++) {
                    deaf.send("{\"op\":\"echo\",\"id\":" + id + "}", body);
                    bytes += body.length;
                  }
                } catch (IOException e) {
                  return bytes;
                }
                return bytes;
              });
      int pings = 0;
      while (!sent.isDone()) {
        assertThat(beside.ask("{\"op\":\"ping\",\"id\":1}").id()).isEqualTo(1);
        pings++;
      }
      assertThat(sent.get()).isLessThan(64L << 20);
      assertThat(pings).isPositive();
    }
  }

  @Test
  final void reads_maxInFlightReached_pauseUntilSomethingIsAnswered() throws IOException {
    try (Served narrow = Served.start(transport, "maxInFlight:2");
        Wire wire = narrow.connect();
        Wire beside = narrow.connect()) {
      wire.send(Wire.join(Wire.frame(take(1, "q")), Wire.frame(take(2, "q"))));
      beside.ask("{\"op\":\"ping\",\"id\":1}");
      wire.send(put(3, "other"), new byte[] {3});
      beside.ask("{\"op\":\"ping\",\"id\":1}");
      Frame stats = beside.ask("{\"op\":\"queue.stats\",\"id\":2,\"queue\":\"other\"}");
      assertThat(stats.error()).isEqualTo("not_found");
      beside.send(put(4, "q"), new byte[] {1});
      assertThat(beside.read().error()).isNull();
      assertThat(List.of(wire.read().id(), wire.read().id())).containsExactly(1L, 3L);
    }
  }

  @Test
  final void connection_overTheLimit_isToldBusyAndTakesNobodysPlace() throws IOException {
    try (Served small = Served.start(transport, "maxConnections:2");
        Wire beside = small.connect();
        Wire first = small.connect()) {
      beside.ask("{\"op\":\"ping\",\"id\":1}");
      first.ask("{\"op\":\"ping\",\"id\":1}");
      try (Wire second = small.connect()) {
        Frame refusal = second.read();
        assertThat(refusal.error()).isEqualTo("busy");
        assertThat(refusal.header().text("message")).contains("maxConnections");
        assertThat(second.read()).isNull();
        first.endOutput();
        assertThat(first.read()).isNull();
        // The loop has seen the end of the first once it answers what came after it.
        beside.ask("{\"op\":\"ping\",\"id\":2}");
        beside.ask("{\"op\":\"ping\",\"id\":3}");
        try (Wire third = small.connect()) {
          assertThat(third.ask("{\"op\":\"ping\",\"id\":1}").error()).isNull();
        }
      }
    }
  }

  @Test
  final void port_takenByAnother_isNamedInTheError() throws IOException {
    Vertx vertx = Vertx.builder().withTransport(transport).build();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var options = TcpServerOptions.at("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> Served.await(vertx.deployVerticle(new TcpServer(options))))
          .isInstanceOf(BindException.class)
          .hasMessage(
              "TCP 127.0.0.1:"
                  + taken.getLocalPort()
                  + " is in use; stop what listens there, or choose another port (0 is any that is"
                  + " free)");
    } finally {
      Served.await(vertx.close());
    }
  }

  @Test
  final void host_notHere_isNamedInTheError() {
    Vertx vertx = Vertx.builder().withTransport(transport).build();
    try {
      var options = TcpServerOptions.at("192.0.2.1", 7654);
      assertThatThrownBy(() -> Served.await(vertx.deployVerticle(new TcpServer(options))))
          .isInstanceOf(BindException.class)
          .hasMessageStartingWith("TCP 192.0.2.1:7654 cannot be bound: ");
    } finally {
      Served.await(vertx.close());
    }
  }

  @Test
  final void byteOrder_little_isSpokenBothWays() throws IOException {
    try (Served little = Served.start(transport, "byteOrder:\"little\"");
        Wire wire =
            new Wire(
                new Socket(InetAddress.getLoopbackAddress(), little.port()),
                ByteOrder.LITTLE_ENDIAN)) {
      wire.send("{\"op\":\"echo\",\"id\":1}", new byte[300]);
      assertThat(wire.read().body()).hasSize(300);
    }
  }

  @Test
  final void body_largeWhileMemoryIsShort_isToldBusyAndTheConnectionLives() throws IOException {
    try (Served small = Served.start(transport, "memory:\"256KiB\"");
        Wire wire = small.connect();
        Wire beside = small.connect()) {
      byte[] half = new byte[50_000];
      wire.send(Wire.join(Wire.frame("{\"op\":\"echo\",\"id\":1,\"size\":100000}"), half));
      beside.ask("{\"op\":\"ping\",\"id\":1}");
      beside.send("{\"op\":\"echo\",\"id\":2}", new byte[100_000]);
      Frame refusal = beside.read();
      assertThat(refusal.error()).isEqualTo("busy");
      assertThat(refusal.id()).isEqualTo(2);
      wire.send(half);
      assertThat(wire.read().body()).hasSize(100_000);
      beside.send("{\"op\":\"echo\",\"id\":3}", new byte[100_000]);
      assertThat(beside.read().body()).hasSize(100_000);
    }
  }

  @Test
  final void drain_waitingRequestsAndIdlePeers_areToldAndEnd() throws IOException {
    try (Served stopping = Served.start(transport, "");
        Wire waiting = stopping.connect();
        Wire idle = stopping.connect()) {
      waiting.send(take(1, "q"));
      idle.ask("{\"op\":\"ping\",\"id\":1}");
      stopping.stop(Duration.ofSeconds(20));
      assertThat(waiting.read().error()).isEqualTo("shutting_down");
      assertThat(waiting.read()).isNull();
      assertThat(idle.read()).isNull();
      assertThatThrownBy(() -> connectForEver(stopping)).isInstanceOf(ConnectException.class);
    }
  }

  /** NIO lets go of a port that was closed only as its loop next looks for events. */
  private static void connectForEver(Served served) throws IOException {
    while (true) {
      served.connect().close();
    }
  }

  @Test
  final void loops_several_serveOneBroker() throws IOException {
    try (Served two = Served.start(transport, "loops:2")) {
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        wires.add(two.connect());
      }
      for (Wire wire : wires) {
        wire.send("{\"op\":\"queue.take\",\"id\":1,\"queue\":\"q\",\"autoAck\":true}");
        wire.ask("{\"op\":\"ping\",\"id\":2}");
      }
      for (int i = 0; i < wires.size(); i++) {
        try (Wire producer = two.connect()) {
          producer.send(put(1, "q"), new byte[] {(byte) i});
          assertThat(producer.read().error()).isNull();
        }
        assertThat(wires.get(i).read().body()).containsExactly(i);
        wires.get(i).close();
      }
    }
  }

  private String newQueue() {
    return "queue-" + ++lastQueue;
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static byte[] frame(String header, String body) {
    return Wire.frame(header, body.getBytes(UTF_8), ByteOrder.BIG_ENDIAN);
  }

  private static String put(long id, String queue) {
    return "{\"op\":\"queue.put\",\"id\":" + id + ",\"queue\":\"" + queue + "\"}";
  }

  private static String take(long id, String queue) {
    return "{\"op\":\"queue.take\",\"id\":" + id + ",\"queue\":\"" + queue + "\"}";
  }
}
