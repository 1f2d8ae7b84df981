package io.baozi.history;

import io.baozi.history.Line.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection through the proxy, called as its hello says; a thread carries each direction. */
final class CuttableConnection {
  private static final Pattern NAME = Pattern.compile("\"client\":\"([^\"]+)\"");

  /**
   * Where it is to be cut.
   *
   * @param isToServer in which direction the bytes count
   * @param isReset both directions at once, and not only this one in an orderly way
   */
  private record Cut(boolean isToServer, boolean isReset) {}

  private final Socket client;
  private final Socket server;
  private final HistoryFile history;
  private final AtomicInteger ended = new AtomicInteger();
  private String name; // under this
  private Cut cut; // under this
  private int bytesLeft; // under this

  CuttableConnection(Socket client, Socket server, HistoryFile history) throws IOException {
    this.client = client;
    this.server = server;
    this.history = history;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void start(Runnable onEnd) {
    carry(client, server, true, onEnd);
    carry(server, client, false, onEnd);
  }

  private void carry(Socket from, Socket to, boolean isToServer, Runnable onEnd) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pass(from, to, isToServer);
              } catch (IOException e) {
                close(); // one side is gone, so the other goes, too
              }
              if (ended.incrementAndGet() == 2) {
                close();
                onEnd.run();
              }
            },
            "carrier");
    thread.setDaemon(true);
    thread.start();
  }

  private void pass(Socket from, Socket to, boolean isToServer) throws IOException {
    InputStream in = from.getInputStream();
    byte[] chunk = new byte[8192];
    boolean isCut = false;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      int passed = isCut ? 0 : allowed(isToServer, chunk, n);
      to.getOutputStream().write(chunk, 0, passed);
      if (passed < n && !isCut) {
        isCut = true;
        cut(to);
      }
    }
    to.shutdownOutput();
  }

  /** How many of these bytes go on; fewer than all if it is cut among them. */
  private synchronized int allowed(boolean isToServer, byte[] chunk, int n) {
    if (name == null && isToServer) {
      Matcher hello = NAME.matcher(new String(chunk, 0, n, StandardCharsets.UTF_8));
      name = hello.find() ? hello.group(1) : "unknown";
    }
    if (cut == null || cut.isToServer() != isToServer) {
      return n;
    }
    int passed = Math.min(n, bytesLeft);
    bytesLeft -= passed;
    if (passed < n) {
      history.add(Kind.CUT, name);
    }
    return passed;
  }

  private void cut(Socket to) throws IOException {
    if (isReset()) {
      client.setSoLinger(true, 0);
      server.setSoLinger(true, 0);
      close();
    } else {
      to.shutdownOutput();
    }
  }

  private synchronized boolean isReset() {
    return cut.isReset();
  }

  /** Has it cut behind so many bytes more, unless it is to be cut already. */
  synchronized void cut(boolean isToServer, boolean isReset, int behind) {
    if (cut == null && name != null) {
      cut = new Cut(isToServer, isReset);
      bytesLeft = behind;
    }
  }

  void close() {
    try (client;
        server) {
      return;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
