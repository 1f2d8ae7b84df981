package io.baozi.net;

import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One end of a connection, spoken by hand: plain sockets, no code of Baozi but for reading JSON.
 */
public final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final ByteOrder byteOrder;
  private final DataInputStream in;
  private final OutputStream out;

  /** The end of a connection that stands. */
  public Wire(Socket socket, ByteOrder byteOrder) throws IOException {
    this.socket = socket;
    this.byteOrder = byteOrder;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /** A connection to a port of this machine. */
  public static Wire connect(int port) throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), port), ByteOrder.BIG_ENDIAN);
  }

  /** A connection whose buffers in the system are small. */
  public static Wire withSmallBuffers(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.setSendBufferSize(16 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Wire(socket, ByteOrder.BIG_ENDIAN);
  }

  /** A frame as it came. */
  public static final class Frame {
    private final Header header;
    private final byte[] body;

    Frame(Header header, byte[] body) {
      this.header = header;
      this.body = body;
    }

    /** Its header. */
    public Header header() {
      return header;
    }

    /** Its body. */
    public byte[] body() {
      return body;
    }

    /** The header as JSON. */
    public String json() {
      return header.toString();
    }

    /** The id, -1 if there is none. */
    public long id() {
      return header.get("id") instanceof Long id ? id : -1;
    }

    /** The error's code, null if there is none. */
    public String error() {
      return header.text("error");
    }
  }

  /** The bytes of a frame; {@code size} is added to the header for a body that is not empty. */
  public static byte[] frame(String header, byte[] body, ByteOrder byteOrder) {
    String sized =
        body.length == 0
            ? header
            : header.substring(0, header.length() - 1) + ",\"size\":" + body.length + "}";
    byte[] json = sized.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + json.length + body.length)
        .order(byteOrder)
        .putInt(json.length)
        .order(ByteOrder.BIG_ENDIAN)
        .put(json)
        .put(body)
        .array();
  }

  /** The bytes of a frame without a body. */
  public static byte[] frame(String header) {
    return frame(header, new byte[0], ByteOrder.BIG_ENDIAN);
  }

  /** These bytes, one behind the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Sends bytes as they are. */
  public Wire send(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  /** Sends a frame without a body. */
  public Wire send(String header) throws IOException {
    return send(header, new byte[0]);
  }

  /** Sends a frame. */
  public Wire send(String header, byte[] body) throws IOException {
    return send(frame(header, body, byteOrder));
  }

  /** The next frame; null at the end of the stream. */
  public Frame read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    byte[] prefix = new byte[4];
    prefix[0] = (byte) first;
    in.readFully(prefix, 1, 3);
    byte[] json = in.readNBytes(ByteBuffer.wrap(prefix).order(byteOrder).getInt());
    try {
      Header header = Header.parse(json);
      byte[] body = in.readNBytes((int) header.size());
      if (body.length < header.size()) {
        throw new EOFException("a body ended after " + body.length + " bytes");
      }
      return new Frame(header, body);
    } catch (MalformedHeaderException e) {
      throw new IOException(new String(json, StandardCharsets.UTF_8), e);
    }
  }

  /** Sends a frame and reads the next. */
  public Frame ask(String header) throws IOException {
    return send(header).read();
  }

  /** Says that nothing more comes. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
