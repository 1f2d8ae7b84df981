package io.baozi.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a command has written so far; a test can wait for some of it. */
final class Written extends ByteArrayOutputStream {
  /** Waits until this is in it. */
  synchronized void await(String part) throws InterruptedException {
    while (!text().contains(part)) {
      wait();
    }
  }

  String text() {
    return toString(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    super.write(b);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    super.write(bytes, from, length);
    notifyAll();
  }
}
