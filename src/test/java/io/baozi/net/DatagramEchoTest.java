package io.baozi.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no real socket can be made to do at will. */
final class DatagramEchoTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7654);
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);

  private final DatagramEcho echo = new DatagramEcho(true, packet -> {});
  private final EmbeddedChannel channel = new EmbeddedChannel(echo);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void datagram_read_isAnsweredWithItsOwnBytes() {
    ByteBuf content = Unpooled.copiedBuffer(new byte[] {1, 2});
    channel.writeInbound(new DatagramPacket(content, HERE, PEER));
    DatagramPacket answer = channel.readOutbound();
    assertThat(answer.recipient()).isEqualTo(PEER);
    assertThat(answer.content()).isEqualTo(content);
    answer.release();
    assertThat(content.refCnt()).isZero();
  }

  @Test
  void datagram_tooMuchPending_isDroppedAndCounted() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    ByteBuf content = Unpooled.copiedBuffer(new byte[] {1});
    channel.writeInbound(new DatagramPacket(content, HERE, PEER));
    channel.writeInbound(new DatagramPacket(Unpooled.EMPTY_BUFFER, HERE, PEER));
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(content.refCnt()).isZero();
    assertThat(echo.stats()).isEqualTo(new UdpStats(2, 0, 2, 0, 1));
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.writeInbound(new DatagramPacket(Unpooled.copiedBuffer(new byte[] {1}), HERE, PEER));
    assertThat(echo.stats()).isEqualTo(new UdpStats(3, 1, 2, 0, 2));
  }

  @Test
  void emptyDatagram_unknownTransport_isDroppedAndCounted() {
    channel.writeInbound(new DatagramPacket(Unpooled.EMPTY_BUFFER, HERE, PEER));
    assertThat(echo.stats()).isEqualTo(new UdpStats(1, 0, 1, 0, 0));
  }

  @Test
  void answer_writeFails_isDroppedAndTheChannelStays() {
    channel.pipeline().addFirst(new Unwritable());
    channel.writeInbound(new DatagramPacket(Unpooled.copiedBuffer(new byte[] {1}), HERE, PEER));
    assertThat(echo.stats()).isEqualTo(new UdpStats(1, 0, 1, 0, 1));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void socket_reportsFault_isCountedAndTheChannelStays() {
    channel.pipeline().fireExceptionCaught(new IOException("port unreachable"));
    channel.checkException();
    assertThat(echo.stats()).isEqualTo(new UdpStats(0, 0, 0, 1, 0));
    assertThat(channel.isOpen()).isTrue();
  }

  private static final class Unwritable extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      promise.setFailure(new IOException("network is unreachable"));
    }
  }
}
