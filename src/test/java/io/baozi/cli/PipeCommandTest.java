package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two ends of a pipe, on a real server. */
@Timeout(60)
class PipeCommandTest extends RealServerFixture {
  private static CompletableFuture<CommandRun.Result> begin(CommandRun run, String line) {
    return CompletableFuture.supplyAsync(() -> run.of(line.split(" ")));
  }

  @Test
  void pipe_bytesSent_comeOutAtTheOtherEnd() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(6).nextBytes(bytes);
    var receiver = begin(server.run(), "pipe long --receive --output json");
    var sender = begin(server.run().stdin(bytes), "pipe long --send");
    assertThat(sender.get().err()).isEmpty();
    assertThat(sender.get().exit()).isZero();
    assertThat(sender.get().out()).isEmpty();
    assertThat(receiver.get().bytes()).isEqualTo(bytes);
    assertThat(receiver.get().err())
        .startsWith("{\"pipe\":\"long\",\"sent\":0,\"received\":3000000,");
    assertThat(receiver.get().exit()).isZero();
  }

  @Test
  void pipe_bothWays_endsForBothWhenOneInputEnds() throws Exception {
    PipedOutputStream typed = new PipedOutputStream();
    PipedOutputStream answered = new PipedOutputStream();
    PipedInputStream seen = new PipedInputStream();
    var one =
        begin(
            server.run().stdin(new PipedInputStream(typed)).stdout(new PipedOutputStream(seen)),
            "pipe chat");
    var other = begin(server.run().stdin(new PipedInputStream(answered)), "pipe chat");
    answered.write("what is there?\n".getBytes(StandardCharsets.UTF_8));
    answered.flush();
    assertThat(seen.readNBytes(15)).asString().isEqualTo("what is there?\n");
    typed.write("rye\n".getBytes(StandardCharsets.UTF_8));
    typed.close();
    assertThat(one.get().exit()).isZero();
    assertThat(other.get().out()).isEqualTo("rye\n");
    assertThat(other.get().err()).isEmpty();
    assertThat(other.get().exit()).isZero();
  }

  @Test
  void pipe_otherEndGoesBeforeAllIsSent_exitsWith1() throws Exception {
    PipedOutputStream endless = new PipedOutputStream();
    PipedInputStream seen = new PipedInputStream();
    CommandRun receiving = server.run().stdout(new PipedOutputStream(seen));
    var receiver = begin(receiving, "pipe cut --receive");
    var sender = begin(server.run().stdin(new PipedInputStream(endless)), "pipe cut --send");
    endless.write('x');
    endless.flush();
    assertThat(seen.read()).isEqualTo('x');
    receiving.interrupt();
    assertThat(receiver.get().exit()).isEqualTo(130);
    assertThat(sender.get().err())
        .isEqualTo(
            "baozi: the other end of pipe cut has closed it before all of standard input was sent\n");
    assertThat(sender.get().exit()).isEqualTo(1);
  }

  @Test
  void pipe_otherEndGoesWhileMuchIsOnItsWay_exitsWith1() throws Exception {
    PipedInputStream seen = new PipedInputStream();
    CommandRun receiving = server.run().stdout(new PipedOutputStream(seen));
    var receiver = begin(receiving, "pipe flood --receive");
    var sender = begin(server.run().stdin(endless()), "pipe flood");
    assertThat(seen.read()).isZero();
    receiving.interrupt();
    assertThat(receiver.get().exit()).isEqualTo(130);
    assertThat(sender.get().err())
        .isEqualTo(
            "baozi: the other end of pipe flood has closed it before all of standard input was"
                + " sent\n");
    assertThat(sender.get().exit()).isEqualTo(1);
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return length;
      }
    };
  }

  @Test
  void pipe_standardInputFailsUnexpectedly_endsWithAnError() throws Exception {
    var receiver = begin(server.run(), "pipe broken --receive");
    var sender = begin(server.run().stdin(CommandRun.broken()), "pipe broken --send");
    assertThat(sender.get().err()).contains("broken on cue").hasLineCount(1);
    assertThat(sender.get().exit()).isEqualTo(1);
    assertThat(receiver.get().exit()).isZero();
  }

  @Test
  void pipe_otherEndDoesNotCome_timesOut() {
    CommandRun.Result result = server.run().of("pipe", "lonely", "--receive", "--wait", "1ms");
    assertThat(result.err()).contains("lonely").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(124);
  }
}
