package io.baozi.journal;

import static io.baozi.journal.Entries.QUEUE;
import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.DirectoryCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RocksDB's account of its files, as a power cut leaves it. */
class ManifestTest {
  @TempDir private Path folder;

  private Path killed;

  @BeforeEach
  void kill() throws Exception {
    Path data = folder.resolve("data");
    killed = folder.resolve("killed");
    try (OpenJournal journal = OpenJournal.in(data)) {
      journal.keep(QUEUE, message(1, body(1, 100)));
    }
    try (OpenJournal journal = OpenJournal.in(data)) {
      journal.keep(message(2, body(2, 100)));
      assertThat(journal.read(2)[0]).hasSize(100);
      DirectoryCopy.make(data, killed);
    }
  }

  private Path manifest() throws IOException {
    Path store = killed.resolve("journal");
    return store.resolve(Files.readString(store.resolve("CURRENT")).trim());
  }

  /** A fragment of which the head has arrived, and other bytes. */
  private void garble() throws IOException {
    byte[] fragment = body(7, 143);
    fragment[4] = 120; // its length
    fragment[5] = 0;
    fragment[6] = 1; // whole by itself
    Files.write(manifest(), fragment, StandardOpenOption.APPEND);
  }

  private void assertAllIsThere() throws Exception {
    try (OpenJournal journal = OpenJournal.in(killed)) {
      assertThat(journal.rows().keySet()).containsExactly("message 1 1", "message 1 2", "queue 1");
      assertThat(journal.read(1)[0]).isEqualTo(body(1, 100));
      assertThat(journal.read(2)[0]).isEqualTo(body(2, 100));
    }
  }

  @Test
  void open_endGarbled_bringsAllBackAndPutsACopyAside() throws Exception {
    garble();
    Path manifest = manifest();
    byte[] before = Files.readAllBytes(manifest);

    assertAllIsThere();

    assertThat(killed.resolve("torn").resolve(manifest.getFileName() + ".torn"))
        .hasBinaryContent(before);
  }

  @Test
  void open_whole_putsNothingAside() throws Exception {
    assertAllIsThere();
    assertThat(killed.resolve("torn")).doesNotExist();
  }

  @Test
  void open_damagedBeforeOtherFragments_isRefusedAndChangesNothing() throws Exception {
    Path manifest = manifest();
    Entries.flip(manifest, 20);
    byte[] before = Files.readAllBytes(manifest);

    assertThatThrownBy(() -> OpenJournal.in(killed))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(manifest.getFileName().toString())
        .hasMessageContaining(Damage.REMEDY);
    assertThat(manifest).hasBinaryContent(before);
  }

  /** What names it is not the log, and is said to be damaged by who reads it. */
  @ParameterizedTest
  @ValueSource(strings = {"MANI\u0000EST-000005", "\u00ff\u00fe\u0081"})
  void open_nameGarbled_isRefusedAndLeavesTheDirectoryToOthers(String name) throws Exception {
    Path current = killed.resolve("journal").resolve("CURRENT");
    byte[] before = Files.readAllBytes(current);
    Files.writeString(current, name, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> OpenJournal.in(killed))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith("the store in " + killed.resolve("journal"));

    Files.write(current, before);
    assertAllIsThere();
  }

  /** The last fragment is not whole, and the log has nothing: the directory was closed well. */
  private Path rot() throws IOException {
    killed = folder.resolve("rotten");
    DirectoryCopy.make(folder.resolve("data"), killed);
    Path manifest = manifest();
    Entries.flip(manifest, (int) Files.size(manifest) - 1);
    return manifest;
  }

  /** Those that it does not tell of any more would be removed, and the log is behind them. */
  @Test
  void open_lastFragmentRotten_isRefusedAndChangesNothing() throws Exception {
    Path manifest = rot();
    Map<String, byte[]> before = files();

    assertThatThrownBy(() -> OpenJournal.in(killed))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(manifest.getFileName().toString())
        .hasMessageContaining(Damage.REMEDY);
    assertThat(files()).containsAllEntriesOf(before);
  }

  /** A kill after it was cut, and before it was known whether the log has what it told of. */
  @Test
  void open_killedWhileACutWasChecked_isRefusedAndChangesNothing() throws Exception {
    Path manifest = rot();
    Map<String, byte[]> before = files();
    Files.createDirectories(killed.resolve("torn"));
    Files.copy(manifest, killed.resolve("torn").resolve(manifest.getFileName() + ".unchecked"));
    byte[] whole = Files.readAllBytes(manifest);
    Files.write(manifest, Arrays.copyOf(whole, lastFragment(whole)));

    assertThatThrownBy(() -> OpenJournal.in(killed))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(Damage.REMEDY);
    assertThat(files()).containsAllEntriesOf(before);
  }

  /** Where it begins; all are in one block. */
  private static int lastFragment(byte[] manifest) {
    ByteBuffer bytes = ByteBuffer.wrap(manifest).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    int next = 0;
    while (next < manifest.length) {
      at = next;
      next = at + 7 + Short.toUnsignedInt(bytes.getShort(at + 4));
    }
    return at;
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : new String[] {"MANIFEST", ".sst"}) {
      try (Stream<Path> all = Files.list(killed.resolve("journal"))) {
        for (Path file : all.filter(path -> path.toString().contains(name)).toList()) {
          files.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  @Test
  void read_endGarbled_saysWhatMendsItAndChangesNothing() throws Exception {
    garble();
    byte[] before = Files.readAllBytes(manifest());

    try (Archive archive = Archive.take(killed)) {
      assertThatThrownBy(archive::open)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("torn by a crash")
          .hasMessageContaining("baozi data compact");
    }
    assertThat(manifest()).hasBinaryContent(before);
  }

  @Test
  void compact_endGarbled_mendsIt() throws Exception {
    garble();
    Compaction.run(killed, part -> {});
    try (Archive archive = Archive.take(killed)) {
      archive.open();
    }
    assertAllIsThere();
  }
}
