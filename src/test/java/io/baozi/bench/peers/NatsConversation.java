package io.baozi.bench.peers;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection of NATS that publishes to a stream, whose receipts come to its inbox. */
final class NatsConversation implements Conversation {
  private static final String STREAM =
      "{\"name\":\"PUTS\",\"subjects\":[\"puts\"],\"storage\":\"file\",\"retention\":\"limits\","
          + "\"discard\":\"old\",\"max_consumers\":-1,\"max_msgs\":-1,\"max_bytes\":-1,"
          + "\"num_replicas\":1}";

  private final String inbox;
  private final ByteBuffer put;

  /** The same, with the answer to a ping before it. */
  private final ByteBuffer pongAndPut;

  private boolean pinged;

  /** How many bytes of a receipt's text are to come with its end of line, -1 before its line. */
  private int receipt = -1;

  NatsConversation(String inbox, byte[] body) {
    this.inbox = inbox;
    String publish = "PUB puts " + inbox + " " + body.length + "\r\n";
    put = TextLine.withBody(publish, body);
    pongAndPut = TextLine.withBody("PONG\r\n" + publish, body);
  }

  @Override
  public void begin(DataInputStream in, OutputStream out) throws IOException {
    String hello =
        "CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":false}\r\n"
            + ("SUB " + inbox + " 1\r\n")
            + ("PUB $JS.API.STREAM.CREATE.PUTS " + inbox + " " + STREAM.length() + "\r\n")
            + (STREAM + "\r\n");
    TextLine.read(in); // INFO
    out.write(hello.getBytes(StandardCharsets.ISO_8859_1));
    int length = -1;
    while (length < 0) {
      String line = TextLine.read(in);
      if (line.equals("PING")) {
        out.write("PONG\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      length = line(line);
    }
    requireGood(new String(in.readNBytes(length + 2), StandardCharsets.UTF_8));
  }

  @Override
  public ByteBuffer put() {
    ByteBuffer next = pinged ? pongAndPut : put;
    pinged = false;
    return next.duplicate();
  }

  @Override
  public boolean isAnswered(ByteBuffer in) throws IOException {
    while (receipt < 0) {
      String line = TextLine.take(in);
      if (line == null) {
        return false;
      }
      pinged |= line.equals("PING");
      receipt = line(line);
    }
    if (in.remaining() < receipt + 2) {
      return false;
    }
    byte[] text = new byte[receipt + 2];
    in.get(text);
    receipt = -1;
    requireGood(new String(text, StandardCharsets.UTF_8));
    return true;
  }

  /** The length of the message that a line announces; -1 if it announces none. */
  private static int line(String line) throws IOException {
    if (line.startsWith("-ERR")) {
      throw new IOException("refused: " + line);
    }
    return line.startsWith("MSG ")
        ? Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))
        : -1;
  }

  private static void requireGood(String receipt) throws IOException {
    if (receipt.contains("\"error\"")) {
      throw new IOException("refused: " + receipt.strip());
    }
  }
}
