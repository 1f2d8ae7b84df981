package io.baozi.client;

import static io.baozi.client.Ticks.refused;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.ErrorCode;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long what was granted counts as held, and that nothing is held for nobody. */
@Timeout(60)
final class LeaseTest extends VertxFixture {
  private static final String GRANT = ",\"token\":7,\"holds\":1";
  private static final String PERMITS = ",\"available\":0";

  /** Long enough that nothing is due while a test runs. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Reads requests until one of this operation, and writes down what they are. */
  private Frame readUntil(Wire wire, String op) throws IOException {
    while (true) {
      Frame frame = wire.read();
      if (frame == null) {
        throw new IOException("the client has gone, no " + op);
      }
      asked.add(frame.header().text("op"));
      if (frame.header().text("op").equals(op)) {
        return frame;
      }
    }
  }

  private static LockOptions leased(Duration lease) {
    return LockOptions.DEFAULT.withLease(lease);
  }

  @Test
  void lease_held_isTouchedUntilItIsReleased() throws Exception {
    CompletableFuture<Void> touched = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.answer(wire, readUntil(wire, "lock.acquire"), GRANT);
              for (int i = 0; i < 3; i++) {
                Frame touch = readUntil(wire, "lock.touch");
                assertThat(touch.json())
                    .startsWith("{\"op\":\"lock.touch\",\"lock\":\"a\",\"lease\":3000,");
                FakeServer.answer(wire, touch, GRANT);
              }
              touched.complete(null);
              Frame release = readUntil(wire, "lock.release");
              FakeServer.answer(wire, release, ",\"holds\":0");
              FakeServer.answer(wire, readUntil(wire, "ping"), "");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Lease lease = await(client.lock("a").acquire(leased(Duration.ofSeconds(3))));
      long start = System.nanoTime();
      touched.get(30, TimeUnit.SECONDS);
      assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2500));
      assertThat(lease.isHeld()).isTrue();
      Future<Integer> released = lease.release();
      assertThat(await(released)).isZero();
      assertThat(lease.isHeld()).isFalse();
      assertThat(await(lease.release())).isZero();
      await(client.ping());
      assertThat(lease.lost().isComplete()).isFalse();
      await(client.close());
    }
    assertThat(asked.stream().filter("lock.release"::equals)).hasSize(1);
  }

  @Test
  void lease_touchesUnanswered_isLostBeforeItsEndAndGivenBack() throws Exception {
    CompletableFuture<Frame> released = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.answer(wire, readUntil(wire, "lock.acquire"), GRANT);
              released.complete(readUntil(wire, "lock.release"));
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      long asking = System.nanoTime();
      Lease lease = await(client.lock("a").acquire(leased(Duration.ofSeconds(2))));
      LostException loss = await(lease.lost());
      long lost = System.nanoTime() - asking;
      assertThat(loss).hasMessageContaining("lock a").hasMessageContaining("2000 ms");
      assertThat(lost).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1700));
      assertThat(lease.isHeld()).isFalse();
      assertThat(released.get(30, TimeUnit.SECONDS).json()).contains("\"lock\":\"a\"");
      refused(lease.release(), ErrorCode.NOT_OWNER);
      await(client.close());
    }
    assertThat(asked).contains("lock.touch");
  }

  @Test
  void lease_touchRefused_isLost() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.answer(wire, readUntil(wire, "lock.acquire"), GRANT);
              FakeServer.refuse(wire, readUntil(wire, "lock.touch"), "not_owner");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Lease lease = await(client.lock("a").acquire(leased(Duration.ofSeconds(6))));
      assertThat(await(lease.lost())).hasMessageContaining("no longer");
      await(client.close());
    }
  }

  @Test
  void lease_pushOfLoss_losesAllHoldsOfThatOwnerAndTokenOnly() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.answer(wire, readUntil(wire, "lock.acquire"), GRANT);
              FakeServer.answer(wire, readUntil(wire, "lock.acquire"), ",\"token\":7,\"holds\":2");
              FakeServer.answer(wire, readUntil(wire, "lock.acquire"), ",\"token\":8,\"holds\":1");
              readUntil(wire, "ping");
              wire.send("{\"op\":\"lock.lost\",\"lock\":\"a\",\"token\":6}");
              wire.send("{\"op\":\"lock.lost\",\"lock\":\"a\",\"token\":7,\"owner\":\"o\"}");
              wire.send("{\"op\":\"lock.lost\",\"lock\":\"b\",\"token\":7}");
              wire.send("{\"id\":5,\"ok\":true}");
              readUntil(wire, "ping");
              wire.send("{\"op\":\"lock.lost\",\"lock\":\"a\",\"token\":7}");
              wire.send("{\"id\":6,\"ok\":true}");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Lock lock = client.lock("a");
      Lease first = await(lock.acquire(leased(LONG)));
      Lease second = await(lock.acquire());
      Lease other = await(lock.acquire(LockOptions.DEFAULT.withOwner("o")));
      assertThat(second.holds()).isEqualTo(2);
      await(client.ping());
      assertThat(List.of(first.isHeld(), second.isHeld(), other.isHeld()))
          .containsExactly(true, true, true);
      await(client.ping());
      assertThat(List.of(first.isHeld(), second.isHeld(), other.isHeld()))
          .containsExactly(false, false, true);
      assertThat(await(first.lost())).hasMessageContaining("ran out");
      refused(second.release(), ErrorCode.NOT_OWNER);
      await(client.close());
      assertThat(await(other.lost())).hasMessageContaining("was closed");
    }
    assertThat(asked).doesNotContain("lock.release");
  }

  @Test
  void grant_pushedAsLostRightBehind_isLost() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame acquire = readUntil(wire, "lock.acquire");
              byte[] grant = Wire.frame("{\"id\":" + acquire.id() + ",\"ok\":true" + GRANT + "}");
              byte[] push = Wire.frame("{\"op\":\"lock.lost\",\"lock\":\"a\",\"token\":7}");
              byte[] both = new byte[grant.length + push.length];
              System.arraycopy(grant, 0, both, 0, grant.length);
              System.arraycopy(push, 0, both, grant.length, push.length);
              wire.send(both);
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      await(await(client.lock("a").acquire(leased(LONG))).lost());
      await(client.close());
    }
  }

  /**
   * A server that grants {@code clock} at once and forgets it, and {@code a} only when told to;
   * then it answers the touch of that.
   */
  private FakeServer grantingLate(CompletableFuture<Void> granted, String answer) throws Exception {
    return FakeServer.greeting(
        wire -> {
          Frame acquire = readUntil(wire, "lock.acquire");
          FakeServer.answer(wire, readUntil(wire, "lock.acquire"), ",\"token\":6,\"holds\":1");
          granted.get(30, TimeUnit.SECONDS);
          FakeServer.answer(wire, acquire, GRANT);
          Frame touch;
          do {
            touch = readUntil(wire, "lock.touch");
          } while (!touch.json().contains("\"lock\":\"a\""));
          wire.send("{\"id\":" + touch.id() + "," + answer + "}");
          FakeServer.readToTheEnd(wire);
        });
  }

  /** Acquires {@code a} and has it granted when most of its lease is over. */
  private static Future<Lease> acquiredLate(Client client, CompletableFuture<Void> granted) {
    LockOptions options = leased(Duration.ofSeconds(1));
    Future<Lease> acquired = client.lock("a").acquire(options);
    await(await(client.lock("clock").acquire(options)).lost());
    granted.complete(null);
    return acquired;
  }

  @Test
  void grant_afterALongWait_isRenewedBeforeItIsHandedOut() throws Exception {
    CompletableFuture<Void> granted = new CompletableFuture<>();
    try (FakeServer server = grantingLate(granted, "\"ok\":true" + GRANT)) {
      Client client = await(Client.connect(vertx, server.options()));
      Lease lease = await(acquiredLate(client, granted));
      assertThat(lease.isHeld()).isTrue();
      await(client.close());
    }
  }

  @Test
  void grant_lostBeforeItWasRenewed_fails() throws Exception {
    CompletableFuture<Void> granted = new CompletableFuture<>();
    try (FakeServer server = grantingLate(granted, "\"ok\":false,\"error\":\"not_owner\"")) {
      Client client = await(Client.connect(vertx, server.options()));
      refused(acquiredLate(client, granted), ErrorCode.NOT_OWNER);
      await(client.close());
    }
  }

  @Test
  void grant_afterTheClientGaveUp_isReleased() throws Exception {
    CompletableFuture<List<String>> released = new CompletableFuture<>();
    CompletableFuture<Void> givenUp = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame lock = readUntil(wire, "lock.acquire");
              Frame permits = readUntil(wire, "semaphore.acquire");
              givenUp.get(30, TimeUnit.SECONDS);
              FakeServer.answer(wire, lock, GRANT);
              FakeServer.answer(wire, permits, PERMITS);
              released.complete(
                  List.of(
                      readUntil(wire, "lock.release").json(),
                      readUntil(wire, "semaphore.release").json()));
              FakeServer.readToTheEnd(wire);
            })) {
      Client client =
          await(Client.connect(vertx, server.options().withTimeout(Duration.ofSeconds(2))));
      Future<Lease> lease =
          client.lock("a").acquire(LockOptions.DEFAULT.withOwner("o").withWait(Duration.ZERO));
      Future<Permits> permits =
          client
              .semaphore("s")
              .acquire(SemaphoreOptions.DEFAULT.withPermits(2).withWait(Duration.ZERO));
      refused(lease, ErrorCode.TIMEOUT);
      refused(permits, ErrorCode.TIMEOUT);
      givenUp.complete(null);
      List<String> frames = released.get(30, TimeUnit.SECONDS);
      assertThat(frames.get(0)).contains("\"lock\":\"a\",\"owner\":\"o\"");
      assertThat(frames.get(1)).contains("\"semaphore\":\"s\",\"permits\":2");
      await(client.close());
    }
  }

  @Test
  void cancel_waitingAcquire_isCancelledOnTheServer() throws Exception {
    CompletableFuture<Void> asking = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame acquire = readUntil(wire, "lock.acquire");
              asking.complete(null);
              Frame cancel = readUntil(wire, "cancel");
              assertThat(cancel.header().get("request")).isEqualTo(acquire.id());
              FakeServer.refuse(wire, acquire, "cancelled");
              FakeServer.answer(wire, cancel, "");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Attempt<Lease> attempt = client.lock("a").attempt(LockOptions.DEFAULT);
      asking.get(30, TimeUnit.SECONDS);
      attempt.cancel();
      refused(attempt.future(), ErrorCode.CANCELLED);
      await(client.close());
    }
    assertThat(asked).doesNotContain("lock.release");
  }

  @Test
  void cancel_crossedByTheGrant_releasesIt() throws Exception {
    CompletableFuture<Void> asking = new CompletableFuture<>();
    CompletableFuture<String> released = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame acquire = readUntil(wire, "lock.acquire");
              asking.complete(null);
              Frame cancel = readUntil(wire, "cancel");
              FakeServer.answer(wire, acquire, GRANT);
              FakeServer.refuse(wire, cancel, "not_found");
              released.complete(readUntil(wire, "lock.release").json());
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Attempt<Lease> attempt =
          client.lock("a").attempt(leased(LONG).withWait(ClientOptions.FOREVER));
      asking.get(30, TimeUnit.SECONDS);
      attempt.cancel();
      refused(attempt.future(), ErrorCode.CANCELLED);
      assertThat(released.get(30, TimeUnit.SECONDS)).contains("\"lock\":\"a\"");
      await(client.close());
    }
  }

  @Test
  void cancel_neverAnswered_isGivenUpAndALaterGrantReleased() throws Exception {
    CompletableFuture<Void> asking = new CompletableFuture<>();
    CompletableFuture<Void> givenUp = new CompletableFuture<>();
    CompletableFuture<String> released = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame acquire = readUntil(wire, "semaphore.acquire");
              asking.complete(null);
              givenUp.get(30, TimeUnit.SECONDS);
              FakeServer.answer(wire, acquire, PERMITS);
              released.complete(readUntil(wire, "semaphore.release").json());
              FakeServer.readToTheEnd(wire);
            })) {
      Client client =
          await(Client.connect(vertx, server.options().withTimeout(Duration.ofSeconds(2))));
      Attempt<Permits> attempt =
          client.semaphore("s").attempt(SemaphoreOptions.DEFAULT.withWait(ClientOptions.FOREVER));
      asking.get(30, TimeUnit.SECONDS);
      attempt.cancel();
      refused(attempt.future(), ErrorCode.TIMEOUT);
      givenUp.complete(null);
      assertThat(released.get(30, TimeUnit.SECONDS)).contains("\"semaphore\":\"s\"");
      await(client.close());
    }
  }

  @Test
  void cancel_beforeItWasSent_isNeverSent() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.answer(wire, readUntil(wire, "ping"), "");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Ticks.inOneTick(
          vertx,
          () -> {
            Attempt<Lease> attempt = client.lock("a").attempt(LockOptions.DEFAULT);
            attempt.cancel();
            assertThat(attempt.future().isComplete()).isFalse();
          });
      await(client.ping());
      await(client.close());
    }
    assertThat(asked).endsWith("ping");
  }

  @Test
  void permits_pushOfLoss_losesThatManyOfTheShortestLease() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (int i = 0; i < 3; i++) {
                FakeServer.answer(wire, readUntil(wire, "semaphore.acquire"), PERMITS);
              }
              readUntil(wire, "ping");
              wire.send("{\"op\":\"semaphore.lost\",\"semaphore\":\"s\",\"permits\":2}");
              wire.send("{\"id\":5,\"ok\":true}");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Semaphore semaphore = client.semaphore("s");
      Permits unleased = await(semaphore.acquire());
      Permits longer = await(semaphore.acquire(SemaphoreOptions.DEFAULT.withLease(LONG)));
      Permits shorter =
          await(
              semaphore.acquire(
                  SemaphoreOptions.DEFAULT.withPermits(2).withLease(LONG.dividedBy(2))));
      await(client.ping());
      assertThat(await(shorter.lost())).hasMessageContaining("semaphore s");
      assertThat(List.of(unleased.isHeld(), longer.isHeld(), shorter.isHeld()))
          .containsExactly(true, true, false);
      refused(shorter.release(), ErrorCode.NOT_OWNER);
      await(client.close());
    }
    assertThat(asked).doesNotContain("semaphore.release");
  }

  /** The server had taken what was on its way back, and then took as much of the rest. */
  @Test
  void permits_lostWhileReleased_areLostOfTheOthersToo() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (int i = 0; i < 2; i++) {
                FakeServer.answer(wire, readUntil(wire, "semaphore.acquire"), PERMITS);
              }
              Frame release = readUntil(wire, "semaphore.release");
              wire.send("{\"op\":\"semaphore.lost\",\"semaphore\":\"s\",\"permits\":1}");
              FakeServer.answer(wire, release, ",\"available\":2");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Semaphore semaphore = client.semaphore("s");
      Permits one = await(semaphore.acquire(SemaphoreOptions.DEFAULT.withLease(LONG)));
      Permits two = await(semaphore.acquire(SemaphoreOptions.DEFAULT.withLease(LONG)));
      await(one.release());
      await(two.lost());
      assertThat(two.isHeld()).isFalse();
      await(client.close());
    }
  }

  @Test
  void holds_sessionEnds_areLostWithItsCause() throws Exception {
    CompletableFuture<Void> held = new CompletableFuture<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              FakeServer.answer(wire, readUntil(wire, "lock.acquire"), GRANT);
              FakeServer.answer(wire, readUntil(wire, "semaphore.acquire"), PERMITS);
              held.get(30, TimeUnit.SECONDS);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Lease lease = await(client.lock("a").acquire());
      Permits permits = await(client.semaphore("s").acquire());
      held.complete(null);
      assertThat(await(lease.lost())).hasCauseInstanceOf(IOException.class);
      await(permits.lost());
      assertThat(lease.isHeld()).isFalse();
      assertThatThrownBy(() -> await(client.lock("a").acquire())).isInstanceOf(IOException.class);
    }
  }
}
