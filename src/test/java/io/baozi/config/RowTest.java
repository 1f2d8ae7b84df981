package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The records refuse by themselves, also when no file is read, what their rows do not allow. */
class RowTest {
  private static final List<Record> SOUND =
      List.of(
          Config.defaults(),
          Config.defaults().server(),
          Config.defaults().udp(),
          Config.defaults().queues().get("default"),
          new Bus("baozi", List.of()),
          new Permission("a", Direction.IN),
          new ProducerSettings(
              "t",
              null,
              "n",
              "q",
              1,
              Threading.WORKER,
              Map.of(),
              0,
              Duration.ZERO,
              Duration.ofSeconds(1),
              Map.of()),
          new ConsumerSettings(
              "t", null, "n", "q", 1, Threading.WORKER, Map.of(), 1, Duration.ofSeconds(1)),
          new VerticleSettings("t", null, "n", 1, Threading.WORKER, Map.of()),
          new Log(Level.INFO));

  @TestFactory
  Stream<DynamicTest> record_oneComponentWrong_isRefusedByItsKey() {
    return SOUND.stream()
        .flatMap(
            record ->
                Row.of(record.getClass()).stream()
                    .filter(row -> wrong(row) != row)
                    .map(
                        row ->
                            DynamicTest.dynamicTest(
                                record.getClass().getSimpleName() + "." + row.key(),
                                () -> assertRefused(record, row))));
  }

  private static void assertRefused(Record record, Row wrong) {
    var values = new ArrayList<Object>();
    for (Row row : Row.of(record.getClass())) {
      values.add(row.equals(wrong) ? wrong(row) : row.valueIn(record));
    }
    assertThatThrownBy(() -> Row.make(record.getClass(), values.toArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(wrong.key() + ": ");
  }

  /** A value that the row does not allow; the row itself if there is none. */
  private static Object wrong(Row row) {
    if (row.type() == boolean.class) {
      return row;
    }
    if (row.type() == int.class) {
      return -1;
    }
    if (row.type() == long.class) {
      return Long.MIN_VALUE;
    }
    if (row.type() == Duration.class) {
      return Duration.ofMillis(-1);
    }
    return row.type() == String.class ? "" : null;
  }

  @Test
  void server_largestMessageDoesNotFit_isRefused() {
    Map<String, Object> settings = Map.of("maxMessage", 65537, "maxInFlightBytes", 65536);
    assertThatThrownBy(() -> Config.of(Map.of("server", settings)))
        .hasMessageContaining("maxInFlightBytes (64KiB) is below maxMessage (65537)");
  }

  @Test
  void config_queuesWithoutDefault_areRefused() {
    Config sound = Config.defaults();
    assertThatThrownBy(
            () ->
                new Config(
                    sound.server(),
                    sound.udp(),
                    sound.data(),
                    sound.journal(),
                    sound.files(),
                    Map.of(),
                    sound.bus(),
                    List.of(),
                    List.of(),
                    List.of(),
                    sound.log()))
        .hasMessage("queues has no default");
  }

  @Test
  void config_queueThatIsItsOwnDeadLetter_isRefused() {
    Config sound = Config.defaults();
    QueueSettings toBin =
        Config.parse("{\"queues\":{\"default\":{\"deadLetter\":\"bin\"}}}").queues().get("default");
    assertThatThrownBy(
            () ->
                new Config(
                    sound.server(),
                    sound.udp(),
                    sound.data(),
                    sound.journal(),
                    sound.files(),
                    Map.of("default", toBin, "bin", toBin),
                    sound.bus(),
                    List.of(),
                    List.of(),
                    List.of(),
                    sound.log()))
        .hasMessage("queues: the deadLetter of \"bin\" is the queue itself");
  }

  @Test
  void verticle_mapChangedLater_keepsItsOwn() {
    var map = new HashMap<String, Object>();
    map.put("a", null);
    var verticle = new VerticleSettings("t", null, null, 1, Threading.WORKER, map);
    map.put("b", 1);
    assertThat(verticle.config()).containsOnlyKeys("a");
  }
}
