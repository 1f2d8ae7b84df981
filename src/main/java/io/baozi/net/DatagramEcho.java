package io.baozi.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The datagrams of one channel: counts each, sends it back to the address it came from, then shows
 * it to {@code seen}. Nothing that a datagram or the socket does closes the channel. Sharable only
 * so that a server may start again after a stop.
 */
@Sharable
final class DatagramEcho extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final System.Logger LOG = System.getLogger(UdpServer.class.getName());

  private final boolean echo;
  private final Consumer<DatagramPacket> seen;
  private final ChannelFutureListener answered = this::answered;
  private final LongAdder received = new LongAdder();
  private final LongAdder echoed = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Whether the log has said that empty datagrams stay unanswered. Event loop only. */
  private boolean warned;

  /**
   * An echo, or with {@code echo} false only a receiver; {@code seen} reads the packet while it is
   * called, not later.
   */
  DatagramEcho(boolean echo, Consumer<DatagramPacket> seen) {
    this.echo = echo;
    this.seen = seen;
  }

  /** The counts so far; from any thread. */
  UdpStats stats() {
    return new UdpStats(received.sum(), echoed.sum(), dropped.sum(), errors.sum(), bytes.sum());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    received.increment();
    bytes.add(packet.content().readableBytes());
    if (echo) {
      answer(context, packet);
    }
    seen.accept(packet);
  }

  private void answer(ChannelHandlerContext context, DatagramPacket packet) {
    if (!context.channel().isWritable()) {
      dropped.increment();
    } else if (packet.content().isReadable()) {
      // the buffer itself goes back; duplicated, as writing moves its reader index
      var answer = new DatagramPacket(packet.content().retainedDuplicate(), packet.sender());
      context.writeAndFlush(answer).addListener(answered);
    } else {
      answerEmpty(context, packet);
    }
  }

  private void answerEmpty(ChannelHandlerContext context, DatagramPacket packet) {
    try {
      if (EmptyDatagram.send(context.channel(), packet.sender())) {
        echoed.increment();
      } else {
        dropped.increment();
        warnOnce(context);
      }
    } catch (IOException | RuntimeException e) {
      dropped(e);
    }
  }

  private void warnOnce(ChannelHandlerContext context) {
    if (!warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "UDP: empty datagrams stay unanswered, as Netty skips them and {0} shows no socket",
          context.channel().getClass().getName());
    }
  }

  private void answered(ChannelFuture written) {
    if (written.isSuccess()) {
      echoed.increment();
    } else {
      dropped(written.cause());
    }
  }

  private void dropped(Throwable cause) {
    dropped.increment();
    LOG.log(Level.DEBUG, "UDP: an answer was not sent", cause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    errors.increment();
    LOG.log(Level.DEBUG, "UDP: the socket reports a fault", cause);
  }
}
