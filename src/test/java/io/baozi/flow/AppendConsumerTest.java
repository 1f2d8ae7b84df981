package io.baozi.flow;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
final class AppendConsumerTest {
  @TempDir private Path folder;

  private Path file;
  private JsonObject config;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("out");
    config = new JsonObject().put("file", file.toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void append_messagesInHandTogether_areInTheFileInOrderOnceAcknowledged(boolean sync, Vertx vertx)
      throws IOException {
    Steamer steamer = Steamer.of(vertx, 200);
    steamer.deploy(new AppendConsumer(), config.put("sync", sync), 16, ThreadingModel.EVENT_LOOP);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lines.add("baozi " + i);
      steamer.put("baozi " + i);
    }
    steamer.stats(stats -> stats.acks() == 100);
    assertThat(Files.readAllLines(file)).isEqualTo(lines);
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void append_toWhatIsThere_keepsItAndTheSeparatorIsFree(ThreadingModel threading, Vertx vertx)
      throws IOException {
    Files.writeString(file, "before|");
    Steamer steamer = Steamer.of(vertx, 10);
    steamer.deploy(new AppendConsumer(), config.put("separator", "|"), 2, threading);
    steamer.put("a\nb", "", "c");
    steamer.stats(stats -> stats.acks() == 3);
    assertThat(Files.readString(file)).isEqualTo("before|a\nb||c|");
  }

  @Test
  void append_nothingWithoutSeparator_isAcknowledged(Vertx vertx) throws IOException {
    Steamer steamer = Steamer.of(vertx, 10);
    steamer.deploy(new AppendConsumer(), config.put("separator", ""));
    steamer.put("", "a", "");
    steamer.stats(stats -> stats.acks() == 3);
    assertThat(Files.readString(file)).isEqualTo("a");
  }

  @Test
  void deploy_fileThatAnotherAppendsTo_failsUntilThatOneStops(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    String first = steamer.deploy(new AppendConsumer(), config);
    assertThatThrownBy(() -> steamer.deploy(new AppendConsumer(), config))
        .hasMessage(file + " is in the hands of another that appends to it");
    steamer.undeploy(first);
    steamer.deploy(new AppendConsumer(), config);
  }

  @Test
  void deploy_folderThatIsNotThere_fails(Vertx vertx) {
    config.put("file", folder.resolve("none").resolve("out").toString());
    assertThatThrownBy(() -> Steamer.of(vertx, 1).deploy(new AppendConsumer(), config))
        .hasMessageContaining("none");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void append_diskThatIsFull_doesNotAcknowledge(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      AppendConsumer append = new AppendConsumer();
      String id = steamer.deploy(append, config.put("file", "/dev/full"));
      steamer.put("a");
      log.line("cook failed on message");
      log.line("No space left on device");
      steamer.undeploy(id);
      assertThat(append.failed()).isPositive();
      assertThat(steamer.stats().acks()).isZero();
      assertThat(steamer.eat()).hasToString("a");
    }
  }
}
