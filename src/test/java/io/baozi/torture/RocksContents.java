package io.baozi.torture;

import java.nio.ByteBuffer;
import java.util.Random;

/** What a {@link DiskWriter} has written under the numbers from 0. */
final class RocksContents {
  private RocksContents() {}

  static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  static byte[] value(int number) {
    Random random = new Random(number);
    byte[] value = new byte[random.nextInt(4096)];
    random.nextBytes(value);
    return value;
  }
}
