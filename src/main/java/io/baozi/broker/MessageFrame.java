package io.baozi.broker;

import io.baozi.broker.queue.Message;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Messages as one frame carries them: an entry and a size for each, their bodies in that order. */
final class MessageFrame {
  private final List<Header> entries;
  private final List<byte[]> bodies;
  private long memory;

  /** An empty one, for about so many messages. */
  MessageFrame(int messages) {
    entries = new ArrayList<>(messages);
    bodies = new ArrayList<>(messages);
  }

  static MessageFrame of(List<Message> messages) {
    MessageFrame frame = new MessageFrame(messages.size());
    messages.forEach(frame::add);
    return frame;
  }

  void add(Message message) {
    byte[] body = message.content().body();
    entries.add(
        Header.of(
            "msg",
            message.id(),
            "attempt",
            message.attempt(),
            "headers",
            message.content().headers()));
    bodies.add(body);
    memory += memory(message);
  }

  /**
   * What a message takes of memory on its way to a peer: its headers are copied into the frame's,
   * and again into what is written.
   */
  static long memory(Message message) {
    return message.content().memory() + message.content().headersLength();
  }

  /** What all of it takes of memory on its way to a peer. */
  long memory() {
    return memory;
  }

  Json msgs() {
    return Json.array(entries.toArray(Header[]::new));
  }

  long[] sizes() {
    long[] sizes = new long[bodies.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = bodies.get(i).length;
    }
    return sizes;
  }

  Buffer body() {
    return Bodies.join(bodies.toArray(byte[][]::new));
  }
}
