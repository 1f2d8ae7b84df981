package io.baozi.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client of ten lines: a socket, four bytes, JSON, a body. */
public final class SocketPeer implements AutoCloseable {
  /** A frame as it was read. */
  public record Received(JsonObject header, Buffer body) {
    /** The body as text. */
    public String text() {
      return body.toString();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  public SocketPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  public void send(JsonObject header, byte[] body) throws IOException {
    byte[] utf8 = header.copy().put("size", body.length).toString().getBytes(UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
    out.write(body);
    out.flush();
  }

  public void send(JsonObject header, String body) throws IOException {
    send(header, body.getBytes(UTF_8));
  }

  /** The next frame; fails once there is none. */
  public Received read() throws IOException {
    JsonObject header = new JsonObject(new String(in.readNBytes(in.readInt()), UTF_8));
    return new Received(header, Buffer.buffer(in.readNBytes(header.getInteger("size", 0))));
  }

  /** Ends the sending side. */
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether the server has nothing more to say and has closed. */
  public boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
