package io.baozi.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.frame.Json;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OptionsTest {
  private static final Duration NEGATIVE = Duration.ofMillis(-1);
  private static final Duration TOO_SHORT = Duration.ofNanos(999_999);
  private static final Duration TOO_LONG = Duration.ofMillis(1L << 53);
  private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

  static Stream<Arguments> wrong() {
    PutOptions put = PutOptions.DEFAULT;
    TakeOptions take = TakeOptions.ONE;
    ClientOptions client = ClientOptions.defaults();
    QueueDeclaration queue = QueueDeclaration.DEFAULT;
    return Stream.of(
        wrong("waitFor", () -> put.withWait(NEGATIVE)),
        wrong("waitFor", () -> put.withWait(ENDLESS)),
        wrong("headers", () -> put.withHeaders(Json.of(List.of(1)))),
        wrong("priority", () -> put.withPriority(1L << 53)),
        wrong("priority", () -> put.withPriority(-(1L << 53))),
        wrong("delay", () -> put.withDelay(NEGATIVE)),
        wrong("delay", () -> put.withDelay(ClientOptions.FOREVER)),
        wrong("ttl", () -> put.withTtl(NEGATIVE)),
        wrong("waitFor", () -> take.withWait(NEGATIVE)),
        wrong("max", () -> take.withMax(0)),
        wrong("ttr", () -> take.withTtr(TOO_SHORT)),
        wrong("ttr", () -> take.withTtr(TOO_LONG)),
        wrong("credit", () -> ConsumeOptions.DEFAULT.withCredit(0)),
        wrong("credit", () -> ConsumeOptions.DEFAULT.withCredit(1_000_001)),
        wrong("ttr", () -> ConsumeOptions.DEFAULT.withTtr(Duration.ZERO)),
        wrong("delay", () -> NackOptions.DEFAULT.withDelay(NEGATIVE)),
        wrong("max", () -> PeekOptions.DEFAULT.withMax(0)),
        wrong("after", () -> PeekOptions.DEFAULT.withAfter(-1L)),
        wrong("max", () -> RedriveOptions.ALL.withMax(0)),
        wrong("capacity", () -> queue.withCapacity(0)),
        wrong("ttr", () -> queue.withTtr(TOO_SHORT)),
        wrong("attempts", () -> queue.withAttempts(-1)),
        wrong("backoff", () -> queue.withBackoff(NEGATIVE)),
        wrong("ttl", () -> queue.withTtl(NEGATIVE)),
        wrong("dedup", () -> queue.withDedup(NEGATIVE)),
        wrong("patience", () -> UploadOptions.DEFAULT.withPatience(TOO_SHORT)),
        wrong("patience", () -> DownloadOptions.DEFAULT.withPatience(ENDLESS)),
        wrong("sha256", () -> UploadOptions.DEFAULT.withSha256("0".repeat(63))),
        wrong("waitFor", () -> client.withWait(NEGATIVE)),
        wrong("timeout", () -> client.withTimeout(TOO_SHORT)),
        wrong("port", () -> client.at("h", 0)),
        wrong("port", () -> client.at("h", 65536)),
        wrong("maxInFlight", () -> client.withMaxInFlight(0)),
        wrong("maxWaiting", () -> client.withMaxWaiting(-1)),
        wrong("grace", () -> client.withGrace(NEGATIVE)),
        wrong("grace", () -> client.withGrace(TOO_SHORT)),
        wrong("grace", () -> client.withGrace(Duration.ofDays(365).plusMillis(1))),
        wrong("heartbeat", () -> client.withHeartbeat(NEGATIVE)),
        wrong("heartbeat", () -> client.withHeartbeat(Duration.ofMillis(99))),
        wrong("heartbeat", () -> client.withHeartbeat(Duration.ofDays(365).plusMillis(1))),
        wrong("connectTimeout", () -> connecting(TOO_SHORT)),
        wrong("connectTimeout", () -> connecting(Duration.ofDays(24).plusMillis(1))));
  }

  private static Arguments wrong(String name, ThrowingCallable made) {
    return Arguments.of(name, made);
  }

  private static ClientOptions connecting(Duration connectTimeout) {
    ClientOptions o = ClientOptions.defaults();
    return new ClientOptions(
        o.host(),
        o.port(),
        connectTimeout,
        o.waitFor(),
        o.timeout(),
        o.maxInFlight(),
        o.maxWaiting(),
        o.grace(),
        o.heartbeat(),
        o.byteOrder());
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void option_outOfRange_isThrownAtOnceByName(String name, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + (name.equals("headers") ? " are " : " is "));
  }

  @Test
  void option_atTheEndsOfItsRange_isTaken() {
    assertThatCode(
            () -> {
              PutOptions.DEFAULT
                  .withWait(Duration.ZERO)
                  .withWait(ClientOptions.FOREVER)
                  .withPriority((1L << 53) - 1)
                  .withPriority(-((1L << 53) - 1))
                  .withDelay(Duration.ZERO)
                  .withTtl(Duration.ZERO);
              TakeOptions.ONE.withTtr(Duration.ofMillis(1)).withWait(ClientOptions.FOREVER);
              ConsumeOptions.DEFAULT.withCredit(1).withCredit(1_000_000);
              connecting(Duration.ofDays(24));
              ClientOptions.defaults().withTimeout(Ranges.LONGEST);
            })
        .doesNotThrowAnyException();
  }
}
