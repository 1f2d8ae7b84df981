package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;

/**
 * What carries one transfer or one pipe to the server and back: frames, and bodies that stream.
 * Used on one context.
 */
interface StreamLink {
  /** Who is told of what comes. */
  interface Listener {
    /** Whether the body behind this header comes in pieces, of which none has come yet. */
    boolean streams(Header header);

    /** Some bytes of such a body, and how many are still to come. */
    void piece(Buffer piece, long left);

    /** A whole frame. */
    void frame(Reply reply);

    /** Nothing comes any more, and why; told once. */
    void closed(Throwable cause);
  }

  /** Tells this listener from now on; set before the first frame is sent. */
  void listen(Listener listener);

  /** Sends a frame. */
  void send(Header header, Buffer body);

  /** Sends the beginning of a frame, whose body follows through the next two methods. */
  void begin(Header header, long size);

  /** Sends some bytes of a body; completes once they are on their way. */
  Future<Void> write(Buffer bytes);

  /** Sends some bytes of a body that lie in a file; completes once they are on their way. */
  Future<Void> sendFile(Path file, long offset, int length);

  /** Whether it has more to send than it should be given. */
  boolean isFull();

  /** Who is told from now on that it is full no longer. */
  void onDrain(Runnable drained);

  /** Reads nothing more until it is resumed. */
  void pause();

  /** Reads on. */
  void resume();

  /** Closes once all is sent; nobody is told. */
  Future<Void> close();

  /** Closes at once, whatever is still to be sent; nobody is told. */
  void abort();
}
