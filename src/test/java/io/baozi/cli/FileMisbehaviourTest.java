package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on files, on a server that misbehaves on cue. */
@Timeout(60)
class FileMisbehaviourTest {
  private static final String HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path here;

  private String file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(here.resolve("up"), "hello").toString();
  }

  /** A server that has the beginning of every file, and whatever is said of its puts. */
  private static void unfinished(FakeServer.Call call, BlockingQueue<FakeServer.Call> puts) {
    switch (call.op()) {
      case "file.stat" -> call.answer("name", "up", "received", 3);
      case "file.put" -> {
        puts.add(call);
        call.answer("length", 5, "sha256", HELLO);
      }
      default -> throw new IllegalStateException(call.op());
    }
  }

  @Test
  void cp_uploadWasCutShort_goesOnUnlessToldNotTo() throws Exception {
    BlockingQueue<FakeServer.Call> puts = new LinkedBlockingQueue<>();
    try (FakeServer server = FakeServer.answering(call -> unfinished(call, puts))) {
      assertThat(CommandRun.at(server.port()).of("cp", file, "baozi:up").exit()).isZero();
      assertThat(puts.take().header().get("offset")).isEqualTo(3L);
      CommandRun.Result anew =
          CommandRun.at(server.port()).of("cp", file, "baozi:up", "--no-resume");
      assertThat(anew.exit()).isZero();
      assertThat(puts.take().header().get("offset")).isNull();
    }
  }

  @Test
  void ls_uploadWasCutShort_saysHowMuchThereIs() throws Exception {
    try (FakeServer server =
        FakeServer.answering(
            call -> {
              if (call.op().equals("file.list")) {
                call.answer("files", Json.of(List.of()));
              } else {
                call.answer("name", "up", "received", 3);
              }
            })) {
      assertThat(CommandRun.at(server.port()).of("ls", "up").err())
          .isEqualTo("baozi: the upload of up is unfinished, 3 B of it have come\n");
      assertThat(CommandRun.at(server.port()).of("ls", "up", "--output", "json").out())
          .isEqualTo("{\"name\":\"up\",\"received\":3}\n");
      assertThat(CommandRun.at(server.port()).of("cp", "baozi:up", file).err())
          .isEqualTo("baozi: the upload of up is unfinished, 3 B of it have come\n");
    }
  }

  @Test
  void cp_serverHasOtherBytesInTheEnd_isCorrupt() throws Exception {
    try (FakeServer server =
        FakeServer.answering(
            call -> {
              if (call.op().equals("file.put")) {
                call.answer("length", 5, "sha256", "0".repeat(64));
              } else {
                call.refuse("not_found", "there is no file");
              }
            })) {
      CommandRun.Result result =
          CommandRun.at(server.port()).of("cp", file, "baozi:up", "--output", "json");
      assertThat(result.err())
          .startsWith(
              "{\"error\":\"corrupt\",\"message\":\"cannot copy " + file + " to baozi:up: ");
      assertThat(result.out()).isEmpty();
      assertThat(result.exit()).isEqualTo(1);
    }
  }

  @Test
  void cp_nothingGetsAcross_givesUpWithTheRestAfterItsPatience() throws Exception {
    try (FakeServer server =
        FakeServer.answering(
            call -> {
              if (call.op().equals("file.put")) {
                var closing = call.socket().close();
                assert !closing.failed();
              } else {
                call.refuse("not_found", "there is no file");
              }
            })) {
      CommandRun.Result result =
          CommandRun.at(server.port())
              .of("cp", file, file + "2", "baozi:a/", "--patience", "300ms");
      assertThat(result.err())
          .contains("cannot copy " + file + "2: no such file")
          .contains(": nothing got across for 300 ms (--patience)")
          .contains("the same command goes on");
      assertThat(result.exit()).isEqualTo(124);
    }
  }

  @Test
  void cp_serverGoesAway_saysOnceThatItWaits() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    FakeServer server =
        FakeServer.answering(
            call -> {
              if (call.op().equals("file.put")) {
                begun.complete(null);
              } else {
                call.refuse("not_found", "there is no file");
              }
            });
    CommandRun run = CommandRun.at(server.port());
    var result =
        CompletableFuture.supplyAsync(() -> run.of("cp", file, "baozi:up", "--patience", "3s"));
    begun.get();
    server.close();
    assertThat(result.get().err())
        .startsWith(
            "baozi: the server at 127.0.0.1:%d is away; waiting for it, 3 s at most (--patience)\n"
                .formatted(server.port()))
        .contains("nothing got across for 3 s (--patience)")
        .hasLineCount(2);
    assertThat(result.get().exit()).isEqualTo(124);
  }

  @Test
  void cp_isToldToStop_saysHowToGoOn() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.answering(
            call -> {
              if (call.op().equals("file.put")) {
                begun.complete(null);
              } else {
                call.refuse("not_found", "there is no file");
              }
            })) {
      CommandRun run = CommandRun.at(server.port());
      var result = CompletableFuture.supplyAsync(() -> run.of("cp", file, "baozi:up"));
      begun.get();
      run.interrupt();
      assertThat(result.get().err())
          .startsWith("baozi: interrupted; ")
          .contains("the same command goes on")
          .hasLineCount(1);
      assertThat(result.get().exit()).isEqualTo(130);
    }
  }

  @Test
  void cp_serverNamesAFileOutsideOfTheFolder_refusesIt() throws Exception {
    try (FakeServer server =
        FakeServer.answering(
            call ->
                call.answer(
                    "files",
                    Json.of(
                        List.of(Map.of("name", "a/../../evil", "length", 1, "modified", 1)))))) {
      CommandRun.Result result =
          CommandRun.at(server.port()).of("cp", "-r", "baozi:a/", here.resolve("a").toString());
      assertThat(result.err())
          .isEqualTo("baozi: the server has a file '../../evil', which is no name for one here\n");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(here.resolve("../evil")).doesNotExist();
    }
  }
}
