package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.baozi.client.ConsumeOptions;
import io.baozi.config.Config;
import io.baozi.config.ConfigException;
import io.baozi.message.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What requests, the configuration, the client and the protocol page allow is the same. */
final class RangesTest {
  private static final Map<String, Long> MOST =
      Map.of(
          "capacity", (long) Ranges.CAPACITY,
          "ttr", Ranges.TTR,
          "attempts", (long) Ranges.ATTEMPTS,
          "backoff", Ranges.BACKOFF,
          "ttl", Ranges.DURATION,
          "dedup", Ranges.DEDUP);

  @ParameterizedTest
  @CsvSource({"capacity", "ttr", "attempts", "backoff", "ttl", "dedup"})
  void setting_ofAQueue_endsWhereTheConfigurationEnds(String key) {
    long most = MOST.get(key);
    assertThatCode(() -> configured("queues", "q", key, most)).doesNotThrowAnyException();
    assertThat(catchRefusal(() -> configured("queues", "q", key, most + 1))).contains(key);
  }

  @Test
  void setting_ofAProducerOrConsumer_endsWhereRequestsEnd() {
    for (String key : new String[] {"delay", "ttl"}) {
      assertThatCode(() -> verticle("producers", key, Ranges.DURATION)).doesNotThrowAnyException();
      assertThat(catchRefusal(() -> verticle("producers", key, Ranges.DURATION + 1))).contains(key);
    }
    assertThatCode(() -> verticle("consumers", "ttr", Ranges.TTR)).doesNotThrowAnyException();
    assertThat(catchRefusal(() -> verticle("consumers", "ttr", Ranges.TTR + 1))).contains("ttr");
  }

  @Test
  void credit_ofTheClient_endsWhereRequestsEnd() {
    assertThat(ConsumeOptions.DEFAULT.withCredit(Ranges.MESSAGES).credit())
        .isEqualTo(Ranges.MESSAGES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConsumeOptions.DEFAULT.withCredit(Ranges.MESSAGES + 1));
  }

  @ParameterizedTest
  @CsvSource({"capacity", "ttr", "attempts", "backoff", "ttl", "dedup"})
  void setting_onTheProtocolPage_hasItsEnd(String key) throws Exception {
    String page = Files.readString(Path.of("docs/protocol.md"));
    String declare =
        page.substring(page.indexOf("### queue.declare"), page.indexOf("### queue.put"));
    Matcher row = Pattern.compile("\\| `" + key + "` \\| [01] to (\\d+)").matcher(declare);
    assertThat(row.find()).isTrue();
    assertThat(row.group(1)).isEqualTo(String.valueOf(MOST.get(key)));
  }

  private static String catchRefusal(Runnable configuring) {
    try {
      configuring.run();
      return "";
    } catch (ConfigException e) {
      return e.getMessage();
    }
  }

  private static void configured(String section, String name, String key, long value) {
    Config.of(Map.of(section, Map.of(name, Map.of(key, value))));
  }

  private static void verticle(String section, String key, long value) {
    String type = section.equals("producers") ? "ticker" : "log";
    Config.of(
        Map.of(
            section, List.of(Map.of("type", type, "queue", "q", "config", Map.of(), key, value))));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "QUEUE_PUT",
        "QUEUE_TAKE",
        "QUEUE_JOIN",
        "LOCK_ACQUIRE",
        "SEMAPHORE_ACQUIRE",
        "EVENT_WAIT",
        "LATCH_AWAIT",
        "BARRIER_AWAIT"
      })
  void waits_asManyAsMayBeInFlight_areAllRead(Operation operation) {
    long waits = Config.defaults().server().maxInFlight();
    assertThat(waits * operation.answer())
        .isLessThanOrEqualTo(Config.defaults().server().maxInFlightBytes());
  }
}
