package io.baozi.bench.peers;

import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Files over blocking sockets, the leanest client there is: {@code sendfile}, and reads that are
 * dropped.
 */
record FileWire(int port, long length) {
  private static final int CHUNK = 1 << 20;

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Puts a file into Baozi; how many seconds until it is on disk under its name. */
  double put(Path source) throws IOException {
    long start = System.nanoTime();
    try (SocketChannel socket = connect()) {
      send(
          socket,
          new FrameWriter(java.nio.ByteOrder.BIG_ENDIAN)
              .addHeader(Header.of("op", "file.put", "id", 1, "name", "copy"), length)
              .take());
      send(socket, source);
      requireOk(header(socket));
      return since(start);
    }
  }

  /** Gets it again; how many seconds until the last byte. */
  double get() throws IOException {
    long start = System.nanoTime();
    try (SocketChannel socket = connect()) {
      send(
          socket,
          FrameWriter.frame(
              Header.of("op", "file.get", "id", 1, "name", "copy"), Buffer.buffer(0)));
      requireOk(header(socket));
      drain(socket);
      return since(start);
    }
  }

  /** Sends a file to the yardstick; how many seconds until it is on disk. */
  double barePut(Path source) throws IOException {
    long start = System.nanoTime();
    try (SocketChannel socket = connect()) {
      send(socket, source);
      if (socket.read(ByteBuffer.allocate(1)) != 1) {
        throw new IOException("the yardstick has not said that it is done");
      }
      return since(start);
    }
  }

  /** Receives the yardstick's file; how many seconds until the last byte. */
  double bareGet() throws IOException {
    long start = System.nanoTime();
    try (SocketChannel socket = connect()) {
      drain(socket);
      return since(start);
    }
  }

  private static void send(SocketChannel socket, Buffer bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes.getBytes());
    while (left.hasRemaining()) {
      socket.write(left);
    }
  }

  private void send(SocketChannel socket, Path source) throws IOException {
    try (FileChannel file = FileChannel.open(source)) {
      long at = 0;
      while (at < length) {
        at += file.transferTo(at, length - at, socket);
      }
    }
  }

  private void drain(SocketChannel socket) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (long left = length; left > 0; ) {
      int read = socket.read(chunk.clear().limit((int) Math.min(CHUNK, left)));
      if (read < 0) {
        throw new IOException(left + " bytes are missing");
      }
      left -= read;
    }
  }

  private static Header header(SocketChannel socket) throws IOException {
    ByteBuffer prefix = fill(socket, ByteBuffer.allocate(Integer.BYTES));
    try {
      return Header.parse(fill(socket, ByteBuffer.allocate(prefix.getInt())).array());
    } catch (MalformedHeaderException e) {
      throw new IOException(e);
    }
  }

  private static ByteBuffer fill(SocketChannel socket, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (socket.read(bytes) < 0) {
        throw new IOException("the server has closed the connection");
      }
    }
    return bytes.flip();
  }

  private static void requireOk(Header answer) throws IOException {
    if (!Boolean.TRUE.equals(answer.get("ok"))) {
      throw new IOException("refused: " + answer);
    }
  }
}
