package io.baozi.client;

import static io.baozi.client.Ticks.refused;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.DeadlockException;
import io.baozi.message.ErrorCode;
import io.baozi.net.Served;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients do to each other through a real server, over TCP and over the event bus alike. */
@Timeout(60)
@ParameterizedClass
@EnumSource(QueueClientTest.Way.class)
final class CoordinationClientTest {
  private static final LockOptions NOW = LockOptions.DEFAULT.withWait(Duration.ZERO);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Served served;
  private static int last;

  @Parameter QueueClientTest.Way way;

  private final String name = "thing-" + ++last;
  private Client ann;
  private Client bob;

  @BeforeAll
  static void start() {
    served = Served.start(Transport.NIO, "");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void connect() {
    ann = connected();
    bob = connected();
  }

  @AfterEach
  void close() {
    await(ann.close());
    await(bob.close());
  }

  private Client connected() {
    ClientOptions options = ClientOptions.defaults();
    return await(
        way == QueueClientTest.Way.TCP
            ? Client.connect(served.vertx(), options.at("127.0.0.1", served.port()))
            : Client.inside(served.vertx(), served.baozi().addresses(), options));
  }

  @Test
  void lock_released_passesOnWithAHigherToken() {
    Lease first = await(ann.lock(name).acquire());
    Future<Lease> waiting = bob.lock(name).acquire();
    refused(bob.lock(name).acquire(NOW), ErrorCode.TIMEOUT);
    assertThat(await(first.release())).isZero();
    Lease second = await(waiting);
    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(await(second.release())).isZero();
  }

  @Test
  void lock_acquiredTwice_isHeldUntilBothAreReleased() {
    Lease outer = await(ann.lock(name).acquire());
    Lease inner = await(ann.lock(name).acquire());
    assertThat(inner.holds()).isEqualTo(2);
    assertThat(inner.token()).isEqualTo(outer.token());
    assertThat(await(outer.release())).isEqualTo(1);
    assertThat(inner.isHeld()).isTrue();
    refused(bob.lock(name).acquire(NOW), ErrorCode.TIMEOUT);
    assertThat(await(inner.release())).isZero();
    await(bob.lock(name).acquire(NOW));
  }

  @Test
  void lock_anotherOwnerOfTheSession_waits() {
    await(ann.lock(name).acquire(NOW.withOwner("one")));
    refused(ann.lock(name).acquire(NOW.withOwner("two")), ErrorCode.TIMEOUT);
    refused(ann.lock(name).acquire(NOW), ErrorCode.TIMEOUT);
  }

  @Test
  void lock_shared_isSharedAndShown() {
    LockOptions shared = NOW.withMode(LockMode.SHARED);
    Lease one = await(ann.lock(name).acquire(shared.withOwner("o")));
    await(bob.lock(name).acquire(shared));
    Future<Lease> writer = ann.lock(name).acquire();
    LockInfo info = await(ann.lock(name).info());
    assertThat(info.holders()).extracting(LockInfo.Holder::mode).containsOnly("shared");
    assertThat(info.holders()).extracting(LockInfo.Holder::owner).containsExactly("o", null);
    assertThat(info.holders().get(0).session()).isEqualTo(ann.session());
    assertThat(info.holders().get(0).token()).isEqualTo(one.token());
    assertThat(info.waiters()).extracting(LockInfo.Waiter::mode).containsExactly("exclusive");
    assertThat(info.waiting()).isEqualTo(1);
    assertThat(await(ann.locks())).extracting(LockInfo::lock).contains(name);
    assertThat(writer.isComplete()).isFalse();
  }

  @Test
  void lock_clientGone_passesOnAndIsLost() {
    Lease lease = await(ann.lock(name).acquire());
    Future<Lease> waiting = bob.lock(name).acquire();
    await(ann.close());
    await(waiting);
    assertThat(await(lease.lost())).hasMessageContaining("was closed");
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void lease_muchLongerHeldThanItLasts_isRenewed() {
    Lease lease = await(ann.lock(name).acquire(NOW.withLease(SECOND.multipliedBy(2))));
    // Passes on when its own lease is over, more than twice as long.
    assertThat(
            await(
                    bob.request(
                        "lock.acquire", Buffer.buffer(), "lock", name + "-clock", "lease", 4500))
                .isOk())
        .isTrue();
    await(bob.lock(name + "-clock").acquire(LockOptions.DEFAULT.withOwner("next")));
    assertThat(lease.isHeld()).isTrue();
    assertThat(await(lease.release())).isZero();
  }

  @Test
  void lock_cycle_isRefusedWithIt() {
    String other = name + "-other";
    await(ann.lock(name).acquire());
    await(bob.lock(other).acquire());
    Future<Lease> waiting = ann.lock(other).acquire();
    await(ann.ping());
    assertThatThrownBy(() -> await(bob.lock(name).acquire()))
        .isInstanceOfSatisfying(
            DeadlockException.class,
            e -> {
              assertThat(e.cycle())
                  .extracting(DeadlockException.Link::session)
                  .containsExactly(bob.session(), ann.session());
              assertThat(e.cycle())
                  .extracting(DeadlockException.Link::waits)
                  .containsExactly(name, other);
              assertThat(e).hasMessageContaining(name).hasMessageContaining(other);
            });
    assertThat(waiting.isComplete()).isFalse();
  }

  @Test
  void attempt_cancelled_leavesTheLine() {
    Lease lease = await(ann.lock(name).acquire());
    Attempt<Lease> attempt = bob.lock(name).attempt(LockOptions.DEFAULT);
    await(bob.ping());
    attempt.cancel();
    refused(attempt.future(), ErrorCode.CANCELLED);
    assertThat(await(ann.lock(name).info()).waiting()).isZero();
    await(lease.release());
    await(ann.lock(name).acquire(NOW));
  }

  /** There a request that was cancelled unasked is sent again. */
  @Test
  void attempt_cancelledInASessionWithGrace_leavesTheLine() {
    Lease lease = await(ann.lock(name).acquire());
    ClientOptions options =
        ClientOptions.defaults().at("127.0.0.1", served.port()).withGrace(Duration.ofSeconds(30));
    Client eve = await(Client.connect(served.vertx(), options));
    Attempt<Lease> attempt = eve.lock(name).attempt(LockOptions.DEFAULT);
    await(eve.ping());
    attempt.cancel();
    refused(attempt.future(), ErrorCode.CANCELLED);
    assertThat(await(ann.lock(name).info()).waiting()).isZero();
    await(lease.release());
    await(eve.close());
  }

  @Test
  void semaphore_permits_areSharedOutAndReturned() {
    SemaphoreOptions three = SemaphoreOptions.DEFAULT.withLimit(3).withWait(Duration.ZERO);
    Permits two = await(ann.semaphore(name).acquire(three.withPermits(2)));
    assertThat(two.available()).isEqualTo(1);
    refused(bob.semaphore(name).acquire(three.withPermits(2)), ErrorCode.TIMEOUT);
    refused(bob.semaphore(name).acquire(three.withLimit(4)), ErrorCode.CONFLICT);
    assertThat(await(two.release(1))).isEqualTo(2);
    assertThat(two.permits()).isEqualTo(1);
    await(bob.semaphore(name).acquire(three.withPermits(2)));
    SemaphoreInfo info = await(ann.semaphore(name).info());
    assertThat(info.available()).isZero();
    assertThat(info.holders()).extracting(SemaphoreInfo.Owner::permits).containsExactly(1L, 2L);
    assertThat(await(ann.semaphores())).contains(info);
    assertThat(await(two.release())).isEqualTo(1);
  }

  @Test
  void semaphore_unknown_isEmpty() {
    SemaphoreInfo info = await(ann.semaphore(name).info());
    assertThat(info.holders()).isEmpty();
    assertThat(info.waiting()).isZero();
  }

  @Test
  void event_set_letsWaitersGoOn() {
    Event event = ann.event(name);
    Future<Void> waiting = bob.event(name).await(null);
    assertThat(await(event.isSet())).isFalse();
    refused(event.await(Duration.ZERO), ErrorCode.TIMEOUT);
    await(event.set());
    await(waiting);
    await(event.await(Duration.ZERO));
    await(event.clear());
    assertThat(await(event.isSet())).isFalse();
  }

  @Test
  void latch_countedDown_opensForGood() {
    Latch latch = ann.latch(name);
    refused(latch.await(Duration.ZERO), ErrorCode.NOT_FOUND);
    assertThat(await(latch.create(3))).isEqualTo(3);
    refused(latch.create(4), ErrorCode.CONFLICT);
    Future<Void> waiting = bob.latch(name).await(null);
    assertThat(await(latch.countDown())).isEqualTo(2);
    assertThat(await(latch.countDown(5))).isZero();
    await(waiting);
    await(latch.await(Duration.ZERO));
    await(latch.delete());
    refused(latch.countDown(), ErrorCode.NOT_FOUND);
  }

  @Test
  void barrier_allThere_goOnInTheOrderTheyCame() {
    Future<Integer> first = ann.barrier(name).await(2, null);
    await(ann.ping());
    assertThat(await(bob.barrier(name).await(2, null))).isEqualTo(1);
    assertThat(await(first)).isZero();
  }

  @Test
  void barrier_partyGone_isBroken() {
    Future<Integer> first = ann.barrier(name).await(3, null);
    await(ann.ping());
    Attempt<Integer> second = bob.barrier(name).attempt(3, null);
    await(bob.ping());
    second.cancel();
    refused(second.future(), ErrorCode.CANCELLED);
    refused(first, ErrorCode.BROKEN);
  }

  @Test
  void put_underAStaleFence_isFenced() {
    Lease lease = await(ann.lock(name).acquire());
    Queue queue = bob.queue(name).withFence(lease.fence());
    await(queue.put(Buffer.buffer("in time")));
    await(bob.event(name).withFence(lease.fence()).set());
    await(lease.release());
    refused(queue.put(Buffer.buffer("late")), ErrorCode.FENCED);
    refused(queue.take(TakeOptions.ONE), ErrorCode.FENCED);
    refused(bob.event(name).withFence(lease.fence()).clear(), ErrorCode.FENCED);
    refused(bob.lock(name + "-other").acquire(NOW.withFence(lease.fence())), ErrorCode.FENCED);
    refused(
        bob.queue(name).put(Buffer.buffer(), PutOptions.DEFAULT.withFence(lease.fence())),
        ErrorCode.FENCED);
    Message message = await(bob.queue(name).take());
    refused(queue.ack(List.of(message)), ErrorCode.FENCED);
    assertThat(await(bob.queue(name).ack(message))).isTrue();
    await(bob.event(name).clear());
  }

  @Test
  void attemptPut_cancelled_isNotPut() {
    Queue queue = ann.queue(name);
    await(queue.declare(QueueDeclaration.DEFAULT.withCapacity(1L)));
    await(queue.put(Buffer.buffer("one")));
    Attempt<List<Receipt>> attempt =
        queue.attemptPut(
            Buffer.buffer("two"), PutOptions.DEFAULT.withWait(SECOND.multipliedBy(20)));
    await(ann.ping());
    attempt.cancel();
    refused(attempt.future(), ErrorCode.CANCELLED);
    assertThat(await(queue.stats()).waitingPuts()).isZero();
  }
}
