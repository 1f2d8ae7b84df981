package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the command line says of servers that are not there or do not behave. */
@Timeout(60)
class MisbehaviourTest {
  @Test
  void noServer_isSaidInALine() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    CommandRun.Result result = CommandRun.at(port).of("ping");
    assertThat(result.err())
        .isEqualTo(
            "baozi: no server at 127.0.0.1:%d (connection refused); start one with `baozi serve`\n"
                .formatted(port));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(CommandRun.at(port).of("take", "q", "--output=json").err())
        .startsWith("{\"error\":\"connection\",\"message\":\"no server at ");
    assertThat(CommandRun.run("udp", "a", "--port", "" + port).exit()).isNotZero();
  }

  @Test
  void unknownHost_isSaidInALine() {
    CommandRun.Result result = CommandRun.run("ping", "--host", "no such host");
    assertThat(result.err()).isEqualTo("baozi: no host is called 'no such host'\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(CommandRun.run("udp", "a", "--host", "no such host").err())
        .isEqualTo("baozi: no host is called 'no such host'\n");
  }

  @Test
  void serverCloses_isSaidInALine() throws Exception {
    try (var server = FakeServer.raw(NetSocket::close)) {
      CommandRun.Result result = CommandRun.at(server.port()).of("ping");
      assertThat(result.err())
          .startsWith("baozi: the connection to 127.0.0.1:" + server.port() + " is lost: ")
          .hasLineCount(1);
      assertThat(result.exit()).isEqualTo(1);
    }
  }

  @Test
  void serverNeverAnswers_timesOut() throws Exception {
    try (var server = FakeServer.raw(socket -> {})) {
      CommandRun.Result result =
          CommandRun.at(server.port()).of("put", "q", "a", "--timeout", "200ms");
      assertThat(result.err()).isEqualTo("baozi: no answer to hello within 200 ms\n");
      assertThat(result.exit()).isEqualTo(124);
    }
  }

  @Test
  void serverSpeaksHttp_isSaidInALine() throws Exception {
    try (var server = FakeServer.raw(socket -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
      CommandRun.Result result = CommandRun.at(server.port()).of("echo", "a");
      assertThat(result.err()).contains("does not speak Baozi frames").hasLineCount(1);
      assertThat(result.exit()).isEqualTo(1);
    }
  }

  @Test
  void serverRefuses_itsWordsAreShown() throws Exception {
    try (var server = FakeServer.answering(call -> call.refuse("forbidden", "not you"))) {
      CommandRun.Result result = CommandRun.at(server.port()).of("put", "q", "a");
      assertThat(result.err()).isEqualTo("baozi: not you\n");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(CommandRun.at(server.port()).of("put", "q", "a", "--output=json").err())
          .isEqualTo("{\"error\":\"forbidden\",\"message\":\"not you\"}\n");
    }
  }

  @Test
  void ping_notAnswered_countsIt() throws Exception {
    try (var server = FakeServer.answering(call -> {})) {
      CommandRun.Result result =
          CommandRun.at(server.port()).of("ping", "-c", "2", "-i", "0", "--timeout", "100ms");
      assertThat(result.out())
          .isEqualTo(
              "no answer from 127.0.0.1:%1$d: seq=1\nno answer from 127.0.0.1:%1$d: seq=2\n2 sent, 0 answered\n"
                  .formatted(server.port()));
      assertThat(result.exit()).isEqualTo(124);
    }
  }

  @Test
  void putLines_serverDrainsMidway_namesTheFirstLineNotAcknowledged() throws Exception {
    try (var server = FakeServer.answering(MisbehaviourTest::acceptTwoOfThree)) {
      CommandRun.Result result =
          CommandRun.at(server.port()).stdin("1\n2\n3\n").of("put", "q", "--lines");
      assertThat(result.err())
          .isEqualTo(
              "baozi: it drains; 2 messages put in q, line 3 is the first that was not"
                  + " acknowledged\n");
      assertThat(result.exit()).isEqualTo(1);
    }
  }

  private static void acceptTwoOfThree(FakeServer.Call call) {
    var error = Map.of("at", 2, "error", "shutting_down", "message", "it drains");
    call.answer(
        "msgs", Json.of(java.util.Arrays.asList(7, 8, null)), "errors", Json.of(List.of(error)));
  }

  @Test
  void putLines_connectionLost_saysWhatIsNotKnown() throws Exception {
    try (var server = FakeServer.answering(call -> call.socket().close())) {
      CommandRun.Result result =
          CommandRun.at(server.port()).stdin("1\n2\n3\n").of("put", "q", "--lines");
      assertThat(result.err())
          .contains(" is lost: ")
          .endsWith(
              "; 0 messages put in q, line 1 is the first that was not acknowledged, 3 of lines 1"
                  + " to 3 may have been put all the same\n");
      assertThat(result.exit()).isEqualTo(1);
    }
  }

  @Test
  void take_acknowledgedTooLate_isSaid() throws Exception {
    try (var server = FakeServer.answering(call -> delivering(call, "acked", 1))) {
      CommandRun.Result result = CommandRun.at(server.port()).of("take", "q", "-n2");
      assertThat(result.out()).isEqualTo("ab");
      assertThat(result.err())
          .startsWith("baozi: 1 message written, but too late to be acknowledged, may come again;");
      assertThat(result.exit()).isEqualTo(1);
    }
  }

  @Test
  void take_connectionLostBeforeTheAcknowledgement_isSaid() throws Exception {
    try (var server = FakeServer.answering(call -> delivering(call))) {
      CommandRun.Result result = CommandRun.at(server.port()).of("take", "q", "-n2");
      assertThat(result.out()).isEqualTo("ab");
      assertThat(result.err())
          .endsWith("; 2 messages written, but not known to be acknowledged, may come again\n");
      assertThat(result.exit()).isEqualTo(1);
    }
  }

  /** Delivers a and b; answers the acknowledgement with these fields, or with a cut if none. */
  private static void delivering(FakeServer.Call call, Object... acked) {
    if (call.op().equals("queue.take")) {
      var msgs = List.of(Map.of("msg", 1, "attempt", 1), Map.of("msg", 2, "attempt", 1));
      call.send(
          Header.of("id", call.header().get("id"), "ok", true, "queue", "q")
              .with("msgs", Json.of(msgs), "sizes", new long[] {1, 1}),
          Buffer.buffer("ab"));
    } else if (acked.length == 0) {
      call.socket().close();
    } else {
      call.answer(acked);
    }
  }
}
