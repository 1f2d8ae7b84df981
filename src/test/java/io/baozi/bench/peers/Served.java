package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** A peer that runs, under the load of producers that connect anew for each run. */
final class Served implements Contender {
  private final Peer peer;
  private final int port;
  private final Shape shape;
  private final byte[] body;
  private final Closeable process;

  /** Puts in a force, on average of the last run; 0 if it is not known. */
  private double batch;

  private Served(Peer peer, int port, Shape shape, byte[] body, Closeable process) {
    this.peer = peer;
    this.port = port;
    this.shape = shape;
    this.body = body;
    this.process = process;
  }

  /** Starts a peer. */
  static Served start(Peer peer, Path directory, Shape shape, byte[] body)
      throws IOException, InterruptedException {
    int port = Spawned.freePort();
    return new Served(peer, port, shape, body, peer.start(directory, port));
  }

  @Override
  public String name() {
    return peer.name() + shape.label();
  }

  @Override
  public Sample run(Duration time) throws IOException {
    try (Load load = Load.connect(peer, port, shape, body)) {
      OptionalLong before = peer.forces(port);
      Sample sample = load.run(time);
      OptionalLong after = peer.forces(port);
      if (after.isPresent()) {
        batch = (double) sample.puts() / (after.getAsLong() - before.getAsLong());
      }
      return sample;
    }
  }

  @Override
  public void warmUp(Duration time) throws IOException {
    if (peer.isCompiledAsItRuns()) {
      run(time);
    }
  }

  @Override
  public void empty() throws IOException {
    peer.empty(port);
  }

  /** How many puts a force had on average in the last run, rounded; 1 if it is not known. */
  int batch() {
    return Math.max(1, (int) Math.round(batch));
  }

  /** Whether it is what the others are compared with. */
  boolean isBaozi() {
    return peer instanceof BaoziServer;
  }

  /** Whether the producers reach this one as they reach another. */
  boolean isReachedAs(Served other) {
    return shape.equals(other.shape);
  }

  @Override
  public boolean isForced() throws IOException {
    return peer.reservation().isEmpty();
  }

  @Override
  public String remark() throws IOException {
    String remark = peer.version() + (batch > 0 ? ", %.1f puts a force".formatted(batch) : "");
    return isForced() ? remark : remark + ", NOT COMPARABLE: " + peer.reservation();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
