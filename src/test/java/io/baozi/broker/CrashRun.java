package io.baozi.broker;

import io.baozi.broker.queue.Order;
import io.baozi.broker.queue.Settings;
import io.baozi.bus.Arrival;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.journal.Entry;
import io.baozi.journal.Sync;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One seed's life: random requests of some clients to queues on a journal that is slow, with stops,
 * kills and power cuts in between. What was answered is true after each of them, and what stands
 * after one is what was on disk.
 */
final class CrashRun {
  private static final List<String> CLIENTS = List.of("ann", "bob", "cat");

  /** The queue that no restart keeps. */
  private static final String VOLATILE = "v";

  private static final List<String> QUEUES = List.of("q", "p", "l", "d", "z", VOLATILE, "x", "y");

  private static final long DEDUP = 60;

  /** What a client has in hand. */
  private record Hand(String queue, long msg, String name) {}

  private final long seed;
  private final Random random;
  private final DurableFixture server;
  private final CrashPromises promises = new CrashPromises();
  private final Map<Long, Consumer<Reply>> awaited = new HashMap<>();
  private final Map<String, List<Hand>> hands = new HashMap<>();
  private final boolean cutsPower;
  private long lastRequest;
  private int lastName;
  private int step;
  private String doing = "";

  CrashRun(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    Sync sync = random.nextInt(4) == 0 ? Sync.NEVER : Sync.ALWAYS;
    this.cutsPower = sync == Sync.ALWAYS;
    this.server = new DurableFixture(settings(sync));
  }

  private static BrokerSettings settings(Sync sync) {
    return new BrokerSettings(
        "test",
        new FrameLimits(64 * 1024, 4096, ByteOrder.BIG_ENDIAN),
        100,
        1 << 22,
        queue(Order.FIFO, true, 3, 0, null),
        Map.of(
            "q",
            queue(Order.FIFO, true, 0, 0, null),
            "p",
            queue(Order.PRIORITY, true, 4, 5, null),
            "l",
            queue(Order.LIFO, true, 2, 0, null),
            "d",
            queue(Order.FIFO, true, 2, 3, "z"),
            VOLATILE,
            queue(Order.FIFO, false, 2, 0, "z")),
        sync,
        64);
  }

  private static Settings queue(
      Order order, boolean durable, int attempts, long backoff, String deadLetter) {
    return new Settings(order, 12, 0, durable, 30, attempts, backoff, 0, deadLetter, DEDUP);
  }

  void go(int steps) {
    try {
      begin();
      for (step = 0; step < steps; step++) {
        step();
        listen();
      }
      emptyAll();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d (-Dbaozi.seed=%d), step %d, %s: %s"
              .formatted(seed, seed, step, doing, e.getMessage()),
          e);
    }
  }

  private void begin() {
    server.settle();
    CLIENTS.forEach(server::open);
    CrashAudit.open(server);
    server.settle();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void step() {
    int what = random.nextInt(200);
    if (what < 60) {
      put();
    } else if (what < 95) {
      take();
    } else if (what < 130) {
      settleOne();
    } else if (what < 145) {
      any();
    } else if (what < 150) {
      lock();
    } else if (what < 165) {
      doing = "time";
      server.pass(random.nextInt(random.nextInt(5) == 0 ? 100 : 8));
    } else if (what < 185) {
      work();
    } else if (what < 188) {
      leave();
    } else if (what < 193) {
      doing = "an audit";
      CrashAudit.check(server);
    } else if (what < 197) {
      crash();
    } else if (what < 199) {
      server.loop();
    } else {
      stop();
    }
  }

  private void work() {
    doing = "work";
    if (random.nextBoolean()) {
      server.journal.read();
    } else {
      server.journal.work();
    }
    if (random.nextInt(3) > 0) {
      server.loop();
    }
  }

  private void send(String client, Consumer<Reply> then, String body, String op, Object... more) {
    doing = op + " " + Arrays.deepToString(more);
    Request request = BrokerFixture.request(++lastRequest, op, Buffer.buffer(body), more);
    awaited.put(lastRequest, then);
    server.turn(BrokerFixture.arrival(client, request));
  }

  /** Reads all that has left. */
  private void listen() {
    for (DurableFixture.Sent sent : server.sent()) {
      Consumer<Reply> then = awaited.remove(sent.reply().id());
      if (then != null) {
        then.accept(sent.reply());
      }
    }
  }

  private String name() {
    return "m" + ++lastName + ".";
  }

  private void put() {
    String queue = one(QUEUES);
    List<Object> more = new ArrayList<>(List.of("queue", queue));
    more.addAll(List.of("wait", random.nextInt(3) == 0 ? 20 : 0));
    add(more, "delay", 5, random.nextInt(20));
    add(more, "priority", 3, random.nextInt(3));
    boolean mayExpire = add(more, "ttl", 8, 1 + random.nextInt(60));
    if (random.nextInt(3) == 0) {
      putBatch(queue, more, mayExpire);
    } else {
      putOne(queue, more, mayExpire);
    }
  }

  private boolean add(List<Object> more, String key, int oneOf, Object value) {
    boolean adds = random.nextInt(oneOf) == 0;
    if (adds) {
      more.add(key);
      more.add(value);
    }
    return adds;
  }

  private void putOne(String queue, List<Object> more, boolean mayExpire) {
    String name = name();
    boolean empty = random.nextInt(6) == 0;
    if (empty) {
      more.addAll(List.of("headers", Header.of("n", name).json()));
    }
    String key = random.nextInt(3) == 0 ? "k" + random.nextInt(4) : null;
    if (key != null) {
      more.addAll(List.of("key", key));
    }
    promises.puts(queue, List.of(name), mayExpire);
    send(
        one(CLIENTS),
        reply -> isPut(queue, List.of(name), Collections.singletonList(key), reply),
        empty ? "" : body(name),
        "queue.put",
        more.toArray());
  }

  private void putBatch(String queue, List<Object> more, boolean mayExpire) {
    List<String> names = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    long[] sizes = new long[1 + random.nextInt(4)];
    for (int i = 0; i < sizes.length; i++) {
      names.add(name());
      keys.add(random.nextInt(4) == 0 ? "k" + random.nextInt(4) : null);
      String its = body(names.get(i));
      sizes[i] = its.length();
      body.append(its);
    }
    more.addAll(List.of("sizes", sizes, "keys", Json.of(keys)));
    add(more, "each", 2, true);
    promises.puts(queue, names, mayExpire);
    send(
        one(CLIENTS),
        reply -> isPut(queue, names, keys, reply),
        body.toString(),
        "queue.put",
        more.toArray());
  }

  private String body(String name) {
    return name + "b".repeat(random.nextInt(40));
  }

  private void isPut(String queue, List<String> names, List<String> keys, Reply reply) {
    if (!reply.isOk()) {
      return;
    }
    long[] msgs = CrashPromises.msgs(reply);
    for (int at = 0; at < msgs.length; at++) {
      if (msgs[at] > 0) {
        String key = keys.get(at);
        if (key == null) {
          promises.isPut(names.get(at));
          promises.gave(msgs[at]);
        } else {
          isUsed(new CrashPromises.Used(queue, key), msgs[at]);
        }
      }
    }
  }

  /** A key is on disk by now, unless its queue was deleted meanwhile, or its time is over. */
  private void isUsed(CrashPromises.Used key, long msg) {
    for (Entry.Key row : server.journal.disk().keys.values()) {
      Entry.Queue queue = server.journal.disk().queues.get(row.queue());
      if (queue.name().equals(key.queue()) && row.key().equals(key.key()) && row.msg() == msg) {
        require(row.until() <= server.now + DEDUP, "too long: " + row);
        promises.used(key, msg, row.until(), server.now);
      }
    }
  }

  private void take() {
    String client = one(CLIENTS);
    String queue = one(QUEUES);
    boolean autoAck = random.nextInt(4) == 0;
    int max = 1 + random.nextInt(3);
    List<Object> more = new ArrayList<>(List.of("queue", queue, "max", max));
    more.addAll(List.of("wait", random.nextInt(3) == 0 ? 15 : 0, "autoAck", autoAck));
    add(more, "ttr", 3, 1 + random.nextInt(40));
    int forGood = autoAck ? max : 0;
    promises.takesForGood(forGood);
    send(client, reply -> taken(client, forGood, reply), "", "queue.take", more.toArray());
  }

  private void taken(String client, int forGood, Reply reply) {
    promises.takesForGood(-forGood);
    if (!reply.isOk()) {
      return;
    }
    String queue = reply.header().text("queue");
    for (DurableFixture.Brought message : DurableFixture.brought(reply)) {
      String name = name(message);
      promises.sees(name);
      if (forGood > 0) {
        promises.isGone(name);
      } else {
        hands
            .computeIfAbsent(client, c -> new ArrayList<>())
            .add(new Hand(queue, message.msg(), name));
      }
    }
  }

  private static String name(DurableFixture.Brought message) {
    String from = message.body().isEmpty() ? message.headers() : message.body();
    int begin = from.startsWith("m") ? 0 : from.indexOf(":\"m") + 2;
    return from.substring(begin, from.indexOf('.', begin) + 1);
  }

  private void settleOne() {
    String client = one(CLIENTS);
    List<Hand> its = hands.getOrDefault(client, List.of());
    if (its.isEmpty()) {
      return;
    }
    Hand hand = its.remove(random.nextInt(its.size()));
    long[] msgs = {hand.msg()};
    switch (random.nextInt(7)) {
      case 0 ->
          send(
              client, r -> {}, "", "queue.nack", "queue", hand.queue(), "msgs", msgs, "dead", true);
      case 1 ->
          send(client, r -> {}, "", "queue.nack", "queue", hand.queue(), "msgs", msgs, "delay", 7);
      case 2 -> send(client, r -> {}, "", "queue.nack", "queue", hand.queue(), "msgs", msgs);
      case 3 -> send(client, r -> {}, "", "queue.touch", "queue", hand.queue(), "msgs", msgs);
      default -> {
        promises.mayBeGone(hand.name());
        send(client, r -> acked(hand, r), "", "queue.ack", "queue", hand.queue(), "msgs", msgs);
      }
    }
  }

  private void acked(Hand hand, Reply reply) {
    if (reply.isOk() && (Long) reply.header().get("acked") == 1) {
      promises.isGone(hand.name());
    }
  }

  private void any() {
    String client = one(CLIENTS);
    String queue = one(QUEUES);
    switch (random.nextInt(10)) {
      case 0 -> {
        promises.emptied();
        send(client, r -> {}, "", "queue.purge", "queue", queue, "dead", random.nextBoolean());
      }
      case 1 -> {
        promises.deletes(queue);
        send(client, r -> {}, "", "queue.delete", "queue", queue);
      }
      case 2, 3, 4 ->
          send(client, r -> {}, "", "queue.redrive", "queue", queue, "max", 1 + random.nextInt(3));
      case 5 -> send(client, r -> {}, "", "queue.pause", "queue", queue);
      case 6, 7 -> send(client, r -> {}, "", "queue.resume", "queue", queue);
      case 8 -> send(client, r -> {}, "", "queue.declare", "queue", queue, "capacity", 12);
      default -> send(client, r -> {}, "", "queue.stats", "queue", queue);
    }
  }

  private void lock() {
    send(
        one(CLIENTS),
        reply -> {
          if (reply.isOk()) {
            promises.token((Long) reply.header().get("token"));
          }
        },
        "",
        "lock.acquire",
        "lock",
        "lock" + ++lastName);
  }

  /** A client leaves, and comes again. */
  private void leave() {
    doing = "leaving";
    String client = one(CLIENTS);
    server.turn(new Arrival.Closed(client));
    hands.remove(client);
    server.settle();
    listen();
    server.open(client);
  }

  private void crash() {
    doing = "a crash";
    listen();
    SlowJournal before = server.journal;
    boolean power = cutsPower && random.nextBoolean();
    comeBack(
        power
            ? before.crash(random.nextInt(before.unforced() + 1))
            : before.kill(random.nextInt(before.unwritten() + 1)));
  }

  private void stop() {
    doing = "a stop";
    server.stop();
    server.loop();
    listen();
    comeBack(server.journal.reopened());
  }

  private void comeBack(SlowJournal over) {
    awaited.clear();
    hands.clear();
    server.now += 1 + random.nextInt(5);
    server.start(over);
    begin();
    CrashAudit.check(server);
    promises.check(there(), Set.of(VOLATILE));
  }

  /** The names of all messages that are anywhere. */
  private Set<String> there() {
    Set<String> there = new HashSet<>();
    for (String queue : QUEUES) {
      for (String state : List.of("ready", "delayed", "reserved", "dead")) {
        Reply reply = server.ask("ann", "queue.peek", "queue", queue, "state", state, "max", 1000);
        if (reply.isOk()) {
          DurableFixture.brought(reply).forEach(message -> there.add(name(message)));
        }
      }
    }
    return there;
  }

  /** All queues are deleted: nothing is left on disk, and nothing is accounted for. */
  private void emptyAll() {
    doing = "the emptying";
    server.settle();
    CLIENTS.forEach(client -> server.turn(new Arrival.Closed(client)));
    server.settle();
    server.sent();
    server.open("last");
    QUEUES.forEach(queue -> server.ask("last", "queue.delete", "queue", queue));
    server.settle();
    Object used = server.ask("last", "server.info").header().get("memory");
    require(used.equals(0L), used + " bytes are taken");
    HeapDisk disk = server.journal.disk();
    require(disk.messages.isEmpty() && disk.keys.isEmpty(), "messages or keys are left");
    require(disk.bodies.isEmpty() && disk.queues.isEmpty(), "bodies or queues are left");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
