package io.baozi.net;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Sends a datagram without bytes on a channel's own socket, past the channel: Netty's NIO and epoll
 * channels skip a write of no bytes and report success (and epoll's batches lose count of it, so
 * that a neighbour is sent twice). Both show the socket they write to.
 */
final class EmptyDatagram {
  /** Direct, as native code wants an address, and shared, as nothing is read from it. */
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1).limit(0);

  private EmptyDatagram() {}

  /**
   * Sends it to {@code recipient}; called on the channel's event loop.
   *
   * @return false if this kind of channel is unknown, so that nothing was sent
   */
  static boolean send(Channel channel, InetSocketAddress recipient) throws IOException {
    // epoll, kqueue and io_uring: these types come with Netty's handlers, natives or not
    if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
      socket.sendTo(NOTHING, 0, 0, recipient.getAddress(), recipient.getPort());
      return true;
    }
    if (channel instanceof AbstractNioChannel nio
        && nio.unsafe().ch() instanceof DatagramChannel socket) {
      socket.send(NOTHING, recipient);
      return true;
    }
    return false;
  }
}
