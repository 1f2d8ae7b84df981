package io.baozi.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/** Reads bodies, one request after the other, on a thread of its own. */
final class Reads {
  private static final Logger LOG = System.getLogger(Reads.class.getName());

  /** So many keys at once. */
  private static final int AT_ONCE = 512;

  private final Store store;
  private final BlockingQueue<Runnable> line = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "baozi-journal-reads");
  private long asked; // the owner's thread only
  private long done; // under the monitor
  private long stored; // under the monitor
  private volatile boolean closed;

  Reads(Store store) {
    this.store = store;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks for bodies.
   *
   * @param write that they came with at the latest: the store has them when it has that one
   */
  void read(long[] bodies, long write, Consumer<byte[][]> then) {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
    asked++;
    line.add(() -> serve(bodies, write, then));
  }

  /** How many reads were asked for so far. */
  long asked() {
    return asked;
  }

  /** Waits until so many reads are done. */
  synchronized void await(long reads) throws InterruptedException {
    while (done < reads) {
      wait();
    }
  }

  /** The store has all writes up to this one. */
  synchronized void stored(long write) {
    stored = write;
    notifyAll();
  }

  private synchronized void awaitStored(long write) {
    try {
      while (stored < write) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the journal's threads are not interrupted", e);
    }
  }

  /** Refuses more. */
  void close() {
    closed = true;
  }

  /** Waits until all that was asked for is done, and ends. */
  void end() throws InterruptedException {
    line.add(thread::interrupt);
    thread.join();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        line.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end, by our own last word
    }
  }

  private void serve(long[] bodies, long write, Consumer<byte[][]> then) {
    byte[][] found = new byte[bodies.length][];
    try {
      awaitStored(write);
      for (int from = 0; from < bodies.length; from += AT_ONCE) {
        find(bodies, from, Math.min(from + AT_ONCE, bodies.length), found);
      }
    } catch (RocksDBException | RuntimeException | Error e) {
      LOG.log(Level.ERROR, "Bodies could not be read", e);
    } finally {
      tick();
      answer(found, then);
    }
  }

  private static void answer(byte[][] found, Consumer<byte[][]> then) {
    try {
      then.accept(found);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "Who wanted bodies failed to take them", e);
    }
  }

  private void find(long[] bodies, int from, int to, byte[][] found) throws RocksDBException {
    Octets key = new Octets();
    List<byte[]> keys = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      keys.add(key.clear().eight(bodies[i]).toArray());
    }
    List<byte[]> values = store.get(Family.BODIES, keys);
    for (int i = from; i < to; i++) {
      byte[] value = values.get(i - from);
      found[i] = value == null ? alone(bodies[i], keys.get(i - from)) : value;
    }
  }

  /** Of several at once one does not learn why one is not there. */
  private byte[] alone(long body, byte[] key) {
    String why = "is not there";
    byte[] value = null;
    try {
      value = store.get(Family.BODIES, key);
    } catch (RocksDBException e) {
      why = "is damaged: " + Damage.why(e);
    }
    if (value == null) {
      LOG.log(
          Level.ERROR, "The body of message {0} {1}. " + Damage.REMEDY, Long.toString(body), why);
    }
    return value;
  }

  private synchronized void tick() {
    done++;
    notifyAll();
  }
}
