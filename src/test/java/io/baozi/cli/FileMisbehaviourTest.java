package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Json;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

  /** A server that has no file, and on which puts are done with as a test wants. */
  private static FakeServer taking(Handler<FakeServer.Call> puts) throws Exception {
    return FakeServer.answering(
        call -> {
          if (call.op().equals("file.put")) {
            puts.handle(call);
          } else {
            call.refuse("not_found", "there is no file");
          }
        });
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
    try (FakeServer server = taking(put -> put.answer("length", 5, "sha256", "0".repeat(64)))) {
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
        taking(
            put -> {
              var closing = put.socket().close();
              assert !closing.failed();
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
    FakeServer server = taking(put -> begun.complete(null));
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

  /** The words that copy so many files, which it makes. */
  private String[] copying(int files) throws IOException {
    List<String> words = new ArrayList<>(List.of("cp", "-v"));
    for (int i = 0; i < files; i++) {
      words.add(Files.writeString(here.resolve("file" + i), "hello").toString());
    }
    words.add("baozi:");
    return words.toArray(String[]::new);
  }

  private static List<String> targets(CommandRun.Result result) {
    return result.out().lines().map(line -> line.replaceAll(".* -> baozi:", "")).toList();
  }

  /** Runs something when whoever was to come beside it would have come; nothing tells that. */
  private static void later(Runnable action) {
    Vertx.currentContext().owner().setTimer(200, t -> action.run());
  }

  @Test
  void cp_manyFiles_areEightAtATimeAndToldOfInOrder() throws Exception {
    Deque<FakeServer.Call> underWay = new ArrayDeque<>();
    List<Integer> counts = new CopyOnWriteArrayList<>();
    Runnable answerLastFirst =
        () -> {
          while (!underWay.isEmpty()) {
            underWay.removeLast().answer("length", 5, "sha256", HELLO);
          }
        };
    try (FakeServer server =
        taking(
            put -> {
              underWay.add(put);
              counts.add(underWay.size());
              if (counts.size() == 8) {
                later(answerLastFirst);
              } else if (counts.size() == 10) {
                answerLastFirst.run();
              }
            })) {
      CommandRun.Result result = CommandRun.at(server.port()).of(copying(10));
      assertThat(result.err()).isEmpty();
      assertThat(result.exit()).isZero();
      assertThat(targets(result))
          .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "file" + i).toList());
      assertThat(counts).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 1, 2);
    }
  }

  @Test
  void cp_serverHasNoRoomForPutsBesideEachOther_areDoneOneByOne() throws Exception {
    List<FakeServer.Call> beside = new CopyOnWriteArrayList<>();
    List<Integer> alone = new CopyOnWriteArrayList<>();
    AtomicInteger underWay = new AtomicInteger();
    try (FakeServer server =
        taking(
            put -> {
              if (beside.size() < 3) {
                beside.add(put);
                if (beside.size() == 3) {
                  beside.forEach(each -> each.refuse("busy", "there is no memory for more"));
                }
                return;
              }
              alone.add(underWay.incrementAndGet());
              later(
                  () -> {
                    underWay.decrementAndGet();
                    put.answer("length", 5, "sha256", HELLO);
                  });
            })) {
      CommandRun.Result result = CommandRun.at(server.port()).of(copying(3));
      assertThat(result.err()).isEmpty();
      assertThat(targets(result)).containsExactly("file0", "file1", "file2");
      assertThat(alone).containsExactly(1, 1, 1);
    }
  }

  @Test
  void cp_serverHasNoRoomForAPutAlone_isBusy() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    try (FakeServer server =
        taking(
            put -> {
              puts.incrementAndGet();
              put.refuse("busy", "the disk is full");
            })) {
      CommandRun.Result one = CommandRun.at(server.port()).of(copying(1));
      assertThat(one.err()).contains("the disk is full").hasLineCount(1);
      assertThat(puts).hasValue(1);
      CommandRun.Result two = CommandRun.at(server.port()).of(copying(2));
      assertThat(two.err()).contains("file0", "file1").hasLineCount(2);
      assertThat(two.exit()).isEqualTo(1);
    }
  }

  @Test
  void cp_isToldToStop_saysHowToGoOn() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    try (FakeServer server = taking(put -> begun.complete(null))) {
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
