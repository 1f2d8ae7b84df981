package io.baozi.bench.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Puts that are on disk before they are answered: Baozi beside the bare store that its journal is
 * written with, and beside its peers; 64 producers with one put in flight each, on connections of
 * their own or, as those of one program, on one.
 */
final class DurablePuts {
  private static final int PRODUCERS = 64;
  private static final int BODY = BareServer.BODY;
  private static final Shape EACH_ITS_OWN = new Shape(PRODUCERS, 1);
  private static final Shape ONE_FOR_ALL = new Shape(1, PRODUCERS);

  /** Seconds of a run without a pause in the warm-up. */
  private static final int STRETCH = 5;

  /** What Baozi must reach of the bare store, as far from its producers, in batches as large. */
  private static final double STORE_BAR = 0.7;

  /** What it must be above, beside a peer. */
  private static final double PEER_BAR = 1;

  private final Conditions conditions;
  private final byte[] body = new byte[BODY];
  private final List<Contender> contenders = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final Map<Contender, List<Sample>> samples = new LinkedHashMap<>();

  private DurablePuts(Conditions conditions) {
    this.conditions = conditions;
    new Random(1).nextBytes(body);
  }

  /** Prints the table; exit code 1 if a bar is missed, or cannot be judged. */
  public static void main(String[] args) throws Exception {
    Conditions conditions = Conditions.fromEnvironment();
    boolean met;
    try (Workplace place = Workplace.beneath(conditions.directory())) {
      met = new DurablePuts(conditions).run(place);
    }
    System.exit(met ? 0 : 1);
  }

  private boolean run(Workplace place) throws IOException, InterruptedException {
    try {
      Contender bare = add(new GatheredBatches(place.directory("gathered"), PRODUCERS, body));
      BrokerOnTheBus bus = BrokerOnTheBus.start(place.directory("bus"), PRODUCERS, body);
      contenders.add(bus);
      Contender sameOnTheBus = inBatches(bus::batch, "on the bus", place);
      Served baozi = start(BaoziServer.singly(), EACH_ITS_OWN, place);
      Contender behindSockets = start(new BareSockets(), EACH_ITS_OWN, place);
      startPeers(List.of(new Redis()), EACH_ITS_OWN, place);
      Contender same = inBatches(baozi::batch, "of 64 connections", place);
      startPeers(List.of(new RabbitMq(), new Beanstalkd(), new Nats()), EACH_ITS_OWN, place);
      Served pipelined = start(BaoziServer.singly(), ONE_FOR_ALL, place);
      startPeers(List.of(new Redis()), ONE_FOR_ALL, place);
      Served gathered = start(BaoziServer.gathered(), ONE_FOR_ALL, place);
      Contender sameGathered = inBatches(gathered::batch, "in frames", place);
      for (int size : new int[] {1, PRODUCERS / 4}) {
        add(new FixedBatches(place.directory("batches-" + size), size, body));
      }
      measure();
      print();
      boolean met = judge(bus, bare, STORE_BAR, ratio(bus, bare) >= STORE_BAR);
      met &= judge(bus, sameOnTheBus, STORE_BAR, ratio(bus, sameOnTheBus) >= STORE_BAR);
      tell(baozi, bare);
      tell(baozi, same);
      met &= judge(baozi, List.of(behindSockets));
      met &= judge(pipelined, List.of());
      met &= judge(gathered, List.of(sameGathered));
      return met;
    } finally {
      for (Contender contender : contenders) {
        contender.close();
      }
    }
  }

  /** Bare RocksDB in batches as large as those that Baozi has had last. */
  private Contender inBatches(IntSupplier sizes, String where, Workplace place) throws IOException {
    return add(
        new FixedBatches(
            place.directory("same-" + contenders.size()), "batches as " + where, sizes, body));
  }

  private void startPeers(List<Peer> peers, Shape shape, Workplace place)
      throws IOException, InterruptedException {
    for (Peer peer : peers) {
      if (peer.isInstalled()) {
        start(peer, shape, place);
      } else {
        missing.add(peer.name() + shape.label());
      }
    }
  }

  private Served start(Peer peer, Shape shape, Workplace place)
      throws IOException, InterruptedException {
    String name = peer.getClass().getSimpleName() + "-" + contenders.size();
    Served served = Served.start(peer, place.directory(name), shape, body);
    contenders.add(served);
    return served;
  }

  private Contender add(Contender contender) {
    contenders.add(contender);
    return contender;
  }

  /**
   * Warms all up, each to its end. Then come rounds, of which the first does not count: a JVM
   * compiles some anew when the producers come back on other connections.
   */
  private void measure() throws IOException, InterruptedException {
    for (Contender contender : contenders) {
      warmUp(contender);
    }
    Duration time = Duration.ofSeconds(conditions.seconds());
    for (int round = 0; round <= conditions.rounds(); round++) {
      for (Contender contender : contenders) {
        Sample sample = contender.run(time);
        contender.empty();
        if (round > 0) {
          samples.computeIfAbsent(contender, c -> new ArrayList<>()).add(sample);
        }
      }
    }
  }

  /** In runs that are not long: what it emptied at once would be millions otherwise. */
  private void warmUp(Contender contender) throws IOException, InterruptedException {
    for (int left = conditions.warmup(); left > 0; left -= STRETCH) {
      contender.warmUp(Duration.ofSeconds(Math.min(left, STRETCH)));
      contender.empty();
    }
  }

  private void print() throws IOException {
    print(
        "durable puts: %d producers, one put in flight each, %d B; after %d s in which a JVM compiles"
            + " what it runs, medians of %d interleaved rounds of %d s; servers and producers share the machine",
        PRODUCERS, BODY, conditions.warmup(), conditions.rounds(), conditions.seconds());
    print("%s", conditions.machine());
    print("%-34s %10s %9s %9s", "", "puts/s", "p50 us", "p99 us");
    for (Contender contender : contenders) {
      Sample median = Sample.median(samples.get(contender));
      print(
          "%-34s %,10.0f %,9.0f %,9.0f  %s",
          contender.name(), median.perSecond(), median.p50(), median.p99(), contender.remark());
    }
    missing.forEach(name -> print("%-34s not installed", name));
  }

  private boolean judge(Served baozi, List<Contender> stores) throws IOException {
    if (!baozi.isForced()) {
      print("MISSED: what Baozi answered was not on disk, there is nothing to compare");
      return false;
    }
    boolean met = true;
    for (Contender other : contenders) {
      if (stores.contains(other)) {
        met &= judge(baozi, other, STORE_BAR, ratio(baozi, other) >= STORE_BAR);
      } else if (other instanceof Served peer
          && !peer.isBaozi()
          && peer.isReachedAs(baozi)
          && peer.isForced()) {
        met &= judge(baozi, other, PEER_BAR, ratio(baozi, other) > PEER_BAR);
      }
    }
    return met;
  }

  private boolean judge(Contender baozi, Contender other, double bar, boolean met) {
    print(
        "%s to %s: %.2f, bar %.1f %s",
        baozi.name(), other.name(), ratio(baozi, other), bar, met ? "met" : "MISSED");
    return met;
  }

  /** Beside a store that is reached without a network: what sockets cost is in it. */
  private void tell(Contender baozi, Contender other) {
    print(
        "%s to %s: %.2f, no bar: one has a network, the other none",
        baozi.name(), other.name(), ratio(baozi, other));
  }

  /**
   * The median of what the rounds have shown, each for itself, as the machine may be busier in one
   * than in the next.
   */
  private double ratio(Contender a, Contender b) {
    List<Sample> of = samples.get(a);
    List<Sample> to = samples.get(b);
    double[] ratios =
        IntStream.range(0, of.size())
            .mapToDouble(round -> of.get(round).perSecond() / to.get(round).perSecond())
            .sorted()
            .toArray();
    return (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
