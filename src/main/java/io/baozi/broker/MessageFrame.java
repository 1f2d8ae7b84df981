package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.Message;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Messages as one frame carries them: an entry and a size for each, their bodies in that order. */
final class MessageFrame {
  private final List<Header> entries;
  private final List<Content> contents;

  /** As they were when they were added; null for one that is on disk only. */
  private final List<byte[]> bodies;

  private long memory;
  private int lacking;

  /** An empty one, for about so many messages. */
  MessageFrame(int messages) {
    entries = new ArrayList<>(messages);
    contents = new ArrayList<>(messages);
    bodies = new ArrayList<>(messages);
  }

  static MessageFrame of(List<Message> messages) {
    MessageFrame frame = new MessageFrame(messages.size());
    messages.forEach(frame::add);
    return frame;
  }

  void add(Message message) {
    Content content = message.content();
    entries.add(
        Header.of("msg", message.id(), "attempt", message.attempt(), "headers", content.headers()));
    contents.add(content);
    bodies.add(content.body());
    lacking += content.body() == null ? 1 : 0;
    memory += memory(message);
  }

  /**
   * What a message takes of memory on its way to a peer: its headers are copied into the frame's,
   * and again into what is written.
   */
  static long memory(Message message) {
    return message.content().memoryOnTheWay() + message.content().headersLength();
  }

  /** What all of it takes of memory on its way to a peer. */
  long memory() {
    return memory;
  }

  Json msgs() {
    return Json.array(entries.toArray(Header[]::new));
  }

  long[] sizes() {
    return contents.stream().mapToLong(Content::length).toArray();
  }

  /** Whether some bodies are on disk only. */
  boolean lacksBodies() {
    return lacking > 0;
  }

  /** The places of those, in order. */
  long[] lacking() {
    long[] places = new long[lacking];
    int next = 0;
    for (int at = 0; at < bodies.size(); at++) {
      if (bodies.get(at) == null) {
        places[next++] = contents.get(at).place();
      }
    }
    return places;
  }

  /**
   * Fills in the bodies that were lacking, in order; leaves out messages whose body is null or not
   * as long as it was.
   */
  void fill(byte[][] read) {
    lacking = 0;
    int next = 0;
    for (int at = 0; at < bodies.size(); at++) {
      if (bodies.get(at) == null) {
        bodies.set(at, read[next++]);
      }
    }
    leaveOutDamaged();
  }

  private void leaveOutDamaged() {
    for (int at = bodies.size() - 1; at >= 0; at--) {
      byte[] body = bodies.get(at);
      if (body == null || body.length != contents.get(at).length()) {
        bodies.remove(at);
        contents.remove(at);
        entries.remove(at);
      }
    }
  }

  /** Whether there is no message in it. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** All bodies behind one another; none of them is lacking. */
  Buffer body() {
    return Bodies.join(bodies.toArray(byte[][]::new));
  }
}
