package io.baozi.net;

import io.baozi.message.Region;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * A TCP socket each of whose directions ends for itself, which Vert.x does not offer and Netty
 * below it does. Belongs to its event loop.
 */
final class Socket {
  private final NetSocketInternal socket;
  private final Channel channel;
  private final Context context;
  private boolean paused;
  private boolean peerEnded;
  private long written;
  private long lastFlushed;

  Socket(NetSocket socket, Context context) {
    this.context = context;
    this.socket = (NetSocketInternal) socket;
    this.channel = this.socket.channelHandlerContext().channel();
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /**
   * Binds what happens to it.
   *
   * @param data gets what arrives
   * @param peerEnded called once the peer sends no more and all it sent has been handed over
   * @param writable called when there is room for more to write
   * @param closed called once both directions have ended, however
   */
  void bind(Handler<Buffer> data, Runnable peerEnded, Runnable writable, Runnable closed) {
    socket.handler(data);
    socket.drainHandler(v -> writable.run());
    socket.closeHandler(v -> closed.run());
    // What goes wrong with a socket closes it; that is told by the close handler.
    socket.exceptionHandler(e -> {});
    socket.eventHandler(
        event -> {
          if (event instanceof ChannelInputShutdownEvent) {
            ended(peerEnded);
          }
        });
  }

  /**
   * The peer sends no more. What it sent and was held back while paused is little and the last, so
   * it is handed over now, which takes the loop a task; what comes of that is behind it.
   */
  private void ended(Runnable peerEnded) {
    this.peerEnded = true;
    EpollInterest.keep(channel);
    if (paused) {
      resume();
    }
    context.runOnContext(v -> peerEnded.run());
  }

  /** Replaces who gets what arrives. */
  void data(Handler<Buffer> data) {
    socket.handler(data);
  }

  String peer() {
    return String.valueOf(socket.remoteAddress());
  }

  /** Whether the peer has ended its direction. */
  boolean hasPeerEnded() {
    return peerEnded;
  }

  boolean isPaused() {
    return paused;
  }

  /** Holds back what arrives, unless it is the last already. */
  void pause() {
    if (!peerEnded) {
      paused = true;
      socket.pause();
      reads(false);
    }
  }

  void resume() {
    paused = false;
    socket.resume();
    reads(!paused);
  }

  /**
   * Vert.x goes on reading a socket that is paused until it has eight chunks of it, half a megabyte
   * of which nobody has an account. Over epoll the end of a peer is noticed all the same.
   */
  private void reads(boolean reads) {
    if (EpollInterest.isOf(channel)) {
      channel.config().setAutoRead(reads);
    }
  }

  Future<Void> write(Buffer buffer) {
    written += buffer.length();
    return socket.write(buffer);
  }

  /**
   * Writes a part of a file behind what was written, without a copy where the transport can.
   *
   * @return completes when the peer's side has taken all of it; the file is closed then
   */
  Future<Void> write(Region region) {
    written += region.length();
    return socket
        .writeMessage(new DefaultFileRegion(region.file(), region.offset(), region.length()))
        .onComplete(v -> region.close());
  }

  /** Whether the peer reads more slowly than it is written to. */
  boolean isFull() {
    return socket.writeQueueFull();
  }

  /** Whether something written has not been taken by the peer's side yet. */
  boolean hasUnsent() {
    ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
    return socket.writeQueueFull() || (outbound != null && !outbound.isEmpty());
  }

  /** Whether the peer has taken anything since this was asked last. */
  boolean hasProgressed() {
    ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
    long flushed =
        outbound == null
            ? written
            : written - outbound.totalPendingWriteBytes() + outbound.currentProgress();
    boolean progressed = flushed != lastFlushed;
    lastFlushed = flushed;
    return progressed;
  }

  /** Ends the direction to the peer, after what was written; what it sends is still read. */
  @SuppressWarnings("FutureReturnValueIgnored") // If it fails the channel is closed already.
  void endOutput() {
    ((DuplexChannel) channel).shutdownOutput();
  }

  /** Closes after what was written. */
  void close() {
    socket.close();
  }

  /** Closes at once, whatever is still to be written. */
  @SuppressWarnings("FutureReturnValueIgnored") // The close handler tells of it.
  void abort() {
    socket.channelHandlerContext().close();
  }
}
