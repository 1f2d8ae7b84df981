package io.baozi.journal;

import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class CompactorTest {
  private static final List<Family> ALL = List.of(Family.values());

  @TempDir private Path folder;

  private final Compactor compactor = new Compactor();
  private Handles handles;

  @BeforeEach
  void writeWhatIsNotOnDisk() throws Exception {
    NativeLibrary.load(folder.resolve("native"));
    handles = Handles.open(folder.resolve("journal"), OpenJournal.MEMORY);
    Batch batch = new Batch();
    batch.begin(0);
    new Rows().add(message(1, body(1, 100)), handles.numbers(), batch);
    try (WriteBatch rows = new WriteBatch(batch.toArray())) {
      handles.write(rows);
    }
    assertThat(tables()).isZero();
  }

  @AfterEach
  void close() {
    handles.close();
  }

  private int tables() {
    return handles.database().getLiveFilesMetaData().size();
  }

  @Test
  void run_allowed_bringsAllToDisk() throws Exception {
    compactor.run(handles, ALL);
    assertThat(tables()).isPositive();
  }

  @Test
  void run_halted_doesNothingUntilItIsAllowedAgain() throws Exception {
    compactor.halt();
    compactor.run(handles, ALL);
    assertThat(tables()).isZero();

    compactor.allow();
    compactor.run(handles, ALL);
    assertThat(tables()).isPositive();
  }

  @Test
  void run_haltedMeanwhile_isBrokenOff() {
    List<Family> haltingWhenAsked =
        new AbstractList<>() {
          @Override
          public Family get(int index) {
            compactor.halt();
            return ALL.get(index);
          }

          @Override
          public int size() {
            return ALL.size();
          }
        };
    assertThatThrownBy(() -> compactor.run(handles, haltingWhenAsked))
        .isInstanceOf(RocksDBException.class);
  }

  /** What is freed has mostly the place of what is made next, in which it would be seen. */
  @Test
  void halt_afterARun_doesNotTouchWhatThatOneHadOpen() throws Exception {
    compactor.run(handles, ALL);
    List<CompactRangeOptions> next = Stream.generate(CompactRangeOptions::new).limit(100).toList();
    compactor.halt();

    assertThat(next).noneMatch(CompactRangeOptions::canceled);
    next.forEach(CompactRangeOptions::close);
  }
}
