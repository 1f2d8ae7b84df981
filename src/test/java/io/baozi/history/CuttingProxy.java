package io.baozi.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between clients and server, passes bytes on, and cuts connections on demand. */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int serverPort;
  private final HistoryFile history;
  private final List<CuttableConnection> connections = new CopyOnWriteArrayList<>();

  CuttingProxy(int serverPort, HistoryFile history) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.serverPort = serverPort;
    this.history = history;
    Thread accepting = new Thread(this::accept, "proxy");
    accepting.setDaemon(true);
    accepting.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        CuttableConnection connection = new CuttableConnection(client, server, history);
        connections.add(connection);
        connection.start(() -> connections.remove(connection));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Has one of the connections cut at a random byte that is still to come. */
  void cutOne(Random random) {
    List<CuttableConnection> standing = List.copyOf(connections);
    if (!standing.isEmpty()) {
      standing
          .get(random.nextInt(standing.size()))
          .cut(random.nextBoolean(), random.nextBoolean(), random.nextInt(400));
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    connections.forEach(CuttableConnection::close);
  }
}
