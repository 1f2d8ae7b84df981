package io.baozi.cli;

import java.util.concurrent.CompletableFuture;

/**
 * What is under way, bounded in number and bytes: who wants to send more waits. Safe for use by
 * several threads.
 */
final class Window {
  private final int mostMessages;
  private final long mostBytes;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private int messages;
  private long bytes;
  private boolean isClosed;

  Window(int mostMessages, long mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /**
   * Waits for room, and takes it. What is larger than the whole window waits until it is empty.
   *
   * @return whether it may be sent; not if the window was closed
   */
  synchronized boolean enter(int moreMessages, long moreBytes) throws InterruptedException {
    while (!isClosed && messages > 0 && !hasRoom(moreMessages, moreBytes)) {
      wait();
    }
    if (isClosed) {
      return false;
    }
    messages += moreMessages;
    bytes += moreBytes;
    return true;
  }

  private boolean hasRoom(int moreMessages, long moreBytes) {
    return messages + moreMessages <= mostMessages && bytes + moreBytes <= mostBytes;
  }

  /** So much is under way no more. */
  synchronized void leave(int fewerMessages, long fewerBytes) {
    messages -= fewerMessages;
    bytes -= fewerBytes;
    changed();
  }

  /** Lets nothing in any more. */
  synchronized void close() {
    isClosed = true;
    changed();
  }

  /** Completes once the window is closed and nothing is under way. */
  CompletableFuture<Void> drained() {
    return drained;
  }

  private void changed() {
    notifyAll();
    if (isClosed && messages == 0) {
      drained.complete(null);
    }
  }
}
