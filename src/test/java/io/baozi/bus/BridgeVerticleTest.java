package io.baozi.bus;

import static io.baozi.bus.BridgePeer.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
@Timeout(30)
final class BridgeVerticleTest {
  private static final Buffer EMPTY = Buffer.buffer(0);
  private static final Permissions PERMISSIONS =
      new Permissions(Set.of("in", "both", "x.y"), Set.of("out", "both"));
  private static final BridgeLimits LIMITS =
      new BridgeLimits(
          new FrameLimits(2048, 1000, ByteOrder.BIG_ENDIAN), Duration.ofDays(365), 3, 4096, 16384);

  private EventBus user;
  private ServiceBus bus;
  private BridgeVerticle bridge;
  private BridgePeer peer;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    user = vertx.eventBus();
    bus = new ServiceBus(vertx, Addresses.DEFAULT);
    bridge = new BridgeVerticle(bus, PERMISSIONS, LIMITS);
    vertx.deployVerticle(bridge).await(10, TimeUnit.SECONDS);
    peer = new BridgePeer(bus, "first");
  }

  private BlockingQueue<Message<Object>> consume(String address) {
    BlockingQueue<Message<Object>> messages = new LinkedBlockingQueue<>();
    user.consumer(address, messages::add);
    return messages;
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static Json json(String text) {
    try {
      return (Json) Header.parse(("{\"value\":" + text + "}").getBytes(UTF_8)).get("value");
    } catch (io.baozi.frame.MalformedHeaderException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void request_consumed_isAnsweredWithTheReplysBodyAndHeaders() throws Exception {
    user.<Buffer>consumer(
        "in",
        message ->
            message.reply(
                Buffer.buffer("re:").appendBuffer(message.body()),
                new DeliveryOptions().addHeader("kind", "é").addHeader("kind", "second")));
    Reply reply = peer.ask(request(Buffer.buffer("hi"), 7, "bus.request", "address", "in"));
    assertThat(reply.isOk()).isTrue();
    assertThat(reply.body()).isEqualTo(Buffer.buffer("re:hi"));
    assertThat(reply.header().get("headers")).isEqualTo(json("{\"kind\":\"é\"}"));
  }

  @Test
  void send_withAFence_isABadRequestAndSendsNothing() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    Json fence = json("{\"lock\":\"l\",\"token\":1}");
    Reply reply =
        peer.ask(request(Buffer.buffer(), 7, "bus.send", "address", "in", "fence", fence));
    assertThat(reply.header().text("error")).isEqualTo("bad_request");
    assertThat(reply.header().text("message")).contains("fence");
    assertThat(messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000})
  void request_anyBytes_reachTheConsumerAsABuffer(int length) throws Exception {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i - 128);
    }
    BlockingQueue<Message<Object>> messages = consume("x.y");
    peer.send(request(Buffer.buffer(bytes), 1, "bus.request", "address", "x.y"));
    Message<Object> message = next(messages);
    assertThat(message.body()).isEqualTo(Buffer.buffer(bytes));
    assertThat(message.headers().isEmpty()).isTrue();
    message.reply(message.body());
    Reply reply = peer.reply();
    assertThat(reply.body()).isEqualTo(Buffer.buffer(bytes));
    assertThat(reply.header().keys()).containsExactly("id", "ok");
  }

  @Test
  void request_headersOfAllScalars_areTextOnTheBus() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    String number = "9".repeat(1200);
    peer.send(
        request(
            1,
            "bus.request",
            "address",
            "in",
            "headers",
            json(
                "{\"text\":\"a\\\"é\\u0000\",\"one\":1,\"exact\":1.50e+3,\"long\":"
                    + number
                    + ",\"yes\":true,\"no\":false,\"none\":null,\"size\":\"x\",\"\":\"empty\"}")));
    Message<Object> message = next(messages);
    assertThat(message.headers().entries())
        .extracting(header -> header.getKey() + "=" + header.getValue())
        .containsExactlyInAnyOrder(
            "text=a\"é\0",
            "one=1",
            "exact=1.50e+3",
            "long=" + number,
            "yes=true",
            "no=false",
            "size=x",
            "=empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":{}}", "{\"a\":[]}", "{\"a\":1,\"b\":[[1]]}"})
  void request_nestedHeaders_isBadRequestNamingThem(String headers) throws Exception {
    Reply reply = peer.ask(request(1, "bus.send", "address", "in", "headers", json(headers)));
    assertThat(reply.header().text("error")).isEqualTo("bad_request");
    assertThat(reply.header().text("message")).contains("headers", "an object or an array");
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of(null, ""),
        Arguments.of(Buffer.buffer("b"), "b"),
        Arguments.of(new byte[] {'x'}, "x"),
        Arguments.of("é", "é"),
        Arguments.of('c', "c"),
        Arguments.of(new JsonObject().put("a", 1), "{\"a\":1}"),
        Arguments.of(new JsonArray().add("a"), "[\"a\"]"),
        Arguments.of(12, "12"),
        Arguments.of(-5L, "-5"),
        Arguments.of(1.5, "1.5"),
        Arguments.of(true, "true"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void request_repliesOfEveryKind_becomeBytes(Object body, String bytes) throws Exception {
    user.consumer("in", message -> message.reply(body));
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.isOk()).isTrue();
    assertThat(reply.body()).isEqualTo(Buffer.buffer(bytes));
  }

  @Test
  void request_replyOfAnotherKind_isFailed() throws Exception {
    user.consumer("in", message -> message.reply(URI.create("a:b")));
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.header().text("error")).isEqualTo("failed");
    assertThat(reply.header().text("message")).contains("URI");
  }

  @Test
  void request_replyThatCannotBeWritten_isInternalWithAReference() throws Exception {
    user.consumer(
        "in", message -> message.reply(new JsonObject().put("a", new Object()), LocalCodec.LOCAL));
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.header().text("error")).isEqualTo("internal");
    assertThat(reply.header().text("message")).containsPattern("under [0-9a-f]{8}$");
  }

  @Test
  void request_replyOverMaxMessage_isTooLarge() throws Exception {
    user.consumer("in", message -> message.reply(Buffer.buffer(new byte[1001])));
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.header().text("error")).isEqualTo("too_large");
    assertThat(reply.header().text("message")).contains("1001", "1000", "maxMessage");
  }

  @Test
  void request_replysHeadersOverMaxHeader_isTooLarge() throws Exception {
    user.consumer(
        "in", message -> message.reply("", new DeliveryOptions().addHeader("a", "x".repeat(2000))));
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.header().text("error")).isEqualTo("too_large");
    assertThat(reply.header().text("message")).contains("maxHeader");
  }

  @Test
  void request_textWithLoneSurrogates_isMadeWellFormed() throws Exception {
    user.consumer(
        "in", message -> message.reply("", new DeliveryOptions().addHeader("a", "x\uD800")));
    user.consumer("both", message -> message.fail(1, "y\uDC00"));
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.header().get("headers")).isEqualTo(json("{\"a\":\"x?\"}"));
    assertThat(peer.ask(request(2, "bus.request", "address", "both")).header().text("message"))
        .isEqualTo("y?");
  }

  @Test
  void request_consumerFails_isFailedWithItsMessageAndCode() throws Exception {
    user.consumer("in", message -> message.fail(42, "no rice left"));
    Header header = peer.ask(request(1, "bus.request", "address", "in")).header();
    assertThat(header.text("error")).isEqualTo("failed");
    assertThat(header.text("message")).isEqualTo("no rice left");
    assertThat(header.get("code")).isEqualTo(42L);
  }

  @Test
  void request_consumerFailsAtLengthOrWithoutWords_hasAShortMessage() throws Exception {
    user.consumer("in", message -> message.fail(0, "x".repeat(100_000)));
    user.consumer("both", message -> message.fail(0, null));
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.header().text("message")).hasSize(1024);
    reply = peer.ask(request(2, "bus.request", "address", "both"));
    assertThat(reply.header().text("message")).isEqualTo("the consumer failed the request");
  }

  @Test
  void request_deliveryFails_isFailed() throws Exception {
    user.consumer(
        "in", message -> message.reply(new ReplyException(ReplyFailure.ERROR, 3, "torn")));
    Header header = peer.ask(request(1, "bus.request", "address", "in")).header();
    assertThat(header.text("error")).isEqualTo("failed");
    assertThat(header.text("message")).isEqualTo("torn");
  }

  @Test
  void request_nobodyConsumes_isNotFound() throws Exception {
    Reply reply = peer.ask(request(1, "bus.request", "address", "in"));
    assertThat(reply.header().text("error")).isEqualTo("not_found");
    assertThat(reply.header().text("message")).isEqualTo("nobody consumes \"in\"");
    assertThat(peer.error(request(2, "bus.request", "address", "in", "wait", 0)))
        .isEqualTo("not_found");
  }

  @Test
  void request_consumerThrows_timesOut() throws Exception {
    user.consumer(
        "in",
        message -> {
          throw new IllegalStateException("thrown on purpose by a consumer in a test");
        });
    assertThat(peer.error(request(1, "bus.request", "address", "in", "wait", 20)))
        .isEqualTo("timeout");
  }

  @Test
  void request_waitZero_isSentAndTimesOut() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    assertThat(peer.error(request(1, "bus.request", "address", "in", "wait", 0)))
        .isEqualTo("timeout");
    Message<Object> message = next(messages);
    message.reply("late");
    assertThat(message.replyAddress()).isNull();
  }

  @Test
  void request_badArguments_isBadRequestBeforeAnythingIsSent() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    assertThat(peer.error(request(1, "bus.request"))).isEqualTo("bad_request");
    assertThat(peer.error(request(2, "bus.request", "address", 5))).isEqualTo("bad_request");
    assertThat(peer.error(request(3, "bus.request", "address", "a\nb"))).isEqualTo("bad_request");
    assertThat(peer.error(request(4, "bus.request", "address", "in", "wait", -1)))
        .isEqualTo("bad_request");
    assertThat(peer.error(request(6, "bus.request", "address", "in", "again", true)))
        .isEqualTo("bad_request");
    assertThat(peer.error(request(5, "bus.request", "address", "in", "wait", "soon")))
        .isEqualTo("bad_request");
    assertThat(
            peer.error(
                request(
                    6,
                    "bus.request",
                    "address",
                    "in",
                    "wait",
                    Duration.ofDays(365).toMillis() + 1)))
        .isEqualTo("bad_request");
    assertThat(peer.error(request(7, "bus.request", "address", "in", "headers", "text")))
        .isEqualTo("bad_request");
    assertThat(messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bus.request", "bus.send", "bus.publish"})
  void addresses_notPermittedIn_areForbiddenBeforeTheyAreTooLarge(String op) throws Exception {
    BlockingQueue<Message<Object>> messages = consume("out");
    Buffer large = Buffer.buffer(new byte[1001]);
    for (String address : List.of("out", "other", "In", "x", "x.y.z", "baozi.broker")) {
      assertThat(peer.error(request(large, 1, op, "address", address))).isEqualTo("forbidden");
    }
    assertThat(messages).isEmpty();
    assertThat(peer.error(request(large, 1, op, "address", "in"))).isEqualTo("too_large");
    assertThat(peer.error(request(large, 1, op, "address", ""))).isEqualTo("bad_request");
  }

  @Test
  void addresses_notPermittedOut_areForbidden() throws Exception {
    for (String address : List.of("in", "other", "baozi.bridge")) {
      assertThat(peer.error(request(1, "bus.subscribe", "address", address)))
          .isEqualTo("forbidden");
    }
    Buffer large = Buffer.buffer(new byte[1001]);
    assertThat(peer.error(request(large, 1, "bus.subscribe", "address", "both")))
        .isEqualTo("too_large");
  }

  @Test
  void permissions_ofTheServersOwnAddresses_areRefused() {
    for (String own : List.of("baozi.broker", "baozi.replies.x", "baozi.anything")) {
      assertThatThrownBy(
              () -> new BridgeVerticle(bus, new Permissions(Set.of(), Set.of(own)), LIMITS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(own);
      assertThatThrownBy(
              () -> new BridgeVerticle(bus, new Permissions(Set.of(own), Set.of()), LIMITS))
          .isInstanceOf(IllegalArgumentException.class);
    }
    new BridgeVerticle(bus, new Permissions(Set.of("baozi", "baozis.x"), Set.of()), LIMITS);
  }

  @Test
  void requests_ofOneConnection_reachAnAddressInOrder() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    for (int i = 0; i < 300; i += 3) {
      peer.send(
          request(Buffer.buffer("" + i), i + 1, "bus.request", "address", "in"),
          request(Buffer.buffer("" + (i + 1)), i + 2, "bus.send", "address", "in"),
          request(Buffer.buffer("" + (i + 2)), i + 3, "bus.publish", "address", "in"));
    }
    for (int i = 0; i < 300; i++) {
      assertThat(next(messages).body()).isEqualTo(Buffer.buffer("" + i));
    }
  }

  @Test
  void requests_answeredInOneTick_departTogether() throws Exception {
    peer.send(
        request(1, "bus.publish", "address", "in"),
        request(2, "bus.send", "address", "in"),
        request(-1, "bus.publish", "address", "in"),
        request(3, "bus.nothing"));
    Departure departure = peer.departure();
    assertThat(departure.replies()).extracting(Reply::id).containsExactly(1L, 2L, -1L, 3L);
    assertThat(departure.replies().get(3).header().text("error")).isEqualTo("unknown_op");
    assertThat(departure.last()).isFalse();
    assertThat(departure.written()).isNull();
  }

  @Test
  void requests_thatWantNoAnswer_areAnsweredForTheCount() throws Exception {
    user.consumer("in", message -> message.reply("unwanted"));
    assertThat(peer.ask(request(-1, "bus.request", "address", "in")).id()).isEqualTo(-1);
    assertThat(peer.ask(request(-2, "bus.send", "address", "nowhere")).id()).isEqualTo(-2);
    assertThat(peer.ask(request(-3, "cancel", "request", 9)).id()).isEqualTo(-3);
  }

  @Test
  void cancel_requestThatWaits_endsItAndTheBusForgetsIt() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    peer.send(request(1, "bus.request", "address", "in"));
    Message<Object> message = next(messages);
    peer.send(request(2, "cancel", "request", 1));
    Reply cancelled = peer.reply();
    assertThat(cancelled.id()).isEqualTo(1);
    assertThat(cancelled.header().text("error")).isEqualTo("cancelled");
    Reply ok = peer.reply();
    assertThat(ok.id()).isEqualTo(2);
    assertThat(ok.isOk()).isTrue();
    assertNoHandlers(message.replyAddress());
    assertThat(peer.error(request(3, "cancel", "request", 1))).isEqualTo("not_found");
  }

  /** Once the bridge has done what it was at. */
  private void assertNoHandlers(String address) throws InterruptedException {
    BridgePeer later = new BridgePeer(bus, "later " + address);
    assertThat(later.error(request(1, "cancel", "request", 2))).isEqualTo("not_found");
    assertThatThrownBy(() -> user.sender(address).write("late").await(10, TimeUnit.SECONDS))
        .isInstanceOf(ReplyException.class)
        .extracting(e -> ((ReplyException) e).failureType())
        .isEqualTo(ReplyFailure.NO_HANDLERS);
  }

  @Test
  void cancel_idUsedAgain_isNotAnsweredByTheLateReply() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    peer.send(
        request(1, "bus.request", "address", "in"),
        request(2, "cancel", "request", 1),
        request(1, "bus.request", "address", "in"));
    next(messages).reply("first");
    next(messages).reply("second");
    assertThat(peer.reply().header().text("error")).isEqualTo("cancelled");
    assertThat(peer.reply().id()).isEqualTo(2);
    assertThat(peer.reply().body()).isEqualTo(Buffer.buffer("second"));
  }

  @Test
  void cancel_othersRequestOrNone_isRefused() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    BridgePeer other = new BridgePeer(bus, "second");
    other.send(request(1, "bus.request", "address", "in"));
    Message<Object> message = next(messages);
    assertThat(peer.error(request(2, "cancel", "request", 1))).isEqualTo("not_found");
    assertThat(peer.error(request(3, "cancel"))).isEqualTo("bad_request");
    assertThat(peer.error(request(4, "cancel", "request", "x"))).isEqualTo("bad_request");
    message.reply("still awaited");
    assertThat(other.reply().isOk()).isTrue();
  }

  @Test
  void close_whileRequestsWait_cancelsThemInOrderThenDepartsLast() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    peer.send(
        request(5, "bus.request", "address", "in"),
        request(-1, "bus.request", "address", "in", "wait", 60_000),
        request(3, "bus.request", "address", "in"));
    String replyAddress = next(messages).replyAddress();
    peer.close();
    Departure departure = peer.departure();
    assertThat(departure.last()).isTrue();
    assertThat(departure.replies()).extracting(Reply::id).containsExactly(5L, -1L, 3L);
    assertThat(departure.replies())
        .allSatisfy(r -> assertThat(r.header().text("error")).isEqualTo("cancelled"));
    assertNoHandlers(replyAddress);
    assertNoHandlers(next(messages).replyAddress());
  }

  @Test
  void close_nothingWaits_departsLast() throws Exception {
    peer.close();
    Departure departure = peer.departure();
    assertThat(departure.last()).isTrue();
    assertThat(departure.replies()).isEmpty();
    peer.close();
    peer.send(request(1, "bus.send", "address", "in"));
    BridgePeer other = new BridgePeer(bus, "second");
    other.ask(request(1, "bus.publish", "address", "in"));
    assertThat(peer.hasNothing()).isTrue();
  }

  @Test
  void send_isTakenByOneConsumer() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    user.consumer("in", messages::add);
    Buffer body = Buffer.buffer("x");
    assertThat(peer.ask(request(body, 1, "bus.send", "address", "in")).isOk()).isTrue();
    assertThat(peer.ask(request(body, 2, "bus.publish", "address", "in")).isOk()).isTrue();
    for (int i = 0; i < 3; i++) {
      Message<Object> message = next(messages);
      assertThat(message.body()).isEqualTo(body);
      assertThat(message.isSend()).isEqualTo(i == 0);
      assertThat(message.replyAddress()).isNull();
    }
    assertThat(messages).isEmpty();
  }

  @Test
  void send_nobodyConsumes_isNotFound_publishIsOk() throws Exception {
    assertThat(peer.error(request(1, "bus.send", "address", "in"))).isEqualTo("not_found");
    assertThat(peer.ask(request(2, "bus.publish", "address", "in")).isOk()).isTrue();
  }

  private long subscribe(BridgePeer peer, String address) throws InterruptedException {
    return (Long) peer.ask(request(1, "bus.subscribe", "address", address)).header().get("sub");
  }

  @Test
  void subscribe_published_isPushedInOrder() throws Exception {
    long sub = subscribe(peer, "out");
    user.publish("out", "é", new DeliveryOptions().addHeader("a", "1"));
    user.send("out", Buffer.buffer(new byte[] {0, -1}));
    user.publish("out", null);
    Reply push = peer.reply();
    assertThat(push.id()).isZero();
    assertThat(push.isPush()).isTrue();
    assertThat(push.header())
        .isEqualTo(
            Header.of(
                "op",
                "bus.message",
                "sub",
                sub,
                "address",
                "out",
                "headers",
                json("{\"a\":\"1\"}")));
    assertThat(push.body()).isEqualTo(Buffer.buffer("é"));
    push = peer.reply();
    assertThat(push.header().keys()).containsExactly("op", "sub", "address");
    assertThat(push.body()).isEqualTo(Buffer.buffer(new byte[] {0, -1}));
    assertThat(peer.reply().body()).isEqualTo(EMPTY);
  }

  @Test
  void subscribe_fromTwoConnections_eachIsAConsumer() throws Exception {
    BridgePeer other = new BridgePeer(bus, "second");
    long first = subscribe(peer, "both");
    long second = subscribe(other, "both");
    assertThat(first).isNotEqualTo(second);
    BridgePeer third = new BridgePeer(bus, "third");
    third.ask(request(Buffer.buffer("all"), 1, "bus.publish", "address", "both"));
    assertThat(peer.reply().header().get("sub")).isEqualTo(first);
    assertThat(other.reply().header().get("sub")).isEqualTo(second);
    third.ask(request(Buffer.buffer("one"), 2, "bus.send", "address", "both"));
    third.ask(request(Buffer.buffer("one"), 3, "bus.send", "address", "both"));
    assertThat(peer.reply().body()).isEqualTo(Buffer.buffer("one"));
    assertThat(other.reply().body()).isEqualTo(Buffer.buffer("one"));
  }

  @Test
  void unsubscribe_itsOwn_endsThePushes() throws Exception {
    long sub = subscribe(peer, "out");
    long kept = subscribe(peer, "out");
    BridgePeer other = new BridgePeer(bus, "second");
    assertThat(other.error(request(2, "bus.unsubscribe", "sub", sub))).isEqualTo("not_found");
    assertThat(peer.ask(request(2, "bus.unsubscribe", "sub", sub)).isOk()).isTrue();
    assertThat(peer.error(request(3, "bus.unsubscribe", "sub", sub))).isEqualTo("not_found");
    assertThat(peer.error(request(4, "bus.unsubscribe"))).isEqualTo("bad_request");
    assertThat(peer.error(request(5, "bus.unsubscribe", "sub", 0))).isEqualTo("bad_request");
    user.publish("out", "x");
    assertThat(peer.reply().header().get("sub")).isEqualTo(kept);
    assertThat(peer.ask(request(6, "bus.publish", "address", "in")).isOk()).isTrue();
  }

  @Test
  void subscribe_connectionCloses_ends() throws Exception {
    subscribe(peer, "out");
    peer.close();
    assertThat(peer.departure().last()).isTrue();
    assertNoHandlers("out");
  }

  @Test
  void subscribe_tooOften_isTooLarge() throws Exception {
    long sub = subscribe(peer, "out");
    subscribe(peer, "out");
    subscribe(peer, "both");
    assertThat(peer.error(request(1, "bus.subscribe", "address", "out"))).isEqualTo("too_large");
    peer.ask(request(2, "bus.unsubscribe", "sub", sub));
    subscribe(peer, "out");
  }

  /** With 1000 bytes and what goes with them, two are below 4096 bytes and a third is above. */
  @Test
  void pushes_notRead_areDroppedCountedAndResumeOnceRead() throws Exception {
    long sub = subscribe(peer, "out");
    Buffer large = Buffer.buffer(new byte[1000]);
    List<Departure> unwritten = new ArrayList<>();
    List<Reply> pushed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      user.publish("out", large);
    }
    peer.send(request(2, "bus.publish", "address", "in"));
    while (pushed.stream().noneMatch(r -> r.id() == 2)) {
      Departure departure = peer.departure();
      pushed.addAll(departure.replies());
      unwritten.add(departure);
    }
    assertThat(pushed).hasSize(3);
    unwritten.forEach(BridgePeer::written);
    user.publish("out", "again");
    Reply again = peer.reply();
    assertThat(again.header().get("sub")).isEqualTo(sub);
    assertThat(again.header().get("dropped")).isEqualTo(3L);
    assertThat(again.body()).isEqualTo(Buffer.buffer("again"));
    user.publish("out", "and again");
    assertThat(peer.reply().header().get("dropped")).isNull();
  }

  @Test
  void pushes_thatHaveNoForm_areDroppedAndCounted() throws Exception {
    subscribe(peer, "out");
    user.publish("out", URI.create("a:b"));
    user.publish("out", new byte[1001]);
    user.publish("out", new JsonObject().put("a", new Object()), LocalCodec.LOCAL);
    user.publish("out", "fits");
    Reply push = peer.reply();
    assertThat(push.header().get("dropped")).isEqualTo(3L);
    assertThat(push.body()).isEqualTo(Buffer.buffer("fits"));
  }

  @Test
  void replies_overTheMemoryOfAll_areBusyUntilSomeAreRead() throws Exception {
    user.consumer("in", message -> message.reply(new byte[1000]));
    List<Departure> unwritten = new ArrayList<>();
    List<Reply> replies = new ArrayList<>();
    peer.send(
        LongStream.rangeClosed(1, 12)
            .mapToObj(id -> request(id, "bus.request", "address", "in"))
            .toArray(io.baozi.message.Request[]::new));
    while (replies.size() < 12) {
      Departure departure = peer.departure();
      replies.addAll(departure.replies());
      unwritten.add(departure);
    }
    assertThat(replies).filteredOn(Reply::isOk).hasSize(10);
    assertThat(replies).filteredOn(r -> "busy".equals(r.header().text("error"))).hasSize(2);
    peer.close();
    assertThat(peer.departure().last()).isTrue();
    unwritten.forEach(BridgePeer::written);
    BridgePeer other = new BridgePeer(bus, "second");
    for (int i = 1; i < 30; i++) {
      assertThat(other.ask(request(i, "bus.request", "address", "in")).isOk()).isTrue();
    }
  }

  @Test
  void drain_requestsThatWaitAndNewOnes_areToldShuttingDown() throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    peer.send(request(1, "bus.request", "address", "in"));
    next(messages);
    bridge.drain().await(10, TimeUnit.SECONDS);
    assertThat(peer.reply().header().text("error")).isEqualTo("shutting_down");
    assertThat(peer.error(request(2, "bus.send", "address", "in"))).isEqualTo("shutting_down");
    peer.close();
    assertThat(peer.departure().last()).isTrue();
  }

  @Test
  void undeployed_connections_areToldTheLast(Vertx vertx) throws Exception {
    BlockingQueue<Message<Object>> messages = consume("in");
    peer.send(request(1, "bus.request", "address", "in"));
    next(messages);
    vertx.undeploy(bridge.deploymentID()).await(10, TimeUnit.SECONDS);
    Departure departure = peer.departure();
    assertThat(departure.last()).isTrue();
    assertThat(departure.replies().get(0).header().text("error")).isEqualTo("cancelled");
  }
}
