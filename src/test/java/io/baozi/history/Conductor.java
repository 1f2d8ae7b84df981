package io.baozi.history;

import io.baozi.JarProcess;
import io.baozi.history.Line.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a server and clients, and sees to it that things go wrong: all that follows from a seed. */
final class Conductor implements AutoCloseable {
  private static final int CLIENTS = 3;

  /** What goes wrong in turn, shuffled each time. */
  private enum Mishap {
    CUT,
    PAUSE,
    KILL,
    STALL
  }

  private static final List<Mishap> DECK =
      List.of(
          Mishap.CUT,
          Mishap.CUT,
          Mishap.CUT,
          Mishap.CUT,
          Mishap.CUT,
          Mishap.PAUSE,
          Mishap.KILL,
          Mishap.STALL);

  private final Path directory;
  private final Random random;
  private final HistoryFile history;
  private final JarProcess server;
  private final CuttingProxy proxy;
  private final List<RunningClient> clients = new ArrayList<>();
  private final List<Mishap> deck = new ArrayList<>();
  private int started;

  private Conductor(Path directory, long seed) throws IOException {
    this.directory = directory;
    random = new Random(seed);
    history = new HistoryFile(directory.resolve("conductor.history"));
    server = JarProcess.serve("warn");
    proxy = new CuttingProxy(server.port(), history);
  }

  /** Runs for so long, and reads what was seen from the directory, which it empties before. */
  static History run(Path directory, long seed, Duration time) throws Exception {
    Files.createDirectories(directory);
    try (var old = Files.newDirectoryStream(directory)) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    try (Conductor conductor = new Conductor(directory, seed)) {
      conductor.conduct(time);
      conductor.end();
    }
    return History.read(directory);
  }

  private void conduct(Duration time) throws IOException, InterruptedException {
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(client(i));
    }
    long end = System.nanoTime() + time.toNanos();
    try (Auditor auditor = new Auditor(server.port(), directory)) {
      while (System.nanoTime() < end) {
        pass(30 + random.nextInt(120));
        mishap();
        auditor.takeAll();
      }
    }
    killInPeace();
  }

  /** A kill while nothing else happens, so that one lock at least passes on undisturbed. */
  private void killInPeace() {
    pass(1_000);
    RunningClient oldest = Collections.min(clients, Comparator.comparingLong(RunningClient::pid));
    kill(oldest);
    clients.remove(oldest);
    pass(500);
  }

  private void kill(RunningClient client) {
    history.add(Kind.KILLED, client.name());
    client.kill();
  }

  /** A client that keeps the lock of its place, and waits for that of the next. */
  private RunningClient client(int place) throws IOException {
    return RunningClient.start(
        "c" + ++started,
        proxy.port(),
        random.nextLong(),
        directory,
        "place" + place,
        "place" + (place + 1) % CLIENTS);
  }

  private void mishap() throws IOException, InterruptedException {
    if (deck.isEmpty()) {
      deck.addAll(DECK);
      Collections.shuffle(deck, random);
    }
    switch (deck.remove(deck.size() - 1)) {
      case CUT -> proxy.cutOne(random);
      case PAUSE -> {
        RunningClient client = clients.get(random.nextInt(CLIENTS));
        pause(client.name(), client.pid(), 400 + random.nextInt(800));
      }
      case KILL -> {
        int which = random.nextInt(CLIENTS);
        kill(clients.get(which));
        clients.set(which, client(which));
      }
      case STALL -> pause("server", server.pid(), 100 + random.nextInt(300));
    }
  }

  private void pause(String name, long pid, int millis) throws IOException, InterruptedException {
    history.add(Kind.STOPPED, name);
    Signal.STOP.send(pid);
    try {
      pass(millis);
    } finally {
      Signal.CONT.send(pid);
      history.add(Kind.CONTINUED, name);
    }
  }

  private static void pass(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Lets all clients end by themselves, and looks at what they left. */
  private void end() throws Exception {
    for (RunningClient client : clients) {
      client.end();
    }
    try (Auditor auditor = new Auditor(server.port(), directory)) {
      auditor.takeAll();
      auditor.acquireAll(History.read(directory));
      auditor.listAll();
    }
    server.terminate();
    Files.writeString(directory.resolve("server.log"), server.log());
    if (server.awaitExit() != 0) {
      throw new AssertionError(
          "the server ended with "
              + Arrays.toString(Files.readAllBytes(directory.resolve("server.log"))));
    }
  }

  @Override
  public void close() throws IOException {
    clients.forEach(RunningClient::kill);
    proxy.close();
    server.close();
    history.close();
  }
}
