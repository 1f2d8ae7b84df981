package io.baozi.history;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread of a client: it locks, waits, puts and releases at random, one scene after another, and
 * begins each with nothing in its hands.
 */
final class Worker implements Runnable {
  /** Those who meet find each other by the name that a stretch of time has. */
  private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int WAIT = 4_000;
  private static final int SHORT_WAIT = 150;

  private final ClientSession session;
  private final String owner;
  private final String name;
  private final Random random;
  private String in;
  private long puts;

  /** {@code owner} is null for the only thread of a session; {@code name} is its alone. */
  Worker(ClientSession session, String owner, String name, Random random) {
    this.session = session;
    this.owner = owner;
    this.name = name;
    this.random = random;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        in = session.name();
        scene();
        pass(5);
      } catch (SessionLostException e) {
        in = null; // so is all that it held: the next scene begins with nothing, too
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void scene() throws SessionLostException, InterruptedException {
    switch (random.nextInt(11)) {
      case 0, 1, 2 -> alone("alone" + random.nextInt(2));
      case 3 -> shared("shared" + random.nextInt(2));
      case 4 -> ordered();
      case 5 -> crossed();
      case 6, 7 -> permits("permits" + random.nextInt(2));
      case 8 -> latch("latch" + round());
      case 9 -> event("event" + round());
      default -> barrier("barrier" + round() / 2);
    }
  }

  private static long round() {
    return System.nanoTime() / ROUND;
  }

  /** Holds a lock, puts under its fence, and sometimes stays until its lease is long over. */
  private void alone(String lock) throws SessionLostException, InterruptedException {
    Integer lease = random.nextBoolean() ? 100 + random.nextInt(200) : null;
    if (random.nextInt(8) == 0) {
      impatient(lock);
      return;
    }
    Header grant = acquire(lock, "wait", WAIT, "lease", lease);
    if (!isOk(grant)) {
      return;
    }
    put(lock, grant);
    pass(8);
    if (random.nextInt(3) == 0) {
      more(lock);
    }
    if (lease != null && random.nextInt(4) == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(lease + 50));
    }
    put(lock, grant);
    release(lock);
  }

  private void more(String lock) throws SessionLostException, InterruptedException {
    if (random.nextBoolean()) {
      ask("lock.touch", "lock", lock);
    } else if (isOk(acquire(lock, "wait", 0))) {
      pass(4);
      release(lock);
    }
  }

  /** Does not wait, hardly, or changes its mind. */
  private void impatient(String lock) throws SessionLostException, InterruptedException {
    if (owner != null || random.nextBoolean()) {
      if (isOk(acquire(lock, "wait", random.nextInt(2) * 5))) {
        release(lock);
      }
      return;
    }
    CompletableFuture<Header> grant = session.send(in, request("lock.acquire", "lock", lock));
    long id = session.lastId();
    pass(4);
    session.ask(in, Header.of("op", "cancel", "request", id));
    if (isOk(ClientSession.await(grant))) {
      release(lock);
    }
  }

  private void put(String lock, Header grant) throws SessionLostException, InterruptedException {
    long token = (Long) grant.get("token");
    Json fence = Json.of(Map.of("lock", lock, "token", token));
    String put = name + "-" + ++puts;
    Json headers = Json.of(Map.of("lock", lock, "token", token, "put", put));
    session.ask(
        in, Header.of("op", "queue.put", "queue", "puts", "fence", fence, "headers", headers));
  }

  private void shared(String lock) throws SessionLostException, InterruptedException {
    boolean isReader = random.nextInt(3) > 0;
    if (!isOk(acquire(lock, "wait", WAIT, "mode", isReader ? "shared" : null))) {
      return;
    }
    pass(8);
    if (random.nextInt(3) == 0 && isOk(acquire(lock, "wait", WAIT))) {
      pass(4);
      release(lock);
    }
    release(lock);
  }

  private void ordered() throws SessionLostException, InterruptedException {
    List<String> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String lock = DeadlockRule.ORDERED + i;
      if (random.nextInt(4) > 0 && isOk(acquire(lock, "wait", WAIT))) {
        held.add(lock);
      }
      pass(3);
    }
    releaseAll(held);
  }

  /** Takes two of three locks in any order: whoever closes a cycle has to be told. */
  private void crossed() throws SessionLostException, InterruptedException {
    List<String> held = new ArrayList<>();
    int first = random.nextInt(3);
    for (int lock : new int[] {first, (first + 1 + random.nextInt(2)) % 3}) {
      if (isOk(acquire("crossed" + lock, "wait", WAIT))) {
        held.add("crossed" + lock);
      }
      pass(6);
    }
    releaseAll(held);
  }

  private void permits(String semaphore) throws SessionLostException, InterruptedException {
    int permits = 1 + random.nextInt(3);
    Integer lease = random.nextInt(3) == 0 ? 50 + random.nextInt(100) : null;
    Header grant =
        ask(
            "semaphore.acquire",
            with(
                "lease",
                lease,
                "semaphore",
                semaphore,
                "limit",
                4,
                "permits",
                permits,
                "wait",
                WAIT));
    if (isOk(grant)) {
      pass(lease != null && random.nextInt(4) == 0 ? 300 : 10);
      ask("semaphore.release", "semaphore", semaphore, "permits", permits);
    }
  }

  private void latch(String latch) throws SessionLostException, InterruptedException {
    session.ask(in, Header.of("op", "latch.create", "latch", latch, "count", 2));
    if (random.nextBoolean()) {
      session.ask(in, Header.of("op", "latch.countdown", "latch", latch));
    }
    session.ask(in, Header.of("op", "latch.await", "latch", latch, "wait", SHORT_WAIT));
  }

  private void event(String event) throws SessionLostException, InterruptedException {
    int role = random.nextInt(5);
    if (role < 3) {
      session.ask(in, Header.of("op", "event.wait", "event", event, "wait", SHORT_WAIT));
    } else {
      pass(20);
      String op = role == 3 ? "event.set" : random.nextBoolean() ? "event.clear" : "event.set";
      session.ask(in, Header.of("op", op, "event", event));
    }
  }

  private void barrier(String barrier) throws SessionLostException, InterruptedException {
    int wait = SHORT_WAIT / 2 + random.nextInt(SHORT_WAIT);
    session.ask(
        in, Header.of("op", "barrier.await", "barrier", barrier, "parties", 3, "wait", wait));
  }

  private Header acquire(String lock, Object... more)
      throws SessionLostException, InterruptedException {
    return ask("lock.acquire", with("lock", lock, more));
  }

  private void release(String lock) throws SessionLostException, InterruptedException {
    ask("lock.release", "lock", lock);
  }

  private void releaseAll(List<String> locks) throws SessionLostException, InterruptedException {
    for (String lock : locks) {
      release(lock);
    }
  }

  private Header ask(String op, Object... arguments)
      throws SessionLostException, InterruptedException {
    return session.ask(in, request(op, arguments));
  }

  private Header request(String op, Object... arguments) {
    return Header.of("op", op, "owner", owner).with(arguments);
  }

  private static Object[] with(Object key, Object value, Object... more) {
    List<Object> all = new ArrayList<>();
    all.add(key);
    all.add(value);
    all.addAll(Arrays.asList(more));
    return all.toArray();
  }

  private static boolean isOk(Header answer) {
    return Boolean.TRUE.equals(answer.get("ok"));
  }

  /** Lets some time go by, up to twice these milliseconds. */
  private void pass(int millis) {
    LockSupport.parkNanos(random.nextLong(2 * TimeUnit.MILLISECONDS.toNanos(millis)));
  }
}
