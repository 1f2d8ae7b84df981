package io.baozi.bench.peers;

import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** A connection to Baozi that waits for each answer. */
final class Caller implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Socket socket;
  private final DataInputStream in;

  Caller(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /**
   * Asks and waits.
   *
   * @return the header of the answer, which has no body
   * @throws IOException if the answer is a refusal
   */
  Header call(byte[] body, Object... keysAndValues) throws IOException {
    Header request = Header.of(keysAndValues).with("id", 1);
    socket.getOutputStream().write(FrameWriter.frame(request, Buffer.buffer(body)).getBytes());
    Header answer = read();
    if (!Boolean.TRUE.equals(answer.get("ok"))) {
      throw new IOException(request.text("op") + " is refused: " + answer);
    }
    return answer;
  }

  private Header read() throws IOException {
    try {
      return Header.parse(in.readNBytes(in.readInt()));
    } catch (MalformedHeaderException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
