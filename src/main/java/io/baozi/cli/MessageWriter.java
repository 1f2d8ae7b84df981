package io.baozi.cli;

import io.baozi.client.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes messages to standard output, several small ones at once, and tells which have been
 * written: those may be acknowledged.
 */
final class MessageWriter {
  /** What the JDK passes to the system in one call; so one of several is not half-written. */
  private static final int CHUNK = 8 * 1024;

  /** How a message looks. */
  enum Style {
    /** The body as it is. */
    RAW,
    /** The body and a newline. */
    LINE,
    /** All that is known of it, as a JSON object a line. */
    JSON
  }

  private final Shell shell;
  private final Style style;
  private final Consumer<List<Message>> written;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
  private List<Message> inChunk = new ArrayList<>();

  /**
   * @param written is told of messages, in order, that have left the process
   */
  MessageWriter(Shell shell, Style style, Consumer<List<Message>> written) {
    this.shell = shell;
    this.style = style;
    this.written = written;
  }

  /** Writes messages, in order; fails if nobody reads them or the command is asked to end. */
  void write(List<Message> messages) {
    for (Message message : messages) {
      byte[] bytes = bytes(message);
      if (chunk.size() + bytes.length > CHUNK) {
        flush();
      }
      chunk.writeBytes(bytes);
      inChunk.add(message);
    }
    flush();
  }

  private void flush() {
    if (shell.interruption().isRequested()) {
      throw Failure.interrupted("interrupted");
    }
    if (!inChunk.isEmpty()) {
      shell.out().write(chunk.toByteArray());
      chunk.reset();
      List<Message> gone = inChunk;
      inChunk = new ArrayList<>();
      written.accept(gone);
    }
  }

  private byte[] bytes(Message message) {
    byte[] body = message.body().getBytes();
    return switch (style) {
      case RAW -> body;
      case LINE -> LastLine.is(message) ? body : ended(body);
      case JSON -> ended(json(message, body).toString().getBytes(StandardCharsets.UTF_8));
    };
  }

  private static byte[] ended(byte[] line) {
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    return ended;
  }

  private static JsonLine json(Message message, byte[] body) {
    return new JsonLine()
        .with("queue", message.queue())
        .with("msg", message.msg())
        .with("attempt", message.attempt())
        .withJson("headers", message.headers())
        .withBody(body);
  }
}
