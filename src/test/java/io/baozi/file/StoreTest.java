package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of files, its checksums and its parts. */
final class StoreTest {
  private static final FileName NAME = new FileName("a/b");

  @TempDir Path folder;

  private static void write(FileChannel part, String text) throws IOException {
    part.write(ByteBuffer.wrap(FilePeer.bytes(text)));
  }

  private static Tree.Standing published(Store store, String text) throws IOException {
    try (FileChannel part = store.partials().begin(NAME)) {
      write(part, text);
    }
    store.tree().publish(NAME, store.partials().path(NAME));
    return store.tree().find(NAME).orElseThrow();
  }

  @Test
  void store_openedTwice_isTheFirstOnes() throws IOException {
    Store first = Store.open(folder, 0);
    assertThatThrownBy(() -> Store.open(folder, 0).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("files.dir");
    first.close();
    Store.open(folder, 0).close();
  }

  @Test
  void store_opened_knowsWhatIsUsed() throws IOException {
    try (Store store = Store.open(folder, 0)) {
      assertThat(store.used()).isZero();
      published(store, "12345");
      try (FileChannel part = store.partials().begin(new FileName("c"))) {
        write(part, "123");
      }
    }
    try (Store store = Store.open(folder, 0)) {
      assertThat(store.used()).isEqualTo(8);
      assertThat(store.free()).isPositive();
    }
  }

  /** Such as a power cut leaves in the middle of an operation. */
  @Test
  void store_openedWithEmptyFolders_removesThem() throws IOException {
    try (Store store = Store.open(folder, 0)) {
      published(store, "x");
    }
    Files.createDirectories(folder.resolve("tree/c/d"));
    Files.createDirectories(folder.resolve("tree/a/e"));
    try (Store store = Store.open(folder, 0)) {
      store.tree().requirePlace(new FileName("c"));
      store.tree().requirePlace(new FileName("a/e"));
      assertThat(store.tree().find(NAME)).isPresent();
    }
  }

  @Test
  void sum_ofAFile_holdsUntilTheFileIsChanged() throws IOException {
    try (Store store = Store.open(folder, 0)) {
      Tree.Standing file = published(store, "one");
      assertThat(store.sums().find(NAME, file)).isNull();
      String sum = FilePeer.sha256(FilePeer.bytes("one"));
      try (FileChannel open = store.tree().open(file)) {
        assertThat(Sums.compute(file, open)).isEqualTo(sum);
      }
      store.sums().put(NAME, file.attributes(), sum);
      assertThat(store.sums().find(NAME, file)).isEqualTo(sum);
      Instant later = file.attributes().lastModifiedTime().toInstant().plusNanos(1000);
      Files.setLastModifiedTime(file.path(), FileTime.from(later));
      assertThat(store.sums().find(NAME, store.tree().find(NAME).orElseThrow())).isNull();
      Files.writeString(file.path(), "longer");
      Files.setLastModifiedTime(file.path(), file.attributes().lastModifiedTime());
      assertThat(store.sums().find(NAME, store.tree().find(NAME).orElseThrow())).isNull();
      store.sums().remove(NAME);
      assertThat(store.sums().find(NAME, file)).isNull();
    }
  }

  @Test
  void sum_ofAFileShorterThanItWas_isAnError() throws IOException {
    try (Store store = Store.open(folder, 0)) {
      Tree.Standing file = published(store, "12345");
      Files.writeString(file.path(), "1");
      try (FileChannel open = store.tree().open(file)) {
        assertThatThrownBy(() -> Sums.compute(file, open)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void part_goesOnBehindWhatItHas_andBeginsAnew() throws IOException {
    try (Store store = Store.open(folder, 0)) {
      Partials partials = store.partials();
      assertThat(partials.received(NAME)).isEmpty();
      try (FileChannel part = partials.begin(NAME)) {
        write(part, "12345");
      }
      assertThat(partials.received(NAME)).isEqualTo(OptionalLong.of(5));
      try (FileChannel part = partials.goOn(NAME)) {
        write(part, "678");
      }
      assertThat(Files.readString(partials.path(NAME))).isEqualTo("12345678");
      partials.begin(NAME).close();
      assertThat(partials.received(NAME)).isEqualTo(OptionalLong.of(0));
      assertThat(partials.remove(NAME)).isZero();
      assertThat(partials.received(NAME)).isEmpty();
      assertThat(partials.remove(NAME)).isZero();
      assertThatThrownBy(() -> partials.goOn(NAME).close()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void parts_olderThanAMoment_areRemovedUnlessSpared() throws IOException {
    try (Store store = Store.open(folder, 0)) {
      Partials partials = store.partials();
      for (String name : new String[] {"old", "spared", "fresh"}) {
        try (FileChannel part = partials.begin(new FileName(name))) {
          write(part, "12345");
        }
        FileTime time = FileTime.fromMillis(name.equals("fresh") ? 1000 : 999);
        Files.setLastModifiedTime(partials.path(new FileName(name)), time);
      }
      String spared = new FileName("spared").key();
      assertThat(partials.removeOld(1000, spared::equals)).isEqualTo(5);
      assertThat(partials.received(new FileName("old"))).isEmpty();
      assertThat(partials.received(new FileName("spared"))).isPresent();
      assertThat(partials.received(new FileName("fresh"))).isPresent();
    }
  }

  @Test
  void digest_isKeptForItsLengthOnce() {
    Digests digests = new Digests();
    MessageDigest digest = Sha256.digest();
    digests.keep("a", 5, digest);
    assertThat(digests.take("b", 5)).isNull();
    assertThat(digests.take("a", 5)).isSameAs(digest);
    assertThat(digests.take("a", 5)).isNull();
    digests.keep("a", 5, digest);
    assertThat(digests.take("a", 6)).isNull();
    assertThat(digests.take("a", 5)).isNull();
    for (int i = 0; i <= 1024; i++) {
      digests.keep("k" + i, 1, digest);
    }
    assertThat(digests.take("k0", 1)).isNull();
    assertThat(digests.take("k1", 1)).isSameAs(digest);
  }

  @Test
  void room_isTakenUpToTheQuota() {
    Room room = new Room(10);
    room.add(4);
    room.take(6);
    assertThatThrownBy(() -> room.take(1))
        .hasMessageContaining("10 of 10")
        .hasMessageContaining("files.quota");
    room.take(0);
    room.give(3);
    assertThatThrownBy(() -> room.take(4)).hasMessageContaining("7 of 10");
    assertThatThrownBy(() -> room.take(Long.MAX_VALUE)).hasMessageContaining("7 of 10");
    room.take(3);
    new Room(0).take(Long.MAX_VALUE);
  }
}
