package io.baozi.journal;

import static io.baozi.journal.Entries.QUEUE;
import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.DirectoryCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory read while no server runs: what is in tables, and what only the log has. */
class ArchiveTest {
  @TempDir private Path folder;

  @Test
  void read_ofAKilledDirectory_hasTheRowsOfTheLogOverThoseOfTheTables() throws Exception {
    Path data = folder.resolve("data");
    Path killed = folder.resolve("killed");
    try (OpenJournal journal = OpenJournal.in(data)) {
      journal.keep(QUEUE, new Entry.Counter("message", 3));
      for (int id = 1; id <= 3; id++) {
        journal.keep(message(id, body(id, 30)));
      }
    }
    try (OpenJournal journal = OpenJournal.in(data)) {
      journal.keep(new Entry.Counter("message", 9));
      journal.keep(new Entry.MessageGone(1, 2), new Entry.BodyGone(2));
      journal.keep(message(4, body(4, 50)), message(5, body(5, 0)));
      DirectoryCopy.make(data, killed);
    }

    try (Archive archive = Archive.take(killed)) {
      archive.open();
      assertThat(rows(archive))
          .containsExactly(
              "counter message 9",
              "queue jobs",
              "message 1",
              "message 3",
              "message 4",
              "message 5");
      List<byte[]> bodies = archive.bodies(new long[] {1, 2, 3, 4});
      assertThat(bodies.get(0)).isEqualTo(body(1, 30));
      assertThat(bodies.get(1)).isNull();
      assertThat(bodies.get(2)).isEqualTo(body(3, 30));
      assertThat(bodies.get(3)).isEqualTo(body(4, 50));
      assertThat(archive.whyMissing(2)).isEqualTo("is not there");
      assertThat(archive.messages()).isPositive();
    }
  }

  private static List<String> rows(Archive archive) throws IOException {
    List<String> rows = new ArrayList<>();
    archive.read(
        entry -> rows.add(text(entry)),
        fault -> {
          throw new AssertionError(fault.sentence());
        });
    return rows;
  }

  private static String text(Entry entry) {
    if (entry instanceof Entry.Counter counter) {
      return "counter " + counter.name() + " " + counter.value();
    }
    if (entry instanceof Entry.Queue queue) {
      return "queue " + queue.name();
    }
    return "message " + ((Entry.Message) entry).id();
  }
}
