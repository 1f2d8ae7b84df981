package io.baozi.net;

import io.baozi.frame.FrameWriter;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * What one peer is told: gathered, and written as one buffer. Belongs to its event loop, and
 * accounts for what the peer has not taken yet.
 */
final class Outbox {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());

  /** A body of so many bytes is written as it is; a smaller one is copied behind its header. */
  private static final int LARGE = 16 * 1024;

  /**
   * So many bytes are one write, and no more are gathered: what grows by doubling grows no further.
   */
  private static final int CHUNK = 256 * 1024;

  private final Reception reception;
  private final Socket socket;
  private final List<Reply> replies = new ArrayList<>();
  private Future<Void> lastWrite = Future.succeededFuture();

  Outbox(Reception reception, Socket socket) {
    this.reception = reception;
    this.socket = socket;
  }

  void add(Reply reply) {
    replies.add(reply);
  }

  boolean isEmpty() {
    return replies.isEmpty();
  }

  /** Completes once the peer's side has taken all that is written by now. */
  Future<Void> written() {
    return lastWrite;
  }

  /** Writes all that was added; what cannot be written cuts the connection. */
  void flush() {
    FrameWriter writer = reception.writer();
    try {
      for (Reply reply : replies) {
        add(writer, reply);
        if (writer.length() >= CHUNK) {
          write(writer.take());
        }
      }
      if (writer.length() > 0) {
        write(writer.take());
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // Half a frame may be in the writer, which the other connections share.
      writer.discard();
      LOG.log(Level.ERROR, "answers to " + socket.peer() + " were lost, it is cut", e);
      socket.abort();
    }
    replies.clear();
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
}
