package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.torture.Event.End;
import io.baozi.torture.Event.Ended;
import io.baozi.torture.Event.Fault;
import io.baozi.torture.Event.Started;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts the server on one directory over and over, works it, and ends it. */
final class Torture implements AutoCloseable {
  private static final int SHORTEST_MILLIS = 300;
  private static final int LONGEST_MILLIS = 2_000;
  private static final int START_MILLIS = 1_200;

  private final Path directory;
  private final Random random;
  private final FaultyDisk disk;
  private final Checker checker = new Checker();
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)); // so that events are in order
  private final Stage stage;
  private final List<Long> starts = new ArrayList<>();
  private int rounds;

  /**
   * One that has not begun.
   *
   * @param directory absolute; data goes into a folder of it
   * @param disk null for a common one
   */
  Torture(Path directory, long seed, FaultyDisk disk) {
    this.directory = directory;
    this.random = new Random(seed);
    this.disk = disk;
    this.stage = new Stage(vertx, checker, random.nextLong());
  }

  static Path data(Path directory) {
    return directory.resolve("data");
  }

  Checker checker() {
    return checker;
  }

  /** How long the server took to serve, in milliseconds. */
  List<Long> starts() {
    return starts;
  }

  /** One life of the server; returns a line about it. */
  String round(Round round) throws IOException, InterruptedException {
    rounds++;
    if (round.atStart()) {
      killAtStart();
    }
    long begun = System.nanoTime();
    try (Server server = start(round)) {
      Load load = new Load(vertx, stage, stage.begin(), server.port());
      starts.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      checker.see(new Started(rounds, round.sync()));
      Client client = load.connect();
      new Look(client).take(checker);
      int there = checker.live();
      load.begin();
      work(round, client);
      String undone = end(round, server);
      return "round %d: %s; %d messages found, start %d ms%s"
          .formatted(rounds, round, there, starts.get(starts.size() - 1), undone);
    }
  }

  /** Starts it once more, and looks at what there is. */
  void look() throws IOException, InterruptedException {
    rounds++;
    try (Server server = start(new Round(Round.ALWAYS, null, false, End.STOPPED, false))) {
      Load load = new Load(vertx, stage, stage.begin(), server.port());
      checker.see(new Started(rounds, Round.ALWAYS));
      new Look(load.connect()).take(checker);
      end(new Round(Round.ALWAYS, null, false, End.STOPPED, false), server);
    }
  }

  private Server start(Round round) throws IOException {
    List<String> settings = new ArrayList<>();
    settings.add("journal.sync=" + round.sync());
    settings.add("journal.memory=16MiB");
    if (random.nextBoolean()) {
      settings.add("journal.bodies=64KiB");
    }
    Map<String, String> environment = disk == null ? Map.of() : disk.environment();
    return Server.start(data(directory), directory.resolve("server.log"), environment, settings);
  }

  private void killAtStart() throws IOException {
    try (Server server = start(new Round(Round.ALWAYS, null, false, End.KILLED, true))) {
      pass(random.nextInt(START_MILLIS));
      server.kill();
      checker.see(new Ended(End.KILLED));
    }
  }

  private void work(Round round, Client client) {
    pass(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
    if (round.fault() != null) {
      Drill drill = new Drill(disk, stage, client, round.fault());
      drill.begin();
      if (round.fault() == Fault.FAILED_STORE) {
        pass(random.nextInt(LONGEST_MILLIS)); // until it is noticed, and the store opened anew
      }
      if (round.recovers()) {
        drill.end();
        pass(random.nextInt(SHORTEST_MILLIS));
      }
    }
  }

  private String end(Round round, Server server) throws IOException, InterruptedException {
    if (!server.isAlive()) {
      checker.broken("Server", "it ended by itself, see the end of server.log");
    } else if (round.end() == End.STOPPED) {
      int code = server.stop();
      if (code != 0) {
        checker.broken("Server", "told to stop, it ended with " + code);
      }
    }
    server.kill();
    checker.see(new Ended(round.end()));
    if (disk != null) {
      disk.heal();
    }
    return round.end() == End.POWER_CUT ? ": " + disk.cutPower(random) : "";
  }

  private static void pass(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public void close() {
    stage.begin();
    Look.await(vertx.close());
  }
}
