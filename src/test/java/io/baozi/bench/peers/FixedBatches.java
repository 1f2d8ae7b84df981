package io.baozi.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Bare RocksDB, batches of one size, one after another. */
final class FixedBatches implements Contender {
  private final Store store;
  private final int size;

  FixedBatches(Path directory, int size, byte[] body) throws IOException {
    this.size = size;
    store = new Store(directory, body);
  }

  @Override
  public String name() {
    return "bare RocksDB, batches of " + size;
  }

  @Override
  public Sample run(Duration time) throws IOException {
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long before = start;
    while (before < end) {
      store.write(size);
      long now = System.nanoTime();
      for (int i = 0; i < size; i++) {
        latencies.add(now - before);
      }
      before = now;
    }
    return latencies.over(before - start);
  }

  @Override
  public boolean isForced() {
    return true;
  }

  @Override
  public String remark() {
    return Store.version() + ", no server, one thread";
  }

  @Override
  public void close() {
    store.close();
  }
}
