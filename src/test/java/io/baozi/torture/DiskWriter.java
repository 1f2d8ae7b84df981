package io.baozi.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A process that writes files, or batches of RocksDB, says what it has forced, and waits. */
final class DiskWriter {
  private DiskWriter() {}

  /** A directory, and what to do. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    switch (args[1]) {
      case "files" -> files(directory);
      case "rocks" -> rocks(directory);
      default -> throw new IllegalArgumentException(args[1]);
    }
    say("done");
    System.in.readAllBytes(); // until it is killed
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }

  private static void files(Path directory) throws IOException {
    append(directory.resolve("forced"), "kept", true);
    append(directory.resolve("tail"), "kept", true);
    append(directory.resolve("nameless"), "gone", true);
    append(directory.resolve("old"), "old", true);
    append(directory.resolve("replaced"), "kept", true);
    append(directory.resolve("removed"), "kept", true);
    Files.delete(directory.resolve("nameless"));
    force(directory);
    append(directory.resolve("tail"), " and not kept", false);
    append(directory.resolve("nameless"), "new", true);
    Files.move(
        directory.resolve("old"),
        directory.resolve("replaced"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(directory.resolve("removed"));
    refused(directory.resolve("forced"));
  }

  private static void append(Path file, String text, boolean isForced) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      if (isForced) {
        channel.force(false);
      }
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  /** Waits until it is told to, and then writes and forces with failures to come. */
  private static void refused(Path file) throws IOException {
    say("ready");
    if (System.in.read() < 0) {
      return;
    }
    for (int i = 0; i < 3; i++) {
      try {
        append(file, "!", true);
        say("forced");
      } catch (IOException e) {
        say(e.getMessage());
      }
    }
  }

  private static void rocks(Path directory) throws RocksDBException {
    RocksDB.loadLibrary();
    try (Options options = new Options().setCreateIfMissing(true).setWriteBufferSize(64 << 10);
        RocksDB db = RocksDB.open(options, directory.toString());
        WriteOptions forced = new WriteOptions().setSync(true);
        WriteOptions unforced = new WriteOptions()) {
      for (int i = 0; ; i++) {
        boolean isForced = i % 3 > 0;
        try (WriteBatch batch = new WriteBatch()) {
          batch.put(RocksContents.key(i), RocksContents.value(i));
          db.write(isForced ? forced : unforced, batch);
        }
        if (isForced) {
          say(Integer.toString(i));
        }
      }
    }
  }
}
