package io.baozi.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.CapturedLog;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
final class LinesProducerTest {
  @TempDir private Path folder;

  private JsonObject file(String latin) throws IOException {
    Path file = folder.resolve("lines");
    Files.write(file, latin.getBytes(ISO_8859_1));
    return new JsonObject().put("file", file.toString());
  }

  @Test
  void lines_ofAnyBytes_arriveAsTheyAre(Vertx vertx) throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 100);
      steamer.deploy(new LinesProducer(), file("one\n\n\u00ff\u0000\u00fe\r\n \nlast"));
      assertThat(steamer.eat().toString(ISO_8859_1)).isEqualTo("one");
      assertThat(steamer.eat().length()).isZero();
      assertThat(steamer.eat().toString(ISO_8859_1)).isEqualTo("\u00ff\u0000\u00fe\r");
      assertThat(steamer.eat().toString(ISO_8859_1)).isEqualTo(" ");
      assertThat(steamer.eat().toString(ISO_8859_1)).isEqualTo("last");
      log.line("cook is done: queue steamer has the 5 lines of ");
    }
  }

  /** The file is open before the producer has gone on: its handlers may be told in any order. */
  @Test
  void lines_fileOpensAtOnce_arrive(Vertx vertx) throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      LinesProducer lines = new LinesProducer();
      steamer.deploy(
          context -> {
            lines.init(LastFirst.openingFiles(vertx), context);
            return lines.start();
          },
          file("one\nlast"));
      assertThat(steamer.eat()).hasToString("one");
      assertThat(steamer.eat()).hasToString("last");
      log.line("cook is done: queue steamer has the 2 lines of ");
    }
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void lines_moreThanTheQueueHolds_arriveInOrder(ThreadingModel threading, Vertx vertx)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append("line ").append(i).append(" of many\n");
    }
    Steamer steamer = Steamer.of(vertx, 16);
    LinesProducer lines = new LinesProducer();
    String id = steamer.deploy(lines, file(text.toString()), 1, threading);
    for (int i = 0; i < 1500; i++) {
      assertThat(steamer.eat()).hasToString("line " + i + " of many");
    }
    // Puts that travel together are answered together, so some that were eaten are not counted yet.
    assertThat(lines.accepted()).isLessThanOrEqualTo(1500 + 16);
    assertThat(steamer.stats().waitingPuts()).isLessThan(1100);
    steamer.undeploy(id);
  }

  @Test
  void lines_emptyFile_isDone(Vertx vertx) throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      Steamer.of(vertx, 1).deploy(new LinesProducer(), file(""));
      log.line("cook is done: queue steamer has the 0 lines of ");
    }
  }

  @Test
  void lines_oneTooLong_stopsThereAndNamesIt(Vertx vertx) throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      String longest = "x".repeat(Steamer.MAX_MESSAGE);
      steamer.deploy(new LinesProducer(), file(longest + "\n" + longest + "x\nnever\n"));
      assertThat(log.line("cook stops: "))
          .contains("ERROR")
          .endsWith("lines line 2 is longer than 65536 bytes (maxMessage)");
      assertThat(steamer.eat()).hasToString(longest);
      assertThat(steamer.stats().ready()).isZero();
    }
  }

  @Test
  void deploy_fileThatIsNotThere_fails(Vertx vertx) {
    JsonObject missing = new JsonObject().put("file", folder.resolve("none").toString());
    assertThatThrownBy(() -> Steamer.of(vertx, 1).deploy(new LinesProducer(), missing))
        .hasMessageContaining("none");
  }

  @Test
  void deploy_folder_saysThatItCannotBeRead(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer.of(vertx, 1)
          .deploy(new LinesProducer(), new JsonObject().put("file", folder.toString()));
      assertThat(log.line("cook stops: cannot read " + folder)).contains("ERROR");
    }
  }
}
