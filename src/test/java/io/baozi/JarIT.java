package io.baozi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.UdpPeer;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar that ships: transcripts of raw bytes, and its end on a signal. */
@Timeout(120)
final class JarIT {
  private static final int CAPACITY = 10_000;

  /**
   * What a peer sends and what it gets, byte for byte behind the length of the header; the jar is
   * new, so that ids start at 1.
   */
  private static final String[][] TRANSCRIPT = {
    {"{\"op\":\"ping\",\"id\":1}", "{\"id\":1,\"ok\":true}"},
    {
      "{\"op\":\"echo\",\"id\":9007199254740991,\"size\":2}\r\n",
      "{\"id\":9007199254740991,\"ok\":true,\"size\":2}\r\n"
    },
    {
      "{\"op\":\"queue.put\",\"id\":2,\"queue\":\"q\",\"size\":4}\0{}\n",
      "{\"id\":2,\"ok\":true,\"msg\":1,\"durable\":\"synced\"}"
    },
    {
      "{\"op\":\"queue.take\",\"id\":3,\"queue\":\"q\"}",
      "{\"id\":3,\"ok\":true,\"queue\":\"q\",\"msgs\":[{\"msg\":1,\"attempt\":1}],"
          + "\"sizes\":[4],\"size\":4}\0{}\n"
    },
    {
      "{\"op\":\"queue.ack\",\"id\":4,\"queue\":\"q\",\"msgs\":[1]}",
      "{\"id\":4,\"ok\":true,\"acked\":1,\"missing\":[]}"
    },
    {"{\"op\":\"bye\",\"id\":5}", "{\"id\":5,\"ok\":true}"},
  };

  @Test
  void transcript_ofRawBytes_isAnsweredByteForByte() throws Exception {
    try (JarProcess jar = JarProcess.serve();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), jar.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (String[] step : TRANSCRIPT) {
        out.write(prefixed(step[0]));
        byte[] expected = prefixed(step[1]);
        assertThat(new String(in.readNBytes(expected.length), UTF_8))
            .as(step[0])
            .isEqualTo(new String(expected, UTF_8));
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /** Header and body behind the header's length. */
  private static byte[] prefixed(String frame) {
    byte[] bytes = frame.getBytes(UTF_8);
    return ByteBuffer.allocate(4 + bytes.length).putInt(bodyStart(frame)).put(bytes).array();
  }

  private static int bodyStart(String frame) {
    int depth = 0;
    for (int i = 0; i < frame.length(); i++) {
      depth += frame.charAt(i) == '{' ? 1 : frame.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    throw new AssertionError(frame);
  }

  @Test
  void datagram_sent_comesBack() throws Exception {
    try (JarProcess jar = JarProcess.serve();
        UdpPeer peer = new UdpPeer("127.0.0.1", jar.udpPort())) {
      peer.send(new byte[] {1, 2, 3});
      assertThat(peer.receive()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void sigterm_duringPuts_answersAllOfThemOnceAndExitsWithZero() throws Exception {
    try (JarProcess jar = JarProcess.serve();
        Wire wire = Wire.connect(jar.port());
        Wire beside = Wire.connect(jar.port())) {
      beside.send("{\"op\":\"queue.take\",\"id\":1,\"queue\":\"empty\"}");
      int puts = CAPACITY + 2_000; // the last have to wait
      for (int id = 1; id <= puts; id++) {
        wire.send("{\"op\":\"queue.put\",\"id\":" + id + ",\"queue\":\"q\"}", new byte[] {1});
      }
      Map<String, Integer> answers = new TreeMap<>();
      for (int id = 1; id <= CAPACITY; id++) {
        count(answers, wire.read());
      }
      assertThat(answers).isEqualTo(Map.of("ok", CAPACITY));
      long asked = System.nanoTime();
      jar.terminate();
      for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
        count(answers, frame);
      }
      assertThat(answers).isEqualTo(Map.of("ok", CAPACITY, "shutting_down", 2_000));
      assertThat(beside.read().error()).isEqualTo("shutting_down");
      assertThat(beside.read()).isNull();
      assertThat(jar.awaitExit()).isZero();
      assertThat(System.nanoTime() - asked).isLessThan(10_000_000_000L); // the drain time
    }
  }

  private static void count(Map<String, Integer> answers, Frame frame) {
    answers.merge(frame.error() == null ? "ok" : frame.error(), 1, Integer::sum);
  }

  @Test
  void serve_inALittleHeap_answersAllThatIsTooMuchForIt() throws Exception {
    ExecutorService peers = Executors.newFixedThreadPool(16);
    try (JarProcess jar = JarProcess.serve("info", "64m")) {
      List<Callable<Map<String, Integer>>> all = new ArrayList<>();
      for (int peer = 0; peer < 16; peer++) {
        String queue = "q" + peer;
        all.add(() -> putMuch(jar.port(), queue));
      }
      Map<String, Integer> answers = new TreeMap<>();
      for (Future<Map<String, Integer>> each : peers.invokeAll(all)) {
        each.get().forEach((answer, times) -> answers.merge(answer, times, Integer::sum));
      }
      assertThat(answers).containsOnlyKeys("busy", "ok");
      jar.terminate();
      assertThat(jar.awaitExit()).isZero();
      assertThat(jar.log()).doesNotContain("OutOfMemoryError");
    } finally {
      peers.shutdown();
    }
  }

  /** Four of the largest messages at a time, over and over. */
  private static Map<String, Integer> putMuch(int port, String queue) throws Exception {
    Map<String, Integer> answers = new TreeMap<>();
    byte[] body = new byte[1 << 20];
    try (Wire wire = Wire.connect(port)) {
      for (int id = 1; id <= 24; id++) {
        wire.send("{\"op\":\"queue.put\",\"id\":" + id + ",\"queue\":\"" + queue + "\"}", body);
        if (id % 4 == 0) {
          for (int answer = 0; answer < 4; answer++) {
            count(answers, wire.read());
          }
        }
      }
    }
    return answers;
  }

  @Test
  void serve_portTaken_saysWhichAndExitsWithOne() throws Exception {
    try (JarProcess jar = JarProcess.serve()) {
      Process second =
          JarProcess.start(
              Map.of("BAOZI_SERVER_PORT", Integer.toString(jar.port()), "BAOZI_UDP_PORT", "0"));
      try {
        String error = new String(second.getErrorStream().readAllBytes(), UTF_8);
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(error)
            .isEqualTo(
                "baozi: TCP 127.0.0.1:%d is in use; stop what listens there, or choose another port (0 is any that is free)\n"
                    .formatted(jar.port()));
      } finally {
        second.destroyForcibly();
      }
    }
  }

  @Test
  void serve_started_saysInOneLineWhere() throws Exception {
    try (JarProcess jar = JarProcess.serve();
        Wire wire =
            new Wire(
                new Socket(InetAddress.getLoopbackAddress(), jar.port()), ByteOrder.BIG_ENDIAN)) {
      assertThat(jar.firstLine()).startsWith("baozi ").contains("serves on tcp 127.0.0.1:");
      assertThat(wire.ask("{\"op\":\"ping\",\"id\":1}").error()).isNull();
    }
  }

  @Test
  void serve_logLevel_isKept() throws Exception {
    assertThat(logAt("error")).isEmpty();
    assertThat(logAt("info")).contains("transport", "stopped in").doesNotContain("DEBUG");
  }

  private static String logAt(String level) throws Exception {
    try (JarProcess jar = JarProcess.serve(level)) {
      jar.terminate();
      assertThat(jar.awaitExit()).isZero();
      return jar.log();
    }
  }

  @Test
  void serve_unknownType_isAWrongConfiguration(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("wrong.json");
    Files.writeString(file, "{\"producers\": [{\"type\": \"tiker\", \"queue\": \"q\"}]}");
    Process process = JarProcess.start(Map.of(), file.toString(), "--output", "json");
    try {
      String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).isEqualTo(2);
      assertThat(error).startsWith("{\"error\":\"config\",\"message\":").contains("ticker");
    } finally {
      process.destroyForcibly();
    }
  }
}
