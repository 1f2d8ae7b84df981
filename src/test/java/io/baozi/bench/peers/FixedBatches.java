package io.baozi.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Bare RocksDB, batches of one size, one after another; each run may have a size of its own. */
final class FixedBatches implements Contender {
  private final Store store;
  private final String name;
  private final IntSupplier sizes;

  FixedBatches(Path directory, int size, byte[] body) throws IOException {
    this(directory, "batches of " + size, () -> size, body);
  }

  FixedBatches(Path directory, String name, IntSupplier sizes, byte[] body) throws IOException {
    this.name = "bare RocksDB, " + name;
    this.sizes = sizes;
    store = new Store(directory, body);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample run(Duration time) throws IOException {
    Latencies latencies = new Latencies();
    int size = sizes.getAsInt();
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
    return Store.version() + ", no server, one thread; at last batches of " + sizes.getAsInt();
  }

  @Override
  public void close() {
    store.close();
  }
}
