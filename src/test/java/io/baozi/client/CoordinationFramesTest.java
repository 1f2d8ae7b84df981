package io.baozi.client;

import static io.baozi.client.Ticks.fromOneTick;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.DeadlockException;
import io.baozi.message.ErrorCode;
import io.baozi.net.Wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The frames that calls of coordination become, and what the client makes of the answers. */
@Timeout(60)
final class CoordinationFramesTest extends VertxFixture {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Fence FENCE = new Fence("l", 7);
  private static final String FENCED = "\"fence\":{\"lock\":\"l\",\"token\":7}";

  /** What the server was asked, in order. */
  private final List<String> asked = new ArrayList<>();

  /** Asks a server that gives each request the next of these answers; they are whole but for id. */
  private <T> T call(Function<Client, Future<T>> call, String... answers) throws IOException {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (String answer : answers) {
                Frame frame = wire.read();
                asked.add(frame.json());
                wire.send("{\"id\":" + frame.id() + "," + answer + "}");
              }
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      try {
        return fromOneTick(vertx, () -> call.apply(client));
      } finally {
        await(client.close());
      }
    }
  }

  @Test
  void lock_withoutOptions_namesNoMoreThanItsWait() throws Exception {
    Lease lease = call(c -> c.lock("a").acquire(), "\"ok\":true,\"token\":9,\"holds\":1");
    assertThat(asked)
        .containsExactly("{\"op\":\"lock.acquire\",\"lock\":\"a\",\"wait\":30000,\"id\":2}");
    assertThat(lease.token()).isEqualTo(9);
    assertThat(lease.holds()).isEqualTo(1);
    assertThat(lease.owner()).isNull();
    assertThat(lease.lock()).isEqualTo("a");
    assertThat(lease.fence()).isEqualTo(new Fence("a", 9));
  }

  @Test
  void lock_allOptions_standInItsFrames() throws Exception {
    LockOptions options =
        LockOptions.DEFAULT
            .withMode(LockMode.SHARED)
            .withReentrant(false)
            .withOwner("o")
            .withWait(ClientOptions.FOREVER)
            .withLease(Duration.ofMinutes(1))
            .withFence(FENCE);
    int left =
        call(
            c -> c.lock("a").acquire(options).compose(Lease::release),
            "\"ok\":true,\"token\":9,\"holds\":2",
            "\"ok\":true,\"holds\":1");
    assertThat(left).isEqualTo(1);
    assertThat(asked)
        .containsExactly(
            "{\"op\":\"lock.acquire\",\"lock\":\"a\",\"lease\":60000,\"mode\":\"shared\","
                + "\"reentrant\":false,\"owner\":\"o\","
                + FENCED
                + ",\"id\":2}",
            "{\"op\":\"lock.release\",\"lock\":\"a\",\"owner\":\"o\",\"id\":3}");
  }

  @Test
  void lock_deadlock_bringsTheCycle() {
    assertThatThrownBy(
            () ->
                call(
                    c -> c.lock("a").acquire(),
                    "\"ok\":false,\"error\":\"deadlock\",\"message\":\"you hold b\",\"cycle\":["
                        + "{\"session\":\"s\",\"waits\":\"a\",\"holds\":\"b\",\"since\":5},"
                        + "{\"session\":\"t\",\"owner\":\"o\",\"waits\":\"b\",\"holds\":\"a\","
                        + "\"since\":4}]"))
        .isInstanceOfSatisfying(
            DeadlockException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK);
              assertThat(e).hasMessage("you hold b");
              assertThat(e.cycle())
                  .containsExactly(
                      new DeadlockException.Link("s", null, "a", "b", 5),
                      new DeadlockException.Link("t", "o", "b", "a", 4));
            });
  }

  @Test
  void lock_unreadableGrant_isGivenBack() {
    assertThatThrownBy(
            () ->
                call(
                    c -> {
                      Future<Lease> acquired = c.lock("a").acquire();
                      return acquired.recover(e -> c.ping().compose(v -> acquired));
                    },
                    "\"ok\":true,\"token\":\"x\"",
                    "\"ok\":true,\"holds\":0",
                    "\"ok\":true"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
    assertThat(asked.get(1)).isEqualTo("{\"op\":\"lock.release\",\"lock\":\"a\",\"id\":3}");
  }

  @Test
  void lockInfo_answer_isRead() throws Exception {
    LockInfo info =
        call(
            c -> c.lock("a").info(),
            "\"ok\":true,\"lock\":\"a\",\"holders\":[{\"session\":\"s\",\"owner\":\"o\","
                + "\"mode\":\"shared\",\"token\":3,\"holds\":2,\"since\":4}],"
                + "\"waiters\":[{\"session\":\"t\",\"mode\":\"exclusive\",\"since\":5}],"
                + "\"holding\":1,\"waiting\":8,\"more\":true");
    assertThat(asked).containsExactly("{\"op\":\"lock.info\",\"lock\":\"a\",\"id\":2}");
    assertThat(info)
        .isEqualTo(
            new LockInfo(
                "a",
                List.of(new LockInfo.Holder("s", "o", "shared", 3, 2, 4)),
                List.of(new LockInfo.Waiter("t", null, "exclusive", 5)),
                1,
                8,
                true));
  }

  @Test
  void locks_severalPages_areOneList() throws Exception {
    List<LockInfo> locks =
        call(
            Client::locks,
            "\"ok\":true,\"more\":true,\"locks\":[{\"lock\":\"a\"},{\"lock\":\"b\"}]",
            "\"ok\":true,\"locks\":[{\"lock\":\"c\",\"waiting\":1}]");
    assertThat(locks).extracting(LockInfo::lock).containsExactly("a", "b", "c");
    assertThat(asked)
        .containsExactly(
            "{\"op\":\"lock.list\",\"id\":2}", "{\"op\":\"lock.list\",\"after\":\"b\",\"id\":3}");
  }

  @Test
  void semaphores_none_areNone() throws Exception {
    assertThat(call(Client::semaphores, "\"ok\":true,\"semaphores\":[]")).isEmpty();
    assertThat(asked).containsExactly("{\"op\":\"semaphore.list\",\"id\":2}");
  }

  @Test
  void semaphore_withoutOptions_namesNoMoreThanItsWait() throws Exception {
    Permits permits = call(c -> c.semaphore("s").acquire(), "\"ok\":true,\"available\":0");
    assertThat(asked)
        .containsExactly(
            "{\"op\":\"semaphore.acquire\",\"semaphore\":\"s\",\"wait\":30000,\"id\":2}");
    assertThat(permits.permits()).isEqualTo(1);
    assertThat(permits.semaphore()).isEqualTo("s");
  }

  @Test
  void semaphore_allOptions_standInItsFrames() throws Exception {
    SemaphoreOptions options =
        SemaphoreOptions.DEFAULT
            .withPermits(3)
            .withLimit(5)
            .withOwner("o")
            .withWait(Duration.ZERO)
            .withLease(Duration.ofMinutes(1))
            .withFence(FENCE);
    AtomicReference<Permits> grant = new AtomicReference<>();
    int available =
        call(
            c ->
                c.semaphore("s")
                    .acquire(options)
                    .onSuccess(grant::set)
                    .compose(p -> p.release(1).compose(some -> p.release())),
            "\"ok\":true,\"available\":2",
            "\"ok\":true,\"available\":3",
            "\"ok\":true,\"available\":5");
    assertThat(available).isEqualTo(5);
    assertThat(grant.get().available()).isEqualTo(2);
    assertThat(asked)
        .containsExactly(
            "{\"op\":\"semaphore.acquire\",\"semaphore\":\"s\",\"permits\":3,\"limit\":5,"
                + "\"wait\":0,\"lease\":60000,\"owner\":\"o\","
                + FENCED
                + ",\"id\":2}",
            "{\"op\":\"semaphore.release\",\"semaphore\":\"s\",\"owner\":\"o\",\"id\":3}",
            "{\"op\":\"semaphore.release\",\"semaphore\":\"s\",\"permits\":2,\"owner\":\"o\","
                + "\"id\":4}");
  }

  @Test
  void semaphoreInfo_answer_isRead() throws Exception {
    SemaphoreInfo info =
        call(
            c -> c.semaphore("s").info(),
            "\"ok\":true,\"semaphore\":\"s\",\"limit\":3,\"available\":1,\"holders\":[{\"session\":"
                + "\"s\",\"permits\":2,\"since\":4}],\"waiters\":[],\"holding\":1,\"waiting\":0");
    assertThat(info)
        .isEqualTo(
            new SemaphoreInfo(
                "s",
                3,
                1,
                List.of(new SemaphoreInfo.Owner("s", null, 2, 4)),
                List.of(),
                1,
                0,
                false));
  }

  @Test
  void event_calls_becomeTheirFrames() throws Exception {
    boolean set =
        call(
            c -> {
              Event event = c.event("e");
              return Future.all(
                      event.withFence(FENCE).set(),
                      event.clear(),
                      event.await(SECOND),
                      event.isSet())
                  .map(all -> all.<Boolean>resultAt(3));
            },
            "\"ok\":true,\"set\":true",
            "\"ok\":true,\"set\":false",
            "\"ok\":true,\"set\":true",
            "\"ok\":true,\"set\":true");
    assertThat(set).isTrue();
    assertThat(asked)
        .containsExactly(
            "{\"op\":\"event.set\",\"event\":\"e\"," + FENCED + ",\"id\":2}",
            "{\"op\":\"event.clear\",\"event\":\"e\",\"id\":3}",
            "{\"op\":\"event.wait\",\"event\":\"e\",\"wait\":1000,\"id\":4}",
            "{\"op\":\"event.get\",\"event\":\"e\",\"id\":5}");
  }

  @Test
  void latch_calls_becomeTheirFrames() throws Exception {
    List<Long> counts =
        call(
            c -> {
              Latch latch = c.latch("l");
              return Future.all(
                      latch.create(4),
                      latch.countDown(),
                      latch.withFence(FENCE).countDown(2),
                      latch.await(null),
                      latch.delete())
                  .map(all -> List.<Long>of(all.resultAt(0), all.resultAt(1), all.resultAt(2)));
            },
            "\"ok\":true,\"count\":4",
            "\"ok\":true,\"count\":3",
            "\"ok\":true,\"count\":1",
            "\"ok\":true,\"count\":0",
            "\"ok\":true");
    assertThat(counts).containsExactly(4L, 3L, 1L);
    assertThat(asked)
        .containsExactly(
            "{\"op\":\"latch.create\",\"latch\":\"l\",\"count\":4,\"id\":2}",
            "{\"op\":\"latch.countdown\",\"latch\":\"l\",\"id\":3}",
            "{\"op\":\"latch.countdown\",\"latch\":\"l\",\"by\":2," + FENCED + ",\"id\":4}",
            "{\"op\":\"latch.await\",\"latch\":\"l\",\"wait\":30000,\"id\":5}",
            "{\"op\":\"latch.delete\",\"latch\":\"l\",\"id\":6}");
  }

  @Test
  void barrier_await_becomesItsFrame() throws Exception {
    int index = call(c -> c.barrier("b").await(3, SECOND), "\"ok\":true,\"index\":2");
    assertThat(index).isEqualTo(2);
    assertThat(asked)
        .containsExactly(
            "{\"op\":\"barrier.await\",\"barrier\":\"b\",\"parties\":3,\"wait\":1000,\"id\":2}");
  }

  @Test
  void puts_withOtherFences_travelApartInOrder() throws Exception {
    call(
        c -> {
          Queue queue = c.queue("q");
          return Future.all(
              queue.put(Buffer.buffer("a"), PutOptions.DEFAULT.withFence(FENCE)),
              queue.withFence(FENCE).put(Buffer.buffer("b")),
              queue.put(Buffer.buffer("c")),
              queue.put(Buffer.buffer("d"), PutOptions.DEFAULT.withFence(new Fence("l", 8))));
        },
        "\"ok\":true,\"msgs\":[1,2]",
        "\"ok\":true,\"msg\":3",
        "\"ok\":true,\"msg\":4");
    assertThat(asked.get(0)).contains("\"sizes\":[1,1]", FENCED);
    assertThat(asked.get(1)).doesNotContain("fence");
    assertThat(asked.get(2)).contains("\"token\":8");
  }

  @Test
  void queue_fencedCalls_carryTheFence() throws Exception {
    Message message = new Message("q", 5, 1, null, Buffer.buffer());
    call(
        c -> {
          Queue queue = c.queue("q").withFence(FENCE);
          return Future.all(
                  queue.ack(message),
                  queue.nack(message),
                  queue.touch(List.of(message), null),
                  queue.putAll(List.of(Buffer.buffer()), PutOptions.DEFAULT),
                  queue.purge(),
                  queue.pause())
              .compose(done -> queue.declare(QueueDeclaration.DEFAULT).otherwiseEmpty());
        },
        "\"ok\":true,\"acked\":1",
        "\"ok\":true,\"nacked\":1",
        "\"ok\":true,\"touched\":1",
        "\"ok\":true,\"msgs\":[1]",
        "\"ok\":true,\"purged\":1",
        "\"ok\":true",
        "\"ok\":true");
    assertThat(asked).hasSize(7).allSatisfy(frame -> assertThat(frame).contains(FENCED));
  }

  @Test
  void take_fenced_carriesTheFence() {
    assertThatThrownBy(
            () ->
                call(
                    c -> c.queue("q").take(TakeOptions.ONE.withFence(FENCE)),
                    "\"ok\":false,\"error\":\"fenced\""))
        .hasMessage("fenced");
    assertThat(asked.get(0)).contains(FENCED);
  }

  @Test
  void options_outOfRange_areRefusedAtOnce() {
    assertThatThrownBy(() -> LockOptions.DEFAULT.withLease(Duration.ZERO))
        .hasMessageContaining("lease");
    assertThatThrownBy(() -> SemaphoreOptions.DEFAULT.withPermits(0))
        .hasMessageContaining("permits");
    assertThatThrownBy(() -> SemaphoreOptions.DEFAULT.withLimit(1_000_001))
        .hasMessageContaining("limit");
    assertThatThrownBy(() -> LockOptions.DEFAULT.withWait(Duration.ofMillis(-1)))
        .hasMessageContaining("waitFor");
  }
}
