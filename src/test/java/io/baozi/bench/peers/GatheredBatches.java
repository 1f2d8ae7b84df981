package io.baozi.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Bare RocksDB, one thread that writes: producers of another thread put again as soon as they are
 * answered, and what they put while a batch is being forced is the next batch.
 */
final class GatheredBatches implements Contender {
  private static final long PATIENCE_SECONDS = 20;

  private final Store store;
  private final int producers;
  private long puts;
  private long forces;

  GatheredBatches(Path directory, int producers, byte[] body) throws IOException {
    this.producers = producers;
    store = new Store(directory, body);
  }

  @Override
  public String name() {
    return "bare RocksDB, " + producers + " producers";
  }

  @Override
  public Sample run(Duration time) throws IOException, InterruptedException {
    BlockingQueue<Put> waiting = new LinkedBlockingQueue<>();
    BlockingQueue<Put> answered = new LinkedBlockingQueue<>();
    FutureTask<Void> writing = new FutureTask<>(() -> write(waiting, answered));
    Thread writer = new Thread(writing, "writer");
    writer.start();
    try {
      return produce(time, waiting, answered, writing);
    } finally {
      writer.interrupt();
      writer.join();
    }
  }

  private Sample produce(
      Duration time, BlockingQueue<Put> waiting, BlockingQueue<Put> answered, FutureTask<?> writing)
      throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    List<Put> some = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < producers; i++) {
      waiting.add(new Put(start));
    }
    while (System.nanoTime() - start < time.toNanos()) {
      Put first = answered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (first == null) {
        throw failure(writing);
      }
      some.add(first);
      answered.drainTo(some);
      for (Put put : some) {
        long now = System.nanoTime();
        latencies.add(now - put.sent());
        waiting.add(new Put(now));
      }
      some.clear();
    }
    return latencies.over(System.nanoTime() - start);
  }

  private static IOException failure(FutureTask<?> writing) throws InterruptedException {
    try {
      if (writing.isDone()) {
        writing.get();
      }
      return new IOException("bare RocksDB does not come back from a write");
    } catch (ExecutionException e) {
      return new IOException("bare RocksDB: " + e.getCause().getMessage(), e);
    }
  }

  /** Ends by the interruption of its thread, between two batches. */
  private Void write(BlockingQueue<Put> waiting, BlockingQueue<Put> answered) throws IOException {
    List<Put> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(waiting.take());
        waiting.drainTo(batch);
        store.write(batch.size());
        puts += batch.size();
        forces++;
        answered.addAll(batch);
        batch.clear();
      }
    } catch (InterruptedException over) {
      return null;
    }
  }

  @Override
  public boolean isForced() {
    return true;
  }

  @Override
  public String remark() {
    return "%s, no server, %.1f puts a force".formatted(Store.version(), (double) puts / forces);
  }

  @Override
  public void close() {
    store.close();
  }

  /** A put of one producer. */
  private record Put(long sent) {}
}
