package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.client.PutOptions;
import io.baozi.frame.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FlowSettingsTest {
  private static final FlowSettings SETTINGS = new FlowSettings("baozi", "baker", "steamer", 3);

  @Test
  void settings_writtenAndRead_areTheSame() {
    assertThat(FlowSettings.from(SETTINGS.toJson())).isEqualTo(SETTINGS);
    assertThat(SETTINGS.toJson().encode())
        .isEqualTo(
            "{\"address\":\"baozi\",\"name\":\"baker\",\"queue\":\"steamer\",\"concurrency\":3}");
  }

  @Test
  void settings_thatSayAll_areTheSameWhenRead() {
    PutOptions put =
        PutOptions.DEFAULT
            .withPriority(-3)
            .withDelay(Duration.ofSeconds(1))
            .withTtl(Duration.ofHours(1))
            .withHeaders(Json.of(Map.of("from", Map.of("oven", 7))));
    FlowSettings all = SETTINGS.withTtr(Duration.ofSeconds(5)).withPut(put);
    assertThat(FlowSettings.from(all.toJson())).isEqualTo(all);
    assertThat(FlowSettings.from(new JsonObject(all.toJson().encode()))).isEqualTo(all);
  }

  @Test
  void from_durationsInText_areRead() {
    JsonObject json = SETTINGS.toJson().put("ttr", "5s").put("delay", "500ms").put("ttl", "1h");
    FlowSettings settings = FlowSettings.from(json);
    assertThat(settings.ttr()).hasSeconds(5);
    assertThat(settings.put().delay()).hasMillis(500);
    assertThat(settings.put().ttl()).hasHours(1);
  }

  @Test
  void with_ownSettings_standBesideAndComeBack() {
    JsonObject own = new JsonObject().put("rate", 2);
    JsonObject config = SETTINGS.with(own);
    assertThat(FlowSettings.of(config)).isEqualTo(SETTINGS);
    assertThat(FlowSettings.own(config)).isEqualTo(own);
    assertThat(own.containsKey(FlowSettings.KEY)).isFalse();
  }

  @Test
  void from_withoutQueueAndConcurrency_isOneOfNoQueue() {
    FlowSettings settings =
        FlowSettings.from(new JsonObject().put("address", "a").put("name", "report"));
    assertThat(settings).isEqualTo(new FlowSettings("a", "report", null, 1));
    assertThatThrownBy(settings::requireQueue).hasMessage("baozi.queue is missing");
  }

  @Test
  void settings_thatCannotBe_areRefusedByKey() {
    assertThatThrownBy(() -> new FlowSettings("a", "b", "q", 0))
        .hasMessage("baozi.concurrency is 0, allowed are 1 to 10000");
    assertThatThrownBy(() -> new FlowSettings("a", "b", "q", 10_001)).hasMessageContaining("10001");
    assertThatThrownBy(() -> new FlowSettings("a", " ", "q", 1)).hasMessage("baozi.name is blank");
    assertThatThrownBy(() -> new FlowSettings(null, "b", "q", 1))
        .hasMessage("baozi.address is missing");
    assertThatThrownBy(() -> new FlowSettings("a", "b", "", 1)).hasMessage("baozi.queue is empty");
    assertThatThrownBy(() -> FlowSettings.from(SETTINGS.toJson().put("concurrency", "many")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("concurrency and priority integers");
    assertThatThrownBy(() -> FlowSettings.from(SETTINGS.toJson().put("headers", 1)))
        .hasMessageContaining("headers an object");
    assertThatThrownBy(() -> FlowSettings.from(SETTINGS.toJson().put("delay", "soon")))
        .hasMessage(
            "baozi.delay is soon, allowed are milliseconds, or text such as \"500ms\", \"30s\","
                + " \"2m\", \"1h\", \"7d\"");
    assertThatThrownBy(() -> SETTINGS.withTtr(Duration.ZERO))
        .hasMessage("baozi.ttr is PT0S, allowed is 1ms or more");
    assertThatThrownBy(() -> SETTINGS.withPut(PutOptions.DEFAULT.withKey("k")))
        .hasMessage("baozi has no key and no wait, which are for each put to say");
  }

  @Test
  void of_configurationWithoutTheKey_saysWhatBelongsThere() {
    assertThatThrownBy(() -> FlowSettings.of(new JsonObject()))
        .hasMessageStartingWith("the verticle's configuration has no object under \"baozi\"")
        .hasMessageContaining("\"queue\":\"steamer\"");
    assertThatThrownBy(() -> FlowSettings.of(null)).isInstanceOf(IllegalArgumentException.class);
  }
}
