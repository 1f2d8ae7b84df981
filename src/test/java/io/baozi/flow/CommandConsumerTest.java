package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.CapturedLog;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
@DisabledOnOs(OS.WINDOWS)
final class CommandConsumerTest {
  @TempDir private Path folder;

  private final CommandConsumer command = new CommandConsumer();

  private static JsonObject shell(String script, Object... arguments) {
    JsonArray line = new JsonArray().add("sh").add("-c").add(script).add("sh");
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    return new JsonObject().put("command", line);
  }

  /** A pipe with a name, from which the test learns the process's id as soon as it runs. */
  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static Optional<ProcessHandle> process(Path pipe) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pipe).strip()));
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void command_thatSucceeds_gotTheBodyAndAcknowledges(ThreadingModel threading, Vertx vertx)
      throws IOException {
    Path out = folder.resolve("out");
    Steamer steamer = Steamer.of(vertx, 10);
    steamer.deploy(command, shell("cat >>\"$1\"; echo >>\"$1\"", out), 1, threading);
    steamer.put("pork", "", "custard");
    steamer.stats(stats -> stats.acks() == 3);
    assertThat(Files.readString(out)).isEqualTo("pork\n\ncustard\n");
  }

  @Test
  void command_thatFails_givesTheMessageBackAndItsErrorsAreLogged(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      String id = steamer.deploy(command, shell("printf 'too\\thot\\nstill\\n' >&2; exit 3"));
      steamer.put("a");
      log.line("cook failed on message");
      log.line("the command ended with exit code 3");
      assertThat(log.line("cook, message")).endsWith("too\\thot");
      assertThat(log.line("cook, message", 2)).endsWith("still");
      steamer.undeploy(id);
      assertThat(steamer.eat()).hasToString("a");
    }
  }

  @Test
  void command_thatFailsAsOftenAsTheQueueAllows_leavesTheMessageDead(Vertx vertx) {
    Steamer steamer = Steamer.ofAttempts(vertx, 2, 0);
    steamer.deploy(command, shell("exit 1"));
    steamer.put("a");
    steamer.stats(stats -> stats.dead() == 1);
    assertThat(command.failed()).isEqualTo(2);
  }

  @Test
  void command_thatIsNone_isAFailure(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      steamer.deploy(
          command, new JsonObject().put("command", new JsonArray().add("/no/such/program")));
      steamer.put("a");
      log.line("Cannot run program \"/no/such/program\"");
      assertThat(command.failed()).isPositive();
    }
  }

  @Test
  void command_thatReadsNothingOrFloodsItsErrors_isNotHeldUp(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    steamer.deploy(command, shell("head -c 1000000 /dev/zero >&2; exit 0"));
    steamer.put("x".repeat(Steamer.MAX_MESSAGE));
    steamer.stats(stats -> stats.acks() == 1);
  }

  @Test
  void command_thatTakesTooLong_isEnded(Vertx vertx) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      Path pipe = pipe();
      Steamer steamer = Steamer.of(vertx, 10);
      steamer.deploy(command, shell("echo $$ >\"$1\"; exec sleep 1000", pipe).put("timeout", 200));
      steamer.put("a");
      Optional<ProcessHandle> process = process(pipe);
      log.line("the command ended with exit code 143");
      assertThat(process.map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }
  }

  @Test
  void stop_commandThatRunsAndWillNotEnd_killsIt(Vertx vertx) throws Exception {
    Path pipe = pipe();
    Steamer steamer = Steamer.of(vertx, 10);
    String id =
        steamer.deploy(
            command, shell("trap '' TERM; echo $$ >\"$1\"; while :; do sleep 1000; done", pipe));
    steamer.put("a");
    ProcessHandle process = process(pipe).orElseThrow();
    ProcessHandle child = process.children().findAny().orElse(null);
    steamer.undeploy(id);
    process.onExit().get(20, TimeUnit.SECONDS);
    if (child != null) {
      child.destroyForcibly();
    }
    assertThat(steamer.take().attempt()).isEqualTo(2);
  }
}
