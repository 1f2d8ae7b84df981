package io.baozi.net;

import io.baozi.frame.FrameWriter;
import io.baozi.message.Region;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What one peer is told: gathered, and written as one buffer. Parts of files follow it one by one,
 * and what comes meanwhile waits until the one that is being written has left: a frame is whole.
 * Belongs to its event loop, and accounts for what the peer has not taken yet.
 */
final class Outbox {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());

  /** A body of so many bytes is written as it is; a smaller one is copied behind its header. */
  private static final int LARGE = 16 * 1024;

  /**
   * So many bytes are one write, and no more are gathered: what grows by doubling grows no further.
   */
  private static final int CHUNK = 256 * 1024;

  /** So many replies behind a part of a file are enough. */
  private static final int MANY = 256;

  private final Reception reception;
  private final Socket socket;

  /** Told when {@link #isHoldingMuch} may have changed. */
  private final Runnable regulate;

  private List<Reply> replies = new ArrayList<>();

  /** What was written last, empty: kept for its room. */
  private List<Reply> spare = new ArrayList<>();

  /** Those of them whose bodies are parts of files, which come last. */
  private final Deque<Reply> files = new ArrayDeque<>();

  private Future<Void> lastWrite = Future.succeededFuture();

  /** Completes when what waits behind a part of a file is written; null if nothing does. */
  private Promise<Void> waiting;

  private boolean streaming;
  private boolean closed;

  /**
   * @param regulate told when {@link #isHoldingMuch} may have changed
   */
  Outbox(Reception reception, Socket socket, Runnable regulate) {
    this.regulate = regulate;
    this.reception = reception;
    this.socket = socket;
  }

  void add(Reply reply) {
    if (closed) {
      reply.discard();
    } else if (reply.region() != null) {
      files.add(reply);
    } else {
      replies.add(reply);
    }
  }

  boolean isEmpty() {
    return replies.isEmpty() && files.isEmpty();
  }

  /** Whether a part of a file is being written, behind which all else waits. */
  boolean isStreaming() {
    return streaming;
  }

  /** Whether so much waits behind a part of a file that the peer should not ask for more. */
  boolean isHoldingMuch() {
    return streaming && replies.size() + files.size() >= MANY;
  }

  /** Completes once the peer's side has taken all that was added by now, or never will. */
  Future<Void> written() {
    if (isEmpty() || closed) {
      return lastWrite;
    }
    if (waiting == null) {
      waiting = Promise.promise();
    }
    return waiting.future();
  }

  /** Writes all that was added, as far as it need not wait; what cannot be written cuts. */
  void flush() {
    if (streaming || isEmpty()) {
      return;
    }
    List<Reply> leaving = replies;
    replies = spare;
    spare = leaving;
    FrameWriter writer = reception.writer();
    try {
      for (Reply reply : leaving) {
        add(writer, reply);
        if (writer.length() >= CHUNK) {
          write(writer.take());
        }
      }
      if (writer.length() > 0) {
        write(writer.take());
      }
      leaving.clear();
      if (!files.isEmpty()) {
        stream(writer, files.remove());
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // Half a frame may be in the writer, which the other connections share.
      writer.discard();
      leaving.clear();
      LOG.log(Level.ERROR, "answers to " + socket.peer() + " were lost, it is cut", e);
      socket.abort();
    }
    if (waiting != null && isEmpty()) {
      lastWrite.onComplete(waiting);
      waiting = null;
    }
  }

  /** The connection is gone: what was not written never will be. */
  void close() {
    closed = true;
    files.forEach(Reply::discard);
    files.clear();
    replies.clear();
    if (waiting != null) {
      waiting.complete();
      waiting = null;
    }
  }

  private void add(FrameWriter writer, Reply reply) {
    if (reply.body().length() < LARGE) {
      writer.add(reply.header(), reply.body());
    } else {
      write(writer.addHeader(reply.header(), reply.body().length()).take());
      write(reply.body());
    }
  }

  private void write(Buffer bytes) {
    int length = bytes.length();
    reception.takeMemory(length);
    lastWrite = socket.write(bytes).onComplete(v -> reception.giveMemory(length));
  }

  private void stream(FrameWriter writer, Reply reply) {
    Region region = reply.region();
    try {
      write(writer.addHeader(reply.header(), region.length()).take());
      streaming = true;
      lastWrite = socket.write(region);
      lastWrite.onComplete(v -> streamed()); // maybe at once, and what follows is the last then
    } catch (RuntimeException | OutOfMemoryError e) {
      region.close();
      throw e;
    }
  }

  private void streamed() {
    streaming = false;
    flush();
    regulate.run();
  }
}
