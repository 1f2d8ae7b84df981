package io.baozi.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A client as a process of its own: two sessions without grace and two with, each of one thread or
 * of two owners, and a keeper and an heir. It goes on until its standard input ends.
 */
final class ClientProcess {
  /** Longer than the pauses that a client is given. */
  static final int GRACE_MILLIS = 2_500;

  private final String name;
  private final int port;
  private final Random random;
  private final HistoryFile history;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<ClientSession> sessions = new ArrayList<>();
  private final List<Thread> workers = new ArrayList<>();

  private ClientProcess(String name, int port, long seed, HistoryFile history) {
    this.name = name;
    this.port = port;
    this.random = new Random(seed);
    this.history = history;
  }

  /**
   * Its name, the port, a seed, the directory for its history, the keeper's lock and the heir's.
   */
  public static void main(String[] args) throws Exception {
    try (HistoryFile history = new HistoryFile(Path.of(args[3], args[0] + ".history"))) {
      var client =
          new ClientProcess(args[0], Integer.parseInt(args[1]), Long.parseLong(args[2]), history);
      client.run(args[4], args[5]);
    }
  }

  private void run(String kept, String awaited) throws IOException, InterruptedException {
    session(0, 1);
    session(0, 2);
    session(GRACE_MILLIS, 2);
    session(GRACE_MILLIS, 1);
    workers.add(new Thread(new Keeper(session(0), kept, false), name + "keeper"));
    workers.add(new Thread(new Keeper(session(0), awaited, true), name + "heir"));
    workers.forEach(Thread::start);
    System.in.readAllBytes();
    for (ClientSession session : sessions) {
      session.bye();
    }
    workers.forEach(Thread::interrupt);
    for (Thread worker : workers) {
      worker.join();
    }
  }

  private void session(long grace, int threads) throws IOException {
    ClientSession session = session(grace);
    for (int i = 0; i < threads; i++) {
      String worker = name + "w" + workers.size();
      String owner = threads == 1 ? null : "o" + i;
      workers.add(
          new Thread(new Worker(session, owner, worker, new Random(random.nextLong())), worker));
    }
  }

  private ClientSession session(long grace) throws IOException {
    Supplier<String> names = () -> name + "." + connections.incrementAndGet();
    ClientSession session = new ClientSession(history, names, port, grace).open();
    sessions.add(session);
    return session;
  }
}
