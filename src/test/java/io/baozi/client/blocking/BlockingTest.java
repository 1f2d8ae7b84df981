package io.baozi.client.blocking;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.client.LockOptions;
import io.baozi.client.QueueDeclaration;
import io.baozi.client.QueueStats;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.net.Served;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait for each other through a real server. */
@Timeout(60)
@SuppressWarnings("LockNotBeforeTry") // what locks hold here ends with the client
final class BlockingTest {
  private static Served served;
  private static int last;

  private final String name = "thing-" + ++last;
  private Client client;

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
    client =
        await(
            Client.connect(
                served.vertx(), ClientOptions.defaults().at("127.0.0.1", served.port())));
  }

  @AfterEach
  void close() {
    await(client.close());
  }

  /** Something that a thread of its own does. */
  private static final class Other<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    Other(Callable<T> action) {
      task = new FutureTask<>(action);
      thread = new Thread(task);
      thread.start();
    }

    void interrupt() {
      thread.interrupt();
    }

    T get() throws Exception {
      try {
        return task.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw (Exception) e.getCause();
      }
    }
  }

  private static <T> Other<T> other(Callable<T> action) {
    return new Other<>(action);
  }

  /** Asks the server until it says so. */
  private static void until(BooleanSupplier claim) {
    while (!claim.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private boolean waits(String lock) {
    return await(client.lock(lock).info()).waiting() == 1;
  }

  private QueueStats stats() {
    return await(client.queue(name).stats());
  }

  @Test
  void lock_sameThread_isReentrantAndOthersWait() throws Exception {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    lock.lock();
    lock.lock();
    assertThat(lock.lease().holds()).isEqualTo(2);
    assertThat(other(lock::tryLock).get()).isFalse();
    assertThat(other(() -> lock.tryLock(10, TimeUnit.MILLISECONDS)).get()).isFalse();
    Other<Boolean> waiting =
        other(
            () -> {
              lock.lock();
              lock.unlock();
              return lock.isHeldByCurrentThread();
            });
    until(() -> waits(name));
    lock.unlock();
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    lock.unlock();
    assertThat(waiting.get()).isFalse();
    assertThat(lock.isHeldByCurrentThread()).isFalse();
    assertThat(lock.tryLock()).isTrue();
    lock.unlock();
  }

  @Test
  void unlock_notHeld_throws() throws Exception {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    lock.lock();
    assertThatThrownBy(
            () ->
                other(
                        () -> {
                          lock.unlock();
                          return null;
                        })
                    .get())
        .isInstanceOf(IllegalMonitorStateException.class);
    lock.unlock();
  }

  @Test
  void unlock_lost_throws() {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    lock.lock();
    String owner = lock.lease().owner();
    await(client.request("lock.release", Buffer.buffer(), "lock", name, "owner", owner));
    assertThatThrownBy(lock::unlock)
        .isInstanceOf(IllegalMonitorStateException.class)
        .hasMessageContaining(name);
  }

  @Test
  void newCondition_isUnsupported() {
    assertThatThrownBy(() -> BlockingLock.of(client.lock(name)).newCondition())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("newCondition");
  }

  @Test
  void lockInterruptibly_interrupted_leavesTheLine() throws Exception {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    lock.lock();
    Other<Void> waiting =
        other(
            () -> {
              lock.lockInterruptibly();
              return null;
            });
    until(() -> waits(name));
    waiting.interrupt();
    assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
    assertThat(await(client.lock(name).info()).waiting()).isZero();
    lock.unlock();
    assertThat(await(client.lock(name).info()).holders()).isEmpty();
  }

  @Test
  void lockInterruptibly_interruptedBefore_doesNotAsk() {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    Thread.currentThread().interrupt();
    assertThatThrownBy(lock::lockInterruptibly).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(await(client.lock(name).info()).holders()).isEmpty();
  }

  @Test
  void lock_interrupted_waitsOnAndStaysInterrupted() throws Exception {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    lock.lock();
    Other<Boolean> waiting =
        other(
            () -> {
              lock.lock();
              lock.unlock();
              return Thread.interrupted();
            });
    until(() -> waits(name));
    waiting.interrupt();
    lock.unlock();
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void lock_connectionLost_throwsUnchecked() {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    await(client.close());
    assertThatThrownBy(lock::lock).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void anything_onAnEventLoop_throwsAndSendsNothing() {
    BlockingLock lock = BlockingLock.of(client.lock(name));
    BlockingEvent event = BlockingEvent.of(client.event(name));
    Promise<Void> done = Promise.promise();
    served
        .vertx()
        .runOnContext(
            v ->
                Future.succeededFuture()
                    .<Void>map(
                        x -> {
                          assertThatThrownBy(lock::lock).isInstanceOf(IllegalStateException.class);
                          assertThatThrownBy(event::set).isInstanceOf(IllegalStateException.class);
                          assertThatThrownBy(event::await)
                              .isInstanceOf(IllegalStateException.class);
                          return null;
                        })
                    .onComplete(done));
    await(done.future());
    assertThat(await(client.lock(name).info()).holders()).isEmpty();
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void semaphore_permits_areReleasedInWhateverParts() throws Exception {
    BlockingSemaphore semaphore = BlockingSemaphore.of(client.semaphore(name), 5);
    assertThat(semaphore.availablePermits()).isEqualTo(5);
    semaphore.acquire(3);
    semaphore.acquireUninterruptibly();
    assertThat(semaphore.availablePermits()).isEqualTo(1);
    assertThat(semaphore.tryAcquire(2)).isFalse();
    assertThat(semaphore.tryAcquire(2, 10, TimeUnit.MILLISECONDS)).isFalse();
    semaphore.release(2);
    assertThat(semaphore.availablePermits()).isEqualTo(3);
    assertThat(semaphore.tryAcquire(3)).isTrue();
    Other<Boolean> waiting = other(() -> semaphore.tryAcquire(20, TimeUnit.SECONDS));
    until(() -> await(client.semaphore(name).info()).waiting() == 1);
    semaphore.release();
    assertThat(waiting.get()).isTrue();
    semaphore.release(5);
    assertThat(semaphore.availablePermits()).isEqualTo(5);
    assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void semaphore_interrupted_isNotAcquired() throws Exception {
    BlockingSemaphore semaphore = BlockingSemaphore.of(client.semaphore(name));
    semaphore.acquire();
    Other<Void> waiting =
        other(
            () -> {
              semaphore.acquire();
              return null;
            });
    until(() -> await(client.semaphore(name).info()).waiting() == 1);
    waiting.interrupt();
    assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
    semaphore.release();
    assertThat(semaphore.availablePermits()).isEqualTo(1);
  }

  @Test
  void latch_countedDown_opens() throws Exception {
    BlockingLatch latch = BlockingLatch.of(client.latch(name), 2);
    assertThat(latch.await(0, TimeUnit.SECONDS)).isFalse();
    Other<Boolean> waiting =
        other(
            () -> {
              latch.await();
              return latch.await(0, TimeUnit.SECONDS);
            });
    latch.countDown();
    assertThat(latch.getCount()).isEqualTo(1);
    BlockingLatch.of(client.latch(name), 2).countDown();
    assertThat(waiting.get()).isTrue();
    assertThat(latch.getCount()).isZero();
  }

  @Test
  void event_set_letsThreadsGoOn() throws Exception {
    BlockingEvent event = BlockingEvent.of(client.event(name));
    Other<Boolean> waiting =
        other(
            () -> {
              event.await();
              return event.await(0, TimeUnit.SECONDS);
            });
    assertThat(event.isSet()).isFalse();
    event.set();
    assertThat(waiting.get()).isTrue();
    event.clear();
    assertThat(event.await(0, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void barrier_allThere_countsAsJavaDoes() throws Exception {
    BlockingBarrier barrier = BlockingBarrier.of(client.barrier(name), 2);
    assertThat(barrier.getParties()).isEqualTo(2);
    Other<Integer> waiting = other(barrier::await);
    int own = barrier.await(20, TimeUnit.SECONDS);
    assertThat(List.of(own, waiting.get())).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void barrier_oneTooLate_isBrokenForTheOther() throws Exception {
    BlockingBarrier barrier = BlockingBarrier.of(client.barrier(name), 3);
    Other<Integer> waiting = other(barrier::await);
    Other<Integer> hasty = other(() -> barrier.await(500, TimeUnit.MILLISECONDS));
    assertThatThrownBy(hasty::get).isInstanceOf(TimeoutException.class);
    // Whoever came before that is told; whoever came later waits anew.
    Other<Integer> next = other(() -> barrier.await(10, TimeUnit.MILLISECONDS));
    assertThatThrownBy(next::get).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(waiting::get).isInstanceOf(BrokenBarrierException.class);
  }

  private BlockingQueueView<String> strings() {
    return BlockingQueueView.of(client.queue(name), Buffer::buffer, Buffer::toString);
  }

  @Test
  void queue_putAndTake_waitForEachOther() throws Exception {
    await(client.queue(name).declare(QueueDeclaration.DEFAULT.withCapacity(2L)));
    BlockingQueueView<String> queue = strings();
    Other<List<String>> taking =
        other(() -> List.of(queue.take(), queue.take(), queue.take(), queue.take()));
    for (String element : List.of("a", "b", "c", "d")) {
      queue.put(element);
    }
    assertThat(taking.get()).containsExactly("a", "b", "c", "d");
    assertThat(stats().acks()).isEqualTo(4);
    assertThat(stats().reserved()).isZero();
  }

  @Test
  void queue_fullOrEmpty_saysSo() throws Exception {
    BlockingQueueView<String> queue = strings();
    assertThat(queue.size()).isZero();
    assertThat(queue.peek()).isNull();
    assertThat(queue.poll()).isNull();
    assertThat(queue.poll(10, TimeUnit.MILLISECONDS)).isNull();
    await(client.queue(name + "-small").declare(QueueDeclaration.DEFAULT.withCapacity(1L)));
    BlockingQueueView<Buffer> small = BlockingQueueView.of(client.queue(name + "-small"));
    assertThat(small.remainingCapacity()).isEqualTo(1);
    assertThat(small.offer(Buffer.buffer("x"))).isTrue();
    assertThat(small.remainingCapacity()).isZero();
    assertThat(small.offer(Buffer.buffer("y"))).isFalse();
    assertThat(small.offer(Buffer.buffer("y"), 10, TimeUnit.MILLISECONDS)).isFalse();
    assertThatThrownBy(() -> small.add(Buffer.buffer("y")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(small.peek()).isEqualTo(Buffer.buffer("x"));
    assertThat(small.size()).isEqualTo(1);
    assertThat(small.element()).isEqualTo(small.remove());
    assertThat(small.isEmpty()).isTrue();
  }

  @Test
  void queue_drained_isEmpty() {
    BlockingQueueView<String> queue = strings();
    List<String> all = IntStream.range(0, 600).mapToObj(Integer::toString).toList();
    queue.addAll(all);
    List<String> drained = new ArrayList<>();
    assertThat(queue.drainTo(drained, 5)).isEqualTo(5);
    assertThat(queue.drainTo(drained)).isEqualTo(595);
    assertThat(drained).isEqualTo(all);
    queue.add("x");
    queue.clear();
    assertThat(queue.drainTo(drained)).isZero();
  }

  @Test
  void queue_takeInterrupted_takesNothing() throws Exception {
    BlockingQueueView<String> queue = strings();
    Other<String> waiting = other(queue::take);
    until(
        () ->
            await(
                client
                    .queue(name)
                    .stats()
                    .map(stats -> stats.waitingTakes() == 1)
                    .otherwise(false)));
    waiting.interrupt();
    assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
    queue.put("x");
    assertThat(queue.poll()).isEqualTo("x");
  }

  @Test
  void queue_whatCannotBeDone_isUnsupportedByName() {
    BlockingQueueView<String> queue = strings();
    assertUnsupported("iterator", queue::iterator);
    assertUnsupported("contains", () -> queue.contains("x"));
    assertUnsupported("remove", () -> queue.remove("x"));
    assertUnsupported("toArray", queue::toArray);
    assertUnsupported("spliterator", () -> queue.stream().count());
    assertUnsupported("removeIf", () -> queue.removeIf(element -> true));
  }

  private static void assertUnsupported(String method, Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(method);
  }

  @Test
  void refusal_thatIsNoTimeout_isThrown() {
    BlockingLock lock =
        BlockingLock.of(client.lock(name), LockOptions.DEFAULT.withReentrant(false));
    lock.lock();
    assertThatThrownBy(lock::tryLock)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK));
    lock.unlock();
  }

  @Test
  void virtualThreads_manyOfThem_shareOneLock() throws Exception {
    ExecutorService executor = virtualThreads();
    assumeThat(executor).as("virtual threads").isNotNull();
    BlockingLock lock =
        BlockingLock.of(client.lock(name), LockOptions.DEFAULT.withLease(Duration.ofSeconds(30)));
    int[] count = new int[1];
    List<java.util.concurrent.Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(
          executor.submit(
              () -> {
                lock.lock();
                try {
                  int before = count[0];
                  Thread.onSpinWait();
                  count[0] = before + 1;
                } finally {
                  lock.unlock();
                }
              }));
    }
    for (java.util.concurrent.Future<?> one : all) {
      one.get(30, TimeUnit.SECONDS);
    }
    executor.shutdown();
    assertThat(count[0]).isEqualTo(200);
  }

  /** Null where Java has none. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
