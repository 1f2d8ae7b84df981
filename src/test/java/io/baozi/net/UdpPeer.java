package io.baozi.net;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

/** A blocking UDP client without any of the code under test; gives up on an answer after 5 s. */
public final class UdpPeer implements AutoCloseable {
  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private SocketAddress lastSender;

  public UdpPeer(String host, int port) throws IOException {
    server = new InetSocketAddress(InetAddress.getByName(host), port);
    socket = new DatagramSocket();
    socket.setSoTimeout(5_000);
    socket.setReceiveBufferSize(1 << 20);
  }

  public void send(byte[] data) throws IOException {
    socket.send(new DatagramPacket(data, data.length, server));
  }

  public byte[] receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    socket.receive(packet);
    lastSender = packet.getSocketAddress();
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /** Where the last answer came from. */
  public SocketAddress lastSender() {
    return lastSender;
  }

  @Override
  public void close() {
    socket.close();
  }
}
