package io.baozi.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The yardstick for a put through the whole server: bodies of one length over plain sockets into
 * the bare store, one batch while the last one is being forced, four bytes for an answer, and
 * nothing else.
 */
final class BareServer {
  /** The length of every body, and of every answer. */
  static final int BODY = 256;

  static final int ANSWER = 4;

  private final Selector selector = Selector.open();
  private final BlockingQueue<List<SocketChannel>> toWrite = new LinkedBlockingQueue<>();
  private final Queue<List<SocketChannel>> written = new ConcurrentLinkedQueue<>();

  /** Read and not yet handed over; the loop's thread only. */
  private List<SocketChannel> gathered = new ArrayList<>();

  /** Whether a batch is handed over and not back; the loop's thread only. */
  private boolean writing;

  private BareServer() throws IOException {}

  /** Serves until it is killed: the directory of the store, the port. */
  public static void main(String[] args) throws IOException {
    new BareServer().serve(Path.of(args[0]), Integer.parseInt(args[1]));
  }

  private void serve(Path directory, int port) throws IOException {
    Thread writer = new Thread(() -> write(directory), "writer");
    writer.setDaemon(true);
    writer.start();
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (true) {
        selector.select(key -> ready(server, key));
        List<SocketChannel> batch = written.poll();
        writing &= batch == null;
        handOver();
        if (batch != null) {
          for (SocketChannel channel : batch) {
            answer(channel);
          }
        }
      }
    }
  }

  private void ready(ServerSocketChannel server, SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = server.accept();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(BODY));
      } else {
        read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SocketChannel channel, ByteBuffer body) throws IOException {
    try {
      if (channel.read(body) < 0) {
        channel.close();
      }
    } catch (IOException gone) {
      channel.close();
    }
    if (!body.hasRemaining()) {
      body.clear();
      gathered.add(channel);
    }
  }

  private void handOver() {
    if (!writing && !gathered.isEmpty()) {
      toWrite.add(gathered);
      gathered = new ArrayList<>();
      writing = true;
    }
  }

  /** Answers a producer, if it is there still. */
  private static void answer(SocketChannel channel) throws IOException {
    if (channel.isOpen()) {
      try {
        channel.write(ByteBuffer.allocate(ANSWER));
      } catch (IOException gone) {
        channel.close();
      }
    }
  }

  /** Ends the process if the store fails. */
  private void write(Path directory) {
    try (Store store = new Store(directory, new byte[BODY])) {
      while (true) {
        List<SocketChannel> batch = toWrite.take();
        store.write(batch.size());
        written.add(batch);
        selector.wakeup();
      }
    } catch (IOException | InterruptedException e) {
      System.err.println(e);
      Runtime.getRuntime().halt(1);
    }
  }
}
