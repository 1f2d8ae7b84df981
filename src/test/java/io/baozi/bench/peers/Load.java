package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Producers of one thread and one selector: each has a connection and one put in flight. */
final class Load implements Closeable {
  /** The longest silence of all connections that is borne. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** More than any answer takes. */
  private static final int BUFFER = 16 * 1024;

  private final Peer peer;
  private final Selector selector = Selector.open();
  private Latencies latencies = new Latencies();

  private Load(Peer peer) throws IOException {
    this.peer = peer;
  }

  static Load connect(Peer peer, int port, int producers, byte[] body) throws IOException {
    Load load = new Load(peer);
    try {
      for (int number = 0; number < producers; number++) {
        load.join(port, peer.converse(number, body));
      }
      return load;
    } catch (IOException e) {
      load.close();
      throw new IOException(peer.name() + ": " + e.getMessage(), e);
    }
  }

  private void join(int port, Conversation conversation) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    conversation.begin(
        new DataInputStream(channel.socket().getInputStream()), channel.socket().getOutputStream());
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Producer(channel, conversation));
  }

  /** Has all producers put for so long; none puts once it is over. */
  Sample run(Duration time) throws IOException {
    latencies = new Latencies();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    for (SelectionKey key : selector.keys()) {
      ((Producer) key.attachment()).put();
    }
    while (System.nanoTime() < end) {
      if (selector.select(PATIENCE.toMillis()) == 0) {
        throw new IOException(peer.name() + " is silent, " + PATIENCE.toSeconds() + " s by now");
      }
      for (SelectionKey key : selector.selectedKeys()) {
        ((Producer) key.attachment()).read();
      }
      selector.selectedKeys().clear();
    }
    return latencies.over(System.nanoTime() - start);
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** One connection. */
  private final class Producer {
    private final SocketChannel channel;
    private final Conversation conversation;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private long sent;

    Producer(SocketChannel channel, Conversation conversation) {
      this.channel = channel;
      this.conversation = conversation;
    }

    private void put() throws IOException {
      ByteBuffer put = conversation.put();
      sent = System.nanoTime();
      while (put.hasRemaining()) {
        channel.write(put);
      }
    }

    private void read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException(peer.name() + " has closed a connection");
      }
      in.flip();
      boolean answered = conversation.isAnswered(in);
      in.compact();
      if (answered) {
        latencies.add(System.nanoTime() - sent);
        put();
      }
    }
  }
}
