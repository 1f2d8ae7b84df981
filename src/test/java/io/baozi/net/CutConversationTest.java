package io.baozi.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.Wire.Frame;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A producer and a consumer that die together, at every byte of what they have to say: nothing that
 * was acknowledged is lost or doubled, and what was reserved is to be had at once, though its ttr
 * is an hour.
 */
@Timeout(240)
final class CutConversationTest {
  private static final String TTR = "3600000";
  private static Served served;

  @BeforeAll
  static void start() {
    served = Served.start(Transport.NIO, "loops:2");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void connections_endTheirSendingAtAnyByte_knowWhatBecameOfAllTheySent() throws Exception {
    int longest = new Run(0, 0).longest();
    for (int at = 0; at <= longest; at++) {
      new Run(at, longest - at).endBoth();
    }
  }

  @Test
  void connections_areResetAtAnyByte_loseNothingThatWasAcknowledged() throws Exception {
    int longest = new Run(0, 0).longest();
    for (int at = 0; at <= longest; at++) {
      new Run(at, at).resetBoth();
    }
  }

  /**
   * One queue's conversation: who puts, who takes, and a witness who was there before and after.
   */
  private static final class Run {
    private static int runs;

    private final String queue = "cut-%06d".formatted(++runs);
    private final Wire witness = served.connect();
    private final long[] msgs = new long[3];
    private final byte[] puts;
    private final byte[] takes;
    private final int putsCut;
    private final int takesCut;

    Run(int putsCut, int takesCut) throws IOException {
      witness.ask(
          "{\"op\":\"queue.declare\",\"id\":1,\"queue\":\"%s\",\"capacity\":5,\"ttr\":%s}"
              .formatted(queue, TTR));
      for (int i = 0; i < msgs.length; i++) {
        msgs[i] = (Long) witness.send(put(i + 2, ""), bytes("w" + i)).read().header().get("msg");
      }
      puts = producer();
      takes = consumer();
      this.putsCut = Math.min(putsCut, puts.length);
      this.takesCut = Math.min(takesCut, takes.length);
    }

    int longest() throws IOException {
      witness.close();
      return Math.max(puts.length, takes.length);
    }

    /** Fills the queue, waits for room with two that come together, and puts one under a key. */
    private byte[] producer() {
      return Wire.join(
          frame(put(1, ""), "p1"),
          frame(put(2, ""), "p2"),
          frame(put(3, ",\"sizes\":[2,2]"), "p3p4"),
          frame(put(4, ",\"key\":\"k\""), "p5"));
    }

    private byte[] consumer() {
      return Wire.join(
          frame(on("take", 1, ",\"max\":2"), ""),
          frame(on("consume", 2, ",\"credit\":1"), ""),
          frame(on("ack", 3, ",\"msgs\":[%d]".formatted(msgs[0])), ""),
          frame(on("nack", 4, ",\"msgs\":[%d]".formatted(msgs[1])), ""),
          frame(on("ack", 5, ",\"msgs\":[%d]".formatted(msgs[2])), ""),
          frame("{\"op\":\"queue.cancel\",\"id\":6,\"sub\":1}", ""));
    }

    void endBoth() throws IOException {
      try (witness;
          Wire producer = served.connect();
          Wire consumer = served.connect()) {
        producer.send(Arrays.copyOf(puts, putsCut));
        consumer.send(Arrays.copyOf(takes, takesCut));
        producer.endOutput();
        List<Frame> putAnswers = readAll(producer);
        consumer.endOutput();
        List<Frame> takeAnswers = readAll(consumer);
        Set<String> put = accepted(putAnswers);
        Set<String> gone = acknowledged(takeAnswers);
        List<String> left = drain();
        Set<String> expected = new HashSet<>(put);
        expected.removeAll(gone);
        assertThat(left).as(where()).containsExactlyInAnyOrderElementsOf(expected);
      }
    }

    void resetBoth() throws IOException {
      try (witness) {
        Wire producer = known();
        Wire consumer = known();
        producer.send(Arrays.copyOf(puts, putsCut));
        consumer.send(Arrays.copyOf(takes, takesCut));
        producer.reset();
        consumer.reset();
        awaitTheirEnd();
        List<String> left = drain();
        assertThat(left).as(where()).doesNotHaveDuplicates();
        assertThat(left.contains("p3")).as(where()).isEqualTo(left.contains("p4"));
        for (int i = 0; i < msgs.length; i++) {
          if (i == 1 || takesCut < takes.length / 2) {
            assertThat(left).as(where()).contains("w" + i);
          }
        }
        boolean isIn = left.contains("p5");
        witness.send(put(50, ",\"key\":\"k\",\"wait\":0"), bytes("p6")).read();
        assertThat(drain()).as(where()).isEqualTo(isIn ? List.of() : List.of("p6"));
      }
    }

    /** A connection that the server counts. */
    private static Wire known() throws IOException {
      Wire wire = served.connect();
      wire.ask("{\"op\":\"ping\",\"id\":100}");
      return wire;
    }

    /** Until the server has noticed that they are gone, it may still carry out what they sent. */
    private void awaitTheirEnd() throws IOException {
      Frame info;
      do {
        info = witness.ask("{\"op\":\"server.info\",\"id\":7}");
      } while ((Long) info.header().get("connections") > 1);
    }

    private List<String> drain() throws IOException {
      List<String> bodies = new ArrayList<>();
      Frame taken = take();
      while (taken.error() == null) {
        int from = 0;
        for (long size : (long[]) taken.header().get("sizes")) {
          bodies.add(new String(taken.body(), from, Math.toIntExact(size), StandardCharsets.UTF_8));
          from += Math.toIntExact(size);
        }
        taken = take();
      }
      assertThat(taken.error()).isEqualTo("empty");
      return bodies;
    }

    private Frame take() throws IOException {
      return witness.ask(on("take", 8, ",\"max\":9,\"wait\":0,\"autoAck\":true"));
    }

    private Set<String> accepted(List<Frame> answers) {
      Set<String> accepted = new HashSet<>(Set.of("w0", "w1", "w2"));
      for (Frame answer : answers) {
        if (answer.error() == null) {
          accepted.addAll(
              switch ((int) answer.id()) {
                case 1 -> List.of("p1");
                case 2 -> List.of("p2");
                case 3 -> List.of("p3", "p4");
                case 4 -> List.of("p5");
                default -> List.of();
              });
        }
      }
      return accepted;
    }

    private Set<String> acknowledged(List<Frame> answers) {
      Set<String> gone = new HashSet<>();
      for (Frame answer : answers) {
        if (answer.error() == null && Long.valueOf(1).equals(answer.header().get("acked"))) {
          gone.add(answer.id() == 3 ? "w0" : "w2");
        }
      }
      return gone;
    }

    private List<Frame> readAll(Wire wire) throws IOException {
      List<Frame> frames = new ArrayList<>();
      for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
        frames.add(frame);
      }
      return frames;
    }

    private String put(int id, String more) {
      return on("put", id, more);
    }

    private String on(String verb, int id, String more) {
      return "{\"op\":\"queue.%s\",\"id\":%d,\"queue\":\"%s\"%s}".formatted(verb, id, queue, more);
    }

    private String where() {
      return "producer cut at %d of %d, consumer at %d of %d"
          .formatted(putsCut, puts.length, takesCut, takes.length);
    }

    private static byte[] frame(String header, String body) {
      return Wire.frame(header, bytes(body), ByteOrder.BIG_ENDIAN);
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
