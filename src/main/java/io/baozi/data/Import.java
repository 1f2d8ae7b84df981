package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.journal.Entry;
import io.baozi.journal.FreshJournal;
import io.baozi.journal.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A data directory made of an export. */
public final class Import {
  private static final int MOST_ENTRIES = 4096;
  private static final long MOST_BYTES = 4 << 20;

  private final FramesIn in;
  private final FreshJournal to;
  private final Watcher watcher;
  private final Tally tally = new Tally();
  private final Set<Long> queues = new HashSet<>();
  private List<Entry> batch = new ArrayList<>();
  private long read;

  private Import(FramesIn in, FreshJournal to, Watcher watcher) {
    this.in = in;
    this.to = to;
    this.watcher = watcher;
  }

  /**
   * Reads it all; nothing is left of what was not read to its end.
   *
   * @param name of the file, as an error calls it
   * @param size of the file in bytes, 0 if it is not known
   * @throws DataException if it is no export, or damaged; names the frame and the place
   * @throws JournalException if the directory is not empty, or cannot be written
   */
  public static Counts read(
      InputStream from, String name, long size, FreshJournal to, Watcher watcher)
      throws IOException {
    watcher.begin("importing", " bytes", size);
    return new Import(new FramesIn(from, name), to, watcher).run(name);
  }

  private Counts run(String name) throws IOException {
    first(name);
    in.next();
    while (!in.isEnd()) {
      add(entry());
      in.next();
    }
    in.requireEnd();
    flush();
    to.seal();
    return tally.counts();
  }

  private void first(String name) throws IOException {
    try {
      in.next();
    } catch (DataException e) {
      throw new DataException(name + " is no export of Baozi, or not whole: " + e.getMessage());
    }
    Header header = in.header();
    if (!"baozi-export".equals(header.text("kind"))) {
      throw new DataException(name + " is no export of Baozi: its first frame says no such thing");
    }
    if (!Long.valueOf(FramesOut.FORMAT).equals(header.get("format"))) {
      throw new DataException(
          "%s has format %s, and this version reads %d: import it with the version that made it"
              .formatted(name, header.get("format"), FramesOut.FORMAT));
    }
  }

  private Entry entry() throws DataException {
    Entry entry;
    try {
      entry = Form.entry(in.header(), in.body());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw in.wrong(e.getMessage());
    }
    if (entry instanceof Entry.Queue queue) {
      queues.add(queue.id());
    } else if (entry instanceof Entry.Message message) {
      require(message.queue());
    } else if (entry instanceof Entry.Key key) {
      require(key.queue());
    }
    return entry;
  }

  private void require(long queue) throws DataException {
    if (!queues.contains(queue)) {
      throw in.wrong("there is no queue number " + queue + " before it");
    }
  }

  private void add(Entry entry) throws JournalException {
    batch.add(entry);
    tally.add(entry);
    if (batch.size() >= MOST_ENTRIES || in.read() - read >= MOST_BYTES) {
      flush();
    }
  }

  private void flush() throws JournalException {
    to.write(batch);
    batch = new ArrayList<>();
    watcher.step(in.read() - read);
    read = in.read();
  }
}
