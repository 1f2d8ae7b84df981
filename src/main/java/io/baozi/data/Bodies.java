package io.baozi.data;

import io.baozi.journal.Archive;
import io.baozi.journal.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Entries passed on in their order, messages with their bodies, which are read many at a time. */
final class Bodies implements Archive.Reader {
  private static final int AT_ONCE = 512;
  private static final long BYTES_AT_ONCE = 8 << 20;
  private static final byte[] NONE = {};

  /** Whom they are passed on to. */
  interface Reader {
    /**
     * Takes one.
     *
     * @param body empty if it has none, null if it cannot be had
     */
    void entry(Entry entry, byte[] body) throws IOException;
  }

  private final Archive archive;
  private final Reader to;
  private final List<Entry.Message> waiting = new ArrayList<>();
  private long bytes;

  Bodies(Archive archive, Reader to) {
    this.archive = archive;
    this.to = to;
  }

  @Override
  public void entry(Entry entry) throws IOException {
    if (!(entry instanceof Entry.Message message)) {
      end();
      to.entry(entry, NONE);
      return;
    }
    waiting.add(message);
    bytes += message.length();
    if (waiting.size() == AT_ONCE || bytes >= BYTES_AT_ONCE) {
      end();
    }
  }

  /** Passes on what is left. */
  void end() throws IOException {
    long[] ids =
        waiting.stream()
            .filter(message -> message.length() > 0)
            .mapToLong(Entry.Message::body)
            .toArray();
    List<byte[]> found = ids.length == 0 ? List.of() : archive.bodies(ids);
    int next = 0;
    for (Entry.Message message : waiting) {
      to.entry(message, message.length() > 0 ? found.get(next++) : NONE);
    }
    waiting.clear();
    bytes = 0;
  }
}
