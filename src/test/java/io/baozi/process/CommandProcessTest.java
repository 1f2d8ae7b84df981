package io.baozi.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process for one message. */
@Timeout(60)
class CommandProcessTest {
  private final CompletableFuture<String> out = new CompletableFuture<>();

  private CommandProcess start(Buffer body, CommandProcess.Reader stdout, String script)
      throws IOException {
    return CommandProcess.start(
        new ProcessBuilder("sh", "-c", script), body, stdout, InputStream::readAllBytes);
  }

  private void keep(InputStream stdout) throws IOException {
    out.complete(new String(stdout.readAllBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void body_largerThanAPipe_goesThrough() throws Exception {
    String body = "baozi\n".repeat(100_000);
    CommandProcess process = start(Buffer.buffer(body), this::keep, "cat; exit 7");
    assertThat(process.exit().get()).isEqualTo(7);
    process.read().get();
    assertThat(out.get()).isEqualTo(body);
  }

  @Test
  void body_nobodyReadsIt_isNoFault() throws Exception {
    Buffer body = Buffer.buffer(new byte[1_000_000]);
    assertThat(start(body, this::keep, "exec <&-; exit 0").exit().get()).isZero();
  }

  @Test
  void output_readerGivesUp_closesThePipe() throws Exception {
    CommandProcess process =
        start(
            Buffer.buffer(),
            stdout -> {
              throw new IOException("full");
            },
            "exec yes");
    assertThat(process.exit().get()).isNotZero();
    CompletableFuture<Throwable> fault = process.read().handle((v, e) -> e);
    assertThat(fault.get()).hasRootCauseMessage("full");
  }

  @Test
  void killAll_processHasStartedAnother_endsBoth() throws Exception {
    CompletableFuture<Long> child = new CompletableFuture<>();
    CommandProcess process =
        start(
            Buffer.buffer(),
            stdout -> {
              var lines = new BufferedReader(new InputStreamReader(stdout, StandardCharsets.UTF_8));
              child.complete(Long.valueOf(lines.readLine()));
            },
            "sleep 600 & echo $!; wait");
    ProcessHandle other = ProcessHandle.of(child.get()).orElseThrow();
    process.killAll();
    assertThat(process.exit().get()).isEqualTo(137);
    other.onExit().get();
  }

  @Test
  void signal_isOneThatJavaCannotSend_arrives() throws Exception {
    CompletableFuture<String> up = new CompletableFuture<>();
    CommandProcess process =
        start(
            Buffer.buffer(),
            stdout -> {
              var lines = new BufferedReader(new InputStreamReader(stdout, StandardCharsets.UTF_8));
              up.complete(lines.readLine());
            },
            "trap 'exit 42' USR1; echo up; while :; do sleep 0.1; done");
    up.get();
    process.signal("USR1");
    assertThat(process.exit().get()).isEqualTo(42);
    process.signal("USR1"); // to nobody
  }

  @Test
  void stopAll_processAndWhatItHasStartedAreDeafToTerm_endsBoth() throws Exception {
    CompletableFuture<Long> child = new CompletableFuture<>();
    CommandProcess process =
        start(
            Buffer.buffer(),
            stdout -> {
              var lines = new BufferedReader(new InputStreamReader(stdout, StandardCharsets.UTF_8));
              child.complete(Long.valueOf(lines.readLine()));
            },
            "trap '' TERM; sleep 600 & echo $!; wait");
    ProcessHandle other = ProcessHandle.of(child.get()).orElseThrow();
    process.stopAll(Duration.ofMillis(10)).get();
    assertThat(process.exit().get()).isEqualTo(137);
    other.onExit().get();
  }

  @Test
  void stopAll_theyEndInTime_doesNotWait() throws Exception {
    CommandProcess process = start(Buffer.buffer(), this::keep, "exec sleep 600");
    process.stopAll(Duration.ofDays(1)).get();
    assertThat(process.exit().get()).isEqualTo(143);
  }

  @Test
  void program_isNotThere_cannotBeStarted() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    CommandProcess.start(
                        new ProcessBuilder("/no/such/program"),
                        Buffer.buffer(),
                        this::keep,
                        this::keep)))
        .isInstanceOf(IOException.class);
  }
}
