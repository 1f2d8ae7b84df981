package io.baozi.bench.peers;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection of AMQP 0-9-1 whose only channel publishes to a durable queue, with confirms. */
final class AmqpConversation implements Conversation {
  private static final int CONNECTION = 10;
  private static final int CHANNEL = 20;
  private static final int QUEUE = 50;
  private static final int BASIC = 60;
  private static final int CONFIRM = 85;

  private static final int ACK = 80;
  private static final int DURABLE = 2;
  private static final int HAS_DELIVERY_MODE = 1 << 12;
  private static final int PERSISTENT = 2;

  /** In the table of a server's properties: the key, S for a long text, its length. */
  private static final Pattern VERSION = Pattern.compile("\\x07versionS[\\x00-\\xff]{4}([\\d.]+)");

  private final String queue;
  private final ByteBuffer put;
  private final Consumer<String> version;

  /**
   * Publishes to a queue.
   *
   * @param version is told the server's
   */
  AmqpConversation(String queue, byte[] body, Consumer<String> version) {
    this.queue = queue;
    this.version = version;
    this.put = publish(queue, body);
  }

  private static ByteBuffer publish(String queue, byte[] body) {
    byte[] method =
        AmqpFrame.method(
                1,
                BASIC,
                40,
                out -> {
                  out.writeShort(0);
                  AmqpFrame.shortText(out, "");
                  AmqpFrame.shortText(out, queue);
                  out.writeByte(0);
                })
            .bytes();
    ByteBuffer properties =
        ByteBuffer.allocate(15)
            .putShort((short) BASIC)
            .putShort((short) 0)
            .putLong(body.length)
            .putShort((short) HAS_DELIVERY_MODE)
            .put((byte) PERSISTENT);
    byte[] header = new AmqpFrame(AmqpFrame.HEADER, 1, properties.array()).bytes();
    byte[] content = new AmqpFrame(AmqpFrame.BODY, 1, body).bytes();
    return ByteBuffer.allocateDirect(method.length + header.length + content.length)
        .put(method)
        .put(header)
        .put(content)
        .flip();
  }

  @Override
  public void begin(DataInputStream in, OutputStream out) throws IOException {
    out.write(new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1});
    tellVersion(expect(in, CONNECTION, 10));
    out.write(startOk().bytes());
    AmqpFrame tune = expect(in, CONNECTION, 30);
    out.write(tuneOk(ByteBuffer.wrap(tune.payload())).bytes());
    out.write(open().bytes());
    expect(in, CONNECTION, 41);
    out.write(AmqpFrame.method(1, CHANNEL, 10, o -> AmqpFrame.shortText(o, "")).bytes());
    expect(in, CHANNEL, 11);
    out.write(declare().bytes());
    expect(in, QUEUE, 11);
    out.write(AmqpFrame.method(1, CONFIRM, 10, o -> o.writeByte(0)).bytes());
    expect(in, CONFIRM, 11);
  }

  private void tellVersion(AmqpFrame start) {
    Matcher matcher = VERSION.matcher(new String(start.payload(), StandardCharsets.ISO_8859_1));
    version.accept(matcher.find() ? matcher.group(1) : "");
  }

  private static AmqpFrame startOk() {
    byte[] guest = "\0guest\0guest".getBytes(StandardCharsets.UTF_8);
    return AmqpFrame.method(
        0,
        CONNECTION,
        11,
        out -> {
          out.writeInt(0); // no properties of ours
          AmqpFrame.shortText(out, "PLAIN");
          out.writeInt(guest.length);
          out.write(guest);
          AmqpFrame.shortText(out, "en_US");
        });
  }

  /** Takes the server's limits, and no heartbeat. */
  private static AmqpFrame tuneOk(ByteBuffer tune) {
    return AmqpFrame.method(
        0,
        CONNECTION,
        31,
        out -> {
          out.writeShort(tune.getShort(4));
          out.writeInt(tune.getInt(6));
          out.writeShort(0);
        });
  }

  private static AmqpFrame open() {
    return AmqpFrame.method(
        0,
        CONNECTION,
        40,
        out -> {
          AmqpFrame.shortText(out, "/");
          AmqpFrame.shortText(out, "");
          out.writeByte(0);
        });
  }

  private AmqpFrame declare() {
    return AmqpFrame.method(
        1,
        QUEUE,
        10,
        out -> {
          out.writeShort(0);
          AmqpFrame.shortText(out, queue);
          out.writeByte(DURABLE);
          out.writeInt(0); // no arguments
        });
  }

  /** Removes all that the queue has, after {@link #begin} and before the first put. */
  void purge(DataInputStream in, OutputStream out) throws IOException {
    AmqpFrame purge =
        AmqpFrame.method(
            1,
            QUEUE,
            30,
            o -> {
              o.writeShort(0);
              AmqpFrame.shortText(o, queue);
              o.writeByte(0);
            });
    out.write(purge.bytes());
    expect(in, QUEUE, 31);
  }

  private static AmqpFrame expect(DataInputStream in, int type, int method) throws IOException {
    AmqpFrame frame = AmqpFrame.read(in);
    if (!frame.is(type, method)) {
      throw new IOException(
          "method %d.%d was expected, not: %s"
              .formatted(type, method, new String(frame.payload(), StandardCharsets.ISO_8859_1)));
    }
    return frame;
  }

  @Override
  public ByteBuffer put() {
    return put.duplicate();
  }

  @Override
  public boolean isAnswered(ByteBuffer in) throws IOException {
    AmqpFrame frame = AmqpFrame.take(in);
    if (frame != null && !frame.is(BASIC, ACK)) {
      throw new IOException("no ack: " + new String(frame.payload(), StandardCharsets.ISO_8859_1));
    }
    return frame != null;
  }
}
