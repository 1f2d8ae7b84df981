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
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Producers of one thread and one selector, each with one put in flight. Those that share a
 * connection are answered in order, and those that are answered together put together.
 */
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

  static Load connect(Peer peer, int port, Shape shape, byte[] body) throws IOException {
    Load load = new Load(peer);
    try {
      for (int number = 0; number < shape.connections(); number++) {
        load.join(port, peer.converse(number, body), shape.each());
      }
      return load;
    } catch (IOException e) {
      load.close();
      throw new IOException(peer.name() + ": " + e.getMessage(), e);
    }
  }

  private void join(int port, Conversation conversation, int producers) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    conversation.begin(
        new DataInputStream(channel.socket().getInputStream()), channel.socket().getOutputStream());
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Shared(channel, conversation, producers));
  }

  /** Has all producers put for so long; none puts once it is over. */
  Sample run(Duration time) throws IOException {
    latencies = new Latencies();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    for (SelectionKey key : selector.keys()) {
      ((Shared) key.attachment()).begin();
    }
    while (System.nanoTime() < end) {
      if (selector.select(PATIENCE.toMillis()) == 0) {
        throw new IOException(peer.name() + " is silent, " + PATIENCE.toSeconds() + " s by now");
      }
      for (SelectionKey key : selector.selectedKeys()) {
        ((Shared) key.attachment()).read();
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

  /** One connection, and its producers. */
  private final class Shared {
    private final SocketChannel channel;
    private final Conversation conversation;
    private final int producers;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);

    /** When the puts in flight were sent, in order. */
    private final Deque<Long> sent = new ArrayDeque<>();

    Shared(SocketChannel channel, Conversation conversation, int producers) {
      this.channel = channel;
      this.conversation = conversation;
      this.producers = producers;
    }

    private void begin() throws IOException {
      put(producers);
    }

    private void put(int puts) throws IOException {
      if (puts == 0) {
        return;
      }
      ByteBuffer[] out = conversation.put(puts);
      long now = System.nanoTime();
      for (int i = 0; i < puts; i++) {
        sent.add(now);
      }
      while (out[out.length - 1].hasRemaining()) {
        channel.write(out);
      }
    }

    private void read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException(peer.name() + " has closed a connection");
      }
      in.flip();
      int answered = 0;
      int more = conversation.answered(in);
      while (more > 0) {
        long now = System.nanoTime();
        for (int i = 0; i < more; i++) {
          latencies.add(now - sent.remove());
        }
        answered += more;
        more = in.hasRemaining() ? conversation.answered(in) : 0;
      }
      in.compact();
      put(answered);
    }
  }
}
